"""Values made comparable: a number in the base of its scale, and what class of measure it is."""

from corpus.measures import canonical
from corpus.records import Level2, Value, ValueKind
from knowledge.concepts import MeasureClass
from peers.records import Quantity
from peers.scales import scale_of
from text.concept_names import concept_of
from text.name_classes import class_of_name


def quantity_of(value: Value, name: str, level2: Level2 | None = None) -> Quantity | None:
    """What a value measures; None where it is no number or date that was really printed."""
    if value.echo or value.unreadable:
        return None
    if value.kind is ValueKind.DEADLINE:
        month = month_of(value.deadline)
        return None if month is None else Quantity(MeasureClass.DATE, "月", float(month), "月")
    if value.kind is not ValueKind.NUMERIC or value.canonical_number is None:
        return None
    number = value.canonical_number
    measure = value.canonical_measure or _unprinted(name, level2)
    measure_class, scale, factor = scale_of(measure)
    return Quantity(measure_class, scale, number * factor, measure)


def month_of(deadline: str) -> int | None:
    """The month (1 to 12) of a normalised deadline; None where it names none."""
    parts = deadline.split("-")
    if len(parts[0]) == 4:
        parts = parts[1:]
    return int(parts[0]) if parts and parts[0] else None


def _unprinted(name: str, level2: Level2 | None) -> str:
    """The measure of a number without one, as far as the name tells it."""
    concept = concept_of(name)
    if concept is not None and concept.measures:
        return canonical(None, concept.measures[0])[1]
    told = class_of_name(name)
    if told is MeasureClass.SHARE:
        return "%"
    if told is MeasureClass.MONEY or (told is None and level2 is not None and "成本" in level2):
        return "万元"
    return ""

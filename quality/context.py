"""What a rule may look at: the row with what is known of it, its table, and peers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from corpus.records import Indicator, Level2, Project, Remark, Value, ValueKind
from corpus.where import settled
from knowledge.concepts import Concept, MeasureClass, Polarity
from knowledge.standard_rows import standard_rows
from quality.findings import PeerExample
from quality.lookup import ConceptLookup, Known
from text.name_classes import class_of_name, class_of_time, plain_name, polarity_of_name
from text.unit_classes import class_of_measure

COSTS = frozenset((Level2.COST, Level2.ECONOMIC_COST))
HARMS = frozenset((Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST))
BENEFITS = frozenset((Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL, Level2.SUSTAINABLE))
OUTPUTS = frozenset((Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS))

MONEYS = frozenset((MeasureClass.MONEY, MeasureClass.UNIT_COST))
SIZES = frozenset((MeasureClass.AREA, MeasureClass.LENGTH, MeasureClass.VOLUME, MeasureClass.MASS))
TIMES = frozenset((MeasureClass.DURATION, MeasureClass.FREQUENCY))


@dataclass(frozen=True, slots=True)
class PeerValues:
    """Values of the same indicator elsewhere in one measure, per unit of scale where `scaled`.

    `own` is the value under review on the same scale; `units` counts the units they come from.
    """

    own: float
    values: tuple[float, ...]
    units: int
    measure: str
    scaled: bool


@dataclass(frozen=True, slots=True)
class PeerHabit:
    """An indicator that similar projects measure: in `having` of `projects`."""

    name: str
    level2: str
    having: int
    projects: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Another unit's project with nearly the same table: `same` of `rows` rows are equal."""

    unit: str
    project: str
    same: int
    rows: int


class PeerAnswers(Protocol):
    """What the corpus tells about rows and projects; None: it cannot tell."""

    def example(self, row: Indicator, project: Project) -> PeerExample | None:
        """A row of another unit for the same indicator that no rule finds weak."""
        ...

    def suggestion(self, row: Indicator, project: Project) -> str:
        """A target value that peers support, "" where they support none."""
        ...

    def values(self, row: Indicator, project: Project) -> PeerValues | None:
        """Peers' values of the same indicator."""
        ...

    def habits(self, project: Project) -> Sequence[PeerHabit] | None:
        """What similar projects commonly measure and this one does not."""
        ...

    def twin(self, project: Project) -> Twin | None:
        """The project of another unit whose table is nearest to being the same."""
        ...


def is_standard(row: Indicator) -> bool:
    """Whether a row is one of a fixed set (`knowledge.standard_rows`), by name and whole value."""
    value = row.value
    if value.kind is not ValueKind.NUMERIC or value.canonical_number is None:
        return False
    key = (plain_name(row.name), value.operator or "=", value.canonical_number)
    measure = _standard_rows().get(key)
    return measure is not None and value.canonical_measure in ("", measure)


@cache
def _standard_rows() -> dict[tuple[str, str, float], str]:
    return {(plain_name(row.name), row.sign, row.number): row.measure for row in standard_rows()}


class RowContext:
    """One row under review. Whatever is derived is worked out once, when a rule asks for it."""

    def __init__(
        self, row: Indicator, position: int, table: "TableContext", lookup: ConceptLookup
    ) -> None:
        self.row = row
        self.position = position
        self.table = table
        self._lookup = lookup

    @property
    def name(self) -> str:
        """The printed name."""
        return self.row.name

    @property
    def value(self) -> Value:
        """The target value."""
        return self.row.value

    @property
    def level2(self) -> Level2 | None:
        """二级指标, None where the table names none."""
        return self.row.level2

    @cached_property
    def known(self) -> Known | None:
        """The concept of the name, exact or near."""
        return self._lookup.of(self.name)

    @cached_property
    def asked(self) -> MeasureClass | None:
        """The kind of quantity that the name asks for, or the sort of time that it speaks of."""
        told = class_of_name(self.name)
        if told in (None, MeasureClass.DEGREE) and self._lookup.exact(self.name) is None:
            return class_of_time(self.name) or told
        return told

    @cached_property
    def given(self) -> MeasureClass | None:
        """The kind of quantity that the value is printed in; None without a unit."""
        return class_of_measure(self.value.canonical_measure)

    @cached_property
    def polarity(self) -> Polarity:
        """Which way is better: by the exact concept, the form of the name, the near concept."""
        exact = self._lookup.exact(self.name)
        if exact is not None and self._is_measured_as(exact):
            return exact.polarity
        form = polarity_of_name(self.name)
        if form is Polarity.NONE and self.known and self._is_measured_as(self.known.concept):
            return self.known.concept.polarity
        return form

    def _is_measured_as(self, concept: Concept) -> bool:
        """Whether the value is of the concept's kind: days of 维修及时率 have another polarity."""
        return self.given in (None, concept.measure_class)

    @cached_property
    def is_standard(self) -> bool:
        """Whether the row belongs to a fixed set that many tables rightly share."""
        return is_standard(self.row)

    @property
    def is_number(self) -> bool:
        """Whether the value is a number that could be read."""
        return self.value.kind is ValueKind.NUMERIC and self.value.number is not None

    @property
    def is_words(self) -> bool:
        """Whether the value is words that say something of their own."""
        return self.value.kind is ValueKind.QUALITATIVE and not self.value.echo


class TableContext:
    """One project under review with all its rows."""

    def __init__(
        self,
        project: Project,
        lookup: ConceptLookup,
        remarks: Sequence[Remark] = (),
        peers: PeerAnswers | None = None,
    ) -> None:
        self.project = project
        self.remarks = tuple(remarks)
        self.peers = peers
        self.rows = tuple(
            RowContext(row, position, self, lookup)
            for position, row in enumerate(project.indicators)
        )

    @cached_property
    def year(self) -> int | None:
        """The budget year, printed or else inferred."""
        return settled(self.project).year

    @cached_property
    def has_descriptions(self) -> bool:
        """Whether the table has a column of descriptions with anything in it."""
        return any(row.description for row in self.project.indicators)

    @cached_property
    def has_bases(self) -> bool:
        """Whether the table has a column of bases with anything in it."""
        return any(row.basis for row in self.project.indicators)

    @cached_property
    def levels(self) -> frozenset[Level2]:
        """The second levels met."""
        return frozenset(row.level2 for row in self.project.indicators if row.level2 is not None)

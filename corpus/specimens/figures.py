"""Target values for concepts, at the size of a project."""

from dataclasses import replace
from random import Random

from corpus.records import Operator, ValueKind
from corpus.specimens.entries import Entry
from corpus.values import parse_value
from knowledge.concepts import Concept, MeasureClass, Polarity

ORDER = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度")
"""Level 2 in the order of the tables."""

_LEVEL1 = (
    dict.fromkeys(ORDER[:4], "产出") | dict.fromkeys(ORDER[4:8], "效益") | {"满意度": "满意度"}
)
_PRINTED = {"满意度": "服务对象满意度"}
_GROWS = frozenset(
    {
        *(MeasureClass.COUNT, MeasureClass.LENGTH, MeasureClass.AREA, MeasureClass.VOLUME),
        *(MeasureClass.MASS, MeasureClass.ENERGY, MeasureClass.MONEY),
    }
)
_MOST = 50  # percent; shares above it are spread below 100, the others around themselves


def entry_of(concept: Concept, name: str, size: float, year: int, rng: Random) -> Entry:
    """A measurable row of a concept; `size` is the project's budget by the usual one."""
    value = parse_value(concept.value, name=concept.name, level2=concept.level2)
    entry = placed(concept.level2, name)
    if value.kind is ValueKind.DEADLINE:
        return replace(entry, amount=f"{year}年{rng.choice((3, 6, 9, 10, 11, 12))}月底前")
    if value.kind is not ValueKind.NUMERIC or value.number is None:
        return replace(entry, amount=concept.value)
    amount = _number(concept, value.number, value.operator, size, rng)
    return replace(entry, sign=str(value.operator), amount=amount, measure=value.measure)


def placed(level2: str, name: str) -> Entry:
    """A row without a value, under its levels."""
    level2 = "成本" if level2.endswith("成本") else level2
    return Entry(_LEVEL1[level2], _PRINTED.get(level2, level2), name, "", "", "")


def place_of(entry: Entry) -> int:
    """Where a row stands among the levels of a table."""
    words = [_PRINTED.get(level2, level2) for level2 in ORDER]
    return words.index(entry.level2)


def _number(concept: Concept, usual: float, operator: Operator, size: float, rng: Random) -> str:
    kind = concept.measure_class
    if usual == 0 or (operator is Operator.EQUAL and kind is MeasureClass.SHARE):
        return f"{usual:g}"
    if kind is MeasureClass.SHARE:
        return _share(usual, rng)
    if kind in _GROWS and concept.polarity is not Polarity.LOWER:
        return rounded(usual * size * rng.uniform(0.85, 1.18), usual)
    if kind in (MeasureClass.UNIT_COST, MeasureClass.SCORE):
        return rounded(usual * rng.uniform(0.88, 1.15), usual)
    return rounded(usual * rng.choice((0.5, 1, 1, 1, 1.5, 2)), usual)


def _share(usual: float, rng: Random) -> str:
    if usual > _MOST:
        found = min(100.0, 100 - (100 - usual) * rng.uniform(0.5, 1.8))
    else:
        found = usual * rng.uniform(0.8, 1.25)
    return f"{found:.0f}" if usual == int(usual) and found >= 1 else f"{found:.1f}"


def rounded(number: float, usual: float) -> str:
    """As people plan: two or three digits that count; whole where the usual figure is whole."""
    if usual == int(usual):
        whole = max(1, round(number))
        step = 10 ** max(0, len(str(whole)) - 2)
        return str(max(1, whole // step * step))
    return f"{float(f'{number:.2g}'):g}"

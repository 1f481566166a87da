"""How far the reading of one table can be trusted, told by what did not fit."""

from collections.abc import Iterator, Sequence

from corpus.frozen import frozen
from corpus.layouts.columns import Column
from corpus.layouts.contents import Content, content_of
from corpus.layouts.roles import Role
from corpus.records import Indicator, Project, Remark, ValueKind

DOUBTFUL = 0.8
"""Below this confidence the report names the table."""

TEMPLATE_ROW = "template row"
LEFT_OUT = "row without an indicator name"
NO_COLUMN = "text that fits no column"
"""How the notes begin that speak of text in a row that was not taken."""

STACKED = "several indicators in one cell, whose values cannot be told apart"
NO_PROJECT = "rows without the name of their project"
"""How the notes begin that speak of rows that were taken as far as they could be."""

_LONGEST_NAME = 60


@frozen
class Trust:
    """Confidence from 0 to 1, and what lowered it, in words.

    The confidence is the share of rows that nothing speaks against, a grave doubt counting as a
    whole row and a slight one as a part of it. It is no probability.
    """

    confidence: float
    doubts: tuple[str, ...] = ()


@frozen
class _Doubt:
    """So many rows show it; each costs `weight` of a row."""

    what: str
    rows: int
    weight: float


def trust_in(
    columns: Sequence[Column], projects: Sequence[Project], notes: Sequence[Remark]
) -> Trust:
    """Judge one table by its columns, what was read from it, and what was left out."""
    indicators = [indicator for project in projects for indicator in project.indicators]
    left_out = sum(note.reason.startswith((LEFT_OUT, NO_COLUMN)) for note in notes)
    total = len(indicators) + left_out
    if total == 0:
        return Trust(0.0, ("no indicator was read",))
    doubts = [d for d in _doubts(columns, indicators, left_out) if d.rows]
    if twice := sum(map(_printed_twice, projects)):
        doubts.append(_Doubt("stand there twice", twice, 0.5))
    lost = sum(doubt.rows * doubt.weight for doubt in doubts) / total
    said = tuple(f"{doubt.rows} of {total} rows {doubt.what}" for doubt in doubts)
    return Trust(round(max(0.0, 1.0 - lost), 2), said)


def _doubts(
    columns: Sequence[Column], indicators: Sequence[Indicator], left_out: int
) -> Iterator[_Doubt]:
    roles = {column.role for column in columns}
    yield _Doubt("hold text that was not taken", left_out, 1.0)
    if Role.VALUE in roles:
        empty = sum(i.value.kind is ValueKind.EMPTY for i in indicators)
        yield _Doubt("have no value", empty, 0.5)
    else:
        yield _Doubt("have no value: no column was taken for it", len(indicators), 1.0)
    yield _Doubt("have no level 2", sum(i.level2 is None for i in indicators), 0.7)
    yield _Doubt("have a value that cannot be read", sum(i.value.unreadable for i in indicators), 1)
    yield _Doubt("have a name that looks like none", sum(map(_strange, indicators)), 1.0)


def _printed_twice(project: Project) -> int:
    rows = {(i.level2, i.name, i.area, i.value.raw) for i in project.indicators}
    return len(project.indicators) - len(rows)


def _strange(indicator: Indicator) -> bool:
    name = indicator.name
    words = content_of(name) in (Content.WORDS, Content.MEASURE)
    return not words or len(name) > _LONGEST_NAME

"""Tables of graded standards: an indicator, and what earns 优, 良, 中 and 差."""

from collections.abc import Sequence

from corpus.blocks import Row
from corpus.layouts.roles import Role, role_of_head
from corpus.records import GradeStandard, Indicator, Source
from corpus.values import parse_value
from text.normalise import one_line, squeeze

GRADES = ("优", "良", "中", "差")


def is_grade_header(row: Row) -> bool:
    """Does this row name the four grades, and no level (then they are columns like others)?"""
    if not row.texts or row.texts[-1].strip() != GRADES[-1]:
        return False
    if tuple(map(squeeze, row.texts[-len(GRADES) :])) != GRADES:
        return False
    return not any(role_of_head(t) in (Role.LEVEL1, Role.LEVEL2) for t in row.texts)


def read_graded(rows: Sequence[Row], *, file: str) -> tuple[Indicator, ...]:
    """Rows of a name and four standards; the value of the indicator is its standard for 优."""
    return tuple(_indicator(row, file) for row in rows if len(row.texts) == 1 + len(GRADES))


def _indicator(row: Row, file: str) -> Indicator:
    said = [c for c in row.cells if c.text]
    name = squeeze(said[0].text)
    standards = [one_line(c.text) for c in said[1:]]
    return Indicator(
        name=name,
        value=parse_value(standards[0], name=name),
        grades=tuple(GradeStandard(g, s) for g, s in zip(GRADES, standards, strict=True)),
        source=Source(file, row.place, said[0].number),
    )

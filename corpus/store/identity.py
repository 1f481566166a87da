"""Which tables are the same disclosure met again, which one is shown, and what its id is.

Everything here is decided from the tables alone, never from the order in which they came in:
the same documents always give the same projects and ids.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.records import Goal, Indicator, Project, ProjectKind
from text.normalise import fold

AGREEMENT = 0.8
"""Share of the smaller table's rows that the other must hold for both to be one disclosure."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one document, reduced to what it states.

    `row` is its place in the store, `position` its place in the document; `indicators` and
    `goals` count each statement. `corrected`: a person has put something right in it.
    """

    row: int
    document_id: str
    position: int
    indicators: Counter[str] = field(default_factory=Counter)
    goals: Counter[str] = field(default_factory=Counter)
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a table: the id of its project, and whether it is the one shown."""

    row: int
    id: str
    active: bool


def identity_of(project: Project, document_id: str, position: int) -> str:
    """12 hex digits over the project key: equal for tables that may be one disclosure.

    The key is unit, year, code (else name), kind and form. A table without a unit, or with
    neither code nor name (unless it is of the whole unit), can only be itself.
    """
    title = fold(project.code) or fold(project.name)
    unit = fold(project.unit)
    key: list[object]
    if unit and (title or project.kind is ProjectKind.WHOLE_UNIT):
        year = project.year_inferred if project.year is None else project.year
        key = ["named", unit, year, title, project.kind, project.form]
    else:
        key = ["own", document_id, position]
    text = json.dumps(key, ensure_ascii=True)  # a list of typed parts: no two keys run together
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:12]


def indicator_statement(indicator: Indicator) -> str:
    """Say what an indicator row states, its name and value, comparable across formats.

    A value that was understood is compared as such: one file prints ≥95%, another has the sign
    and the unit in columns of their own.
    """
    value = indicator.value
    if value.canonical_number is not None and not value.unreadable:
        said = (
            f"{value.operator}{value.canonical_number:.9g}~{value.number_high}"
            f"{fold(value.canonical_measure)}"
        )
    else:
        said = value.deadline or fold(value.raw)
    return f"{fold(indicator.name)}\n{said}\n{fold(indicator.area)}"


def goal_statement(goal: Goal) -> str:
    """Say what a goal states, comparable across formats."""
    return fold(goal.text)


def agree(one: Table, other: Table) -> bool:
    """Whether two tables under one key say the same, so that showing one of them loses nothing.

    Indicators decide where both have some, else goals; a table with neither has only its head
    and agrees with any.
    """
    for mine, theirs in ((one.indicators, other.indicators), (one.goals, other.goals)):
        if mine and theirs:
            shared = (mine & theirs).total()
            return shared >= AGREEMENT * min(mine.total(), theirs.total())
    return not (one.indicators or one.goals) or not (other.indicators or other.goals)


def place(identity: str, tables: Iterable[Table]) -> list[Placement]:
    """Put the tables of one key together to projects.

    Corrected tables lead, then those with most rows; each further one joins the first lead it
    agrees with, unless that already has a table of the same document: two tables of one document
    never merge. The first lead has the bare id, the others -2, -3, ...
    """
    groups: list[list[Table]] = []
    for table in sorted(tables, key=_rank):
        group = next((group for group in groups if _joins(table, group)), None)
        if group is None:
            groups.append([table])
        else:
            group.append(table)
    return [
        Placement(table.row, identity if number == 1 else f"{identity}-{number}", table is group[0])
        for number, group in enumerate(groups, start=1)
        for table in group
    ]


def indicator_id(project_id: str, position: int) -> str:
    """Name an indicator by its place in the table, from 1."""
    return f"{project_id}-i{position:03d}"


def goal_id(project_id: str, position: int) -> str:
    """Name a goal by its place in the project, from 1."""
    return f"{project_id}-g{position:03d}"


def _rank(table: Table) -> tuple[bool, int, int, str, int]:
    return (
        not table.corrected,
        -table.indicators.total() - table.goals.total(),
        -table.indicators.total(),
        table.document_id,
        table.position,
    )


def _joins(table: Table, group: list[Table]) -> bool:
    return all(table.document_id != member.document_id for member in group) and agree(
        group[0], table
    )

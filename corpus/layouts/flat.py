"""Flat exports: unit, project, budget and year stand in columns, repeated or merged down."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Row
from corpus.frozen import frozen
from corpus.layouts.align import align
from corpus.layouts.columns import Column
from corpus.layouts.roles import Role
from text.normalise import squeeze

_KEYS = (Role.UNIT, Role.UNIT_CODE, Role.PROJECT, Role.PROJECT_CODE)
_CARRIED = (
    *_KEYS,
    Role.BUDGET,
    Role.GOAL,
    Role.YEAR,
    Role.PROVINCE,
    Role.CITY,
    Role.COUNTY,
    Role.DEPARTMENT,
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计)$")
_OF_PROJECT = (Role.PROJECT_CODE, Role.BUDGET, Role.GOAL)


@frozen
class Group:
    """The rows of one project, and what its columns say about it (role → text)."""

    said: dict[Role, str]
    budget_head: str
    rows: tuple[Row, ...]


def is_flat(columns: Sequence[Column]) -> bool:
    """Do the columns name the project of each row?"""
    return any(c.role is Role.PROJECT for c in columns)


def groups_of(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[Group]:
    """Rows grouped by project, in document order; blank cells repeat the ones above them."""
    budget_head = next((c.head for c in columns if c.role is Role.BUDGET), "")
    roles = [c.role for c in columns]
    merged_column = _merged_column(rows, roles)
    current = Group({}, budget_head, ())
    members: list[Row] = []
    for row in rows:
        placed = align(row.cells, roles)
        printed = {roles[j]: c.text for j, c in placed.items() if roles[j] in _CARRIED and c.text}
        above = current.said
        if merged_column is not None and _is_nameless(row, members[-1:], merged_column):
            above = {}
        if current.said and any(_TOTAL.match(squeeze(text)) for text in row.texts):
            printed = {}  # what it says is that of all projects
        said = _carried(above, printed)
        if any(squeeze(said.get(k, "")) != squeeze(current.said.get(k, "")) for k in _KEYS):
            named_below = merged_column is not None and Role.PROJECT not in current.said
            if named_below and members and row.place != members[-1].place:
                # the name of a cell that the page cuts is printed on the next page
                current = Group(said, budget_head, ())
                members.append(row)
                continue
            if members:
                yield replace(current, rows=tuple(members))
            current, members = Group(said, budget_head, ()), [row]
        else:
            current = replace(current, said=said)
            members.append(row)
    if members:
        yield replace(current, rows=tuple(members))


def _is_nameless(row: Row, above: Sequence[Row], column: int) -> bool:
    """Is the cell of the project an empty one of its own, below that of another project?

    `column`: where a PDF shows by true cells what is merged. There the first row of a page alone
    goes on with the page before.
    """
    if not above or above[0].place != row.place or len(row.cells) <= column:
        return False
    cell = row.cells[column]
    return not cell.text and not cell.merged


def _merged_column(rows: Sequence[Row], roles: Sequence[Role]) -> int | None:
    """The column of the project, if these are rows of a ruled PDF that merges its cells."""
    column = roles.index(Role.PROJECT) if Role.PROJECT in roles else None
    if column is None or not any(row.place.startswith("page") for row in rows):
        return None
    merged = any(row.cells[column].merged for row in rows if len(row.cells) > column)
    return column if merged else None


def _carried(above: dict[Role, str], printed: dict[Role, str]) -> dict[Role, str]:
    new_project = squeeze(printed.get(Role.PROJECT, "")) not in (
        "",
        squeeze(above.get(Role.PROJECT, "")),
    )
    new_unit = squeeze(printed.get(Role.UNIT, "")) not in ("", squeeze(above.get(Role.UNIT, "")))
    kept = dict(above)
    if new_project or new_unit:
        for role in (*_OF_PROJECT, *((Role.PROJECT, Role.UNIT_CODE) if new_unit else ())):
            kept.pop(role, None)
    return {**kept, **printed}

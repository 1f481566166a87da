"""Columns of a target table: from its header row and its body to roles."""

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.blocks import Row
from corpus.frozen import frozen
from corpus.layouts.contents import Content
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role, column_contents, flat_role_of_head, roles_of_heads, settle
from text.normalise import fold

_AREA_HEAD = re.compile(r"(镇|乡|街道|街道办|办事处|农场|林场|县|区|市|旗|苏木)$")

_YEAR_HEAD = re.compile(r"20\d\d年")
_ABOVE = re.compile(r"(一级)?主管|一级")
# these may stand before the levels too, where columns run from the value back to level 1
_ANYWHERE = (Role.VALUE, Role.SIGN, Role.DIRECTION, Role.MEASURE, Role.WEIGHT)
_MOSTLY = 0.5  # share of the cells of a value column that hold a number
_KINDS = frozenset({"", "定量", "定性", "定量指标", "定性指标"})


@frozen
class Column:
    """One column: what it is for, its head as printed, and the area whose values it holds."""

    role: Role
    head: str
    area: str = ""


def columns_of(header: Row, body: Sequence[Row]) -> tuple[Column, ...]:
    """Understand the columns of a table from its header row and its body rows."""
    printed = [c.text for c in header.cells]
    while printed and not printed[-1]:
        printed.pop()
    heads = tuple(printed)
    rows = [[c.text for c in row.cells] for row in body]
    roles = _one_sign(settle(_with_levels(_roles_of_heads(heads), rows), rows), rows)
    areas = _areas(heads, roles)
    if not areas:
        roles = _valued(heads, roles, rows)
    columns = [
        Column(Role.VALUE if head in areas else role, head, head if head in areas else "")
        for head, role in zip(heads, roles, strict=True)
    ]
    return tuple(_first_value_only(columns))


@lru_cache(maxsize=256)
def _roles_of_heads(heads: tuple[str, ...]) -> tuple[Role, ...]:
    roles: list[Role] = []
    started = False
    for head, role in zip(heads, roles_of_heads(heads), strict=True):
        started = started or role in (Role.LEVEL1, Role.LEVEL2, Role.NAME)
        if not started:
            role = flat_role_of_head(head) or (role if role in _ANYWHERE else Role.SIDE)
        roles.append(role or Role.OTHER)
    return tuple(_of_this_year(_of_own_unit(heads, roles)))


def _of_own_unit(heads: Sequence[str], roles: list[Role]) -> list[Role]:
    """Of a column of units and one of the department above them, the units count."""
    above = [
        r is Role.UNIT and bool(_ABOVE.match(fold(h))) for h, r in zip(heads, roles, strict=True)
    ]
    if not any(above) or roles.count(Role.UNIT) == sum(above):
        return roles
    return [Role.OTHER if up else role for up, role in zip(above, roles, strict=True)]


def _with_levels(roles: Sequence[Role], rows: Sequence[Sequence[str]]) -> Sequence[Role]:
    """Columns before the name that no head calls levels, but whose cells are level words.

    Only full rows tell: where merged cells leave nothing, texts stand in other columns.
    """
    if Role.LEVEL2 in roles or Role.NAME not in roles:
        return roles
    found = list(roles)
    full = [row for row in rows if len(row) == len(roles)]
    for column in range(roles.index(Role.NAME)):
        said = [row[column] for row in full if row[column]]
        for known, level in ((level2_of, Role.LEVEL2), (level1_of, Role.LEVEL1)):
            if level not in found and sum(known(t) is not None for t in said) > _MOSTLY * len(said):
                found[column] = level
                break
    return found


def _of_this_year(roles: list[Role]) -> list[Role]:
    """Medium-term and annual indicators side by side: the annual ones stand in the last columns.

    Source: 财预〔2018〕167号, 项目支出绩效目标申报表.
    """
    twice = [role for role in (Role.LEVEL2, Role.NAME, Role.VALUE) if roles.count(role) > 1]
    if Role.NAME not in twice or not (Role.VALUE in twice or Role.LONG_TERM in roles):
        return roles
    last = {role: len(roles) - 1 - roles[::-1].index(role) for role in twice}
    return [
        Role.LONG_TERM if role in twice and column != last[role] else role
        for column, role in enumerate(roles)
    ]


def _one_sign(roles: Sequence[Role], rows: Sequence[Sequence[str]]) -> Sequence[Role]:
    """Of several sign columns, those that only say 定量 or 定性 are none."""
    if roles.count(Role.SIGN) < 2:
        return roles
    kept = list(roles)
    for column, role in enumerate(roles):
        said = {fold(row[column]) for row in rows if column < len(row)}
        if role is Role.SIGN and said <= _KINDS and kept.count(Role.SIGN) > 1:
            kept[column] = Role.OTHER
    return kept


def _valued(
    heads: Sequence[str], roles: Sequence[Role], rows: Sequence[Sequence[str]]
) -> Sequence[Role]:
    """Where no head says 指标值: the first column of numbers behind the name holds the values.

    Of columns for several years, none can be told to be the target.
    """
    if Role.VALUE in roles or Role.NAME not in roles:
        return roles
    behind = range(roles.index(Role.NAME) + 1, len(roles))
    others = [column for column in behind if roles[column] is Role.OTHER]
    found: list[int] = []
    for column, contents in zip(others, column_contents(roles, rows, others), strict=True):
        said = [content for content in contents if content is not Content.BLANK]
        numbers = said.count(Content.NUMBER) + said.count(Content.MEASURED)
        if numbers > _MOSTLY * len(said):
            found.append(column)
    if not found or sum(_YEAR_HEAD.match(fold(heads[k])) is not None for k in found) > 1:
        return roles
    return (*roles[: found[0]], Role.VALUE, *roles[found[0] + 1 :])


def _areas(heads: Sequence[str], roles: Sequence[Role]) -> frozenset[str]:
    """Heads that name townships: one value column each, only where no column is the value."""
    if Role.VALUE in roles:
        return frozenset()
    return frozenset(
        head
        for head, role in zip(heads, roles, strict=True)
        if role is Role.OTHER and _AREA_HEAD.search(fold(head))
    )


def _first_value_only(columns: Sequence[Column]) -> list[Column]:
    """The target is the first value column; later ones are not targets (areas apart)."""
    seen = False
    kept: list[Column] = []
    for column in columns:
        if column.role is Role.VALUE and not column.area:
            role = Role.OTHER if seen else Role.VALUE
            seen = True
            kept.append(Column(role, column.head))
        else:
            kept.append(column)
    return kept

"""Put the cells of a row under the columns they belong to.

In most public tables a row is not a full row: merged cells are missing at its start, empty
cells leave nothing, a row begins at column 0 though it is a level-3 name. Order is kept
everywhere, so each row is aligned to the columns by dynamic programming: every cell goes to
one column at a price that says how well its text fits there; blank cells may be dropped and
columns skipped at a small price.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.blocks import Cell
from corpus.layouts.contents import Content, content_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role

_DROP_BLANK = -0.2
_DROP_TEXT = -20.0
_NEW_ROW = -2.5  # where nothing marks row ends, fewer rows explain the cells better
_SKIP: dict[Role, float] = {
    Role.LEVEL1: -0.1,
    Role.LEVEL2: -0.1,
    Role.SIDE: 0.0,
    Role.NAME: -4.0,
    Role.VALUE: -1.5,
    Role.PROJECT: -0.2,
    Role.BUDGET: -0.1,
    Role.WEIGHT: -0.8,  # who weighs indicators weighs each of them
}
_SKIP_OTHER = -0.3
_MISFIT = -9.0
_IMPLAUSIBLE = _MISFIT / 2
_SIGNS = frozenset("≥≤=＝><＞＜≧≦±")  # no name begins so
_MARKED = re.compile(r"[★☆]+\S|指标\d+[:：]\S")  # a name is marked so, nothing behind it is
_MARKS = "★☆指"  # what such a mark begins with
_BEHIND_A_NAME = frozenset({Role.VALUE, Role.ACTUAL, Role.NOTE})
_CODED = re.compile(r"[\[(（]?\d{3,9}[\])）]?[-—]\D")  # 731001-某某局: nor so
_UNIT_NAME = re.compile(
    r"^[\[(（]?\d{3,}|(局|委|院|中心|政府|办公室|部门?|学校|中学|小学|大队|站|所|会|厅|馆|团|社|园|公司|本级|街道|(?:办事|管理|服务|工作)处)$"
)

_MERGED_WITH_IT = {Role.PROJECT_CODE, Role.BUDGET, Role.GOAL}
_OF_THE_PROJECT = (
    Role.UNIT, Role.UNIT_CODE, Role.PROJECT, Role.PROJECT_CODE, Role.BUDGET, Role.GOAL,
    Role.YEAR, Role.SIDE, Role.PROVINCE, Role.CITY, Role.COUNTY, Role.DEPARTMENT,
)  # fmt: skip

_FIT: dict[Role, dict[Content, float]] = {
    Role.NAME: {
        Content.BLANK: -1.0,
        Content.WORDS: 2.0,
        Content.MEASURE: 1.5,
        Content.MEASURED: -4.0,
    },
    Role.VALUE: {
        Content.NUMBER: 2.0,
        Content.MEASURED: 2.5,
        Content.WORDS: 0.6,
        Content.MEASURE: 0.6,
    },
    Role.SIGN: {Content.SIGN: 3.0},
    Role.DIRECTION: {Content.DIRECTION: 3.0},
    Role.MEASURE: {Content.MEASURE: 2.0, Content.WORDS: -2.0, Content.NUMBER: -4.0},
    Role.UNIT_CODE: {Content.NUMBER: 1.0, Content.MEASURED: 0.5},
    Role.YEAR: {Content.NUMBER: 1.0, Content.MEASURED: 1.0},
    Role.BUDGET: {Content.NUMBER: 2.0, Content.MEASURED: 1.0},
    Role.WEIGHT: {Content.NUMBER: 1.5, Content.MEASURED: 0.2},
    Role.SCORE: {Content.NUMBER: 1.5, Content.MEASURED: 0.2},
    Role.ACTUAL: {
        Content.MEASURED: 1.5,
        Content.NUMBER: 1.0,
        Content.WORDS: 0.5,
        Content.MEASURE: 0.5,
    },
}
_FREE_TEXT = {Content.BLANK: 0.0, Content.WORDS: 0.5, Content.MEASURE: 0.3, Content.MEASURED: 0.1}


def names_unit(text: str) -> bool:
    """Does a text begin with the code of a unit, or end as names of units do?"""
    return _UNIT_NAME.search(text) is not None


def _fit(text: str, role: Role) -> float:
    if role is Role.SIDE:  # a label down the side is merged, the number of a row is not
        return 0.0 if not text or content_of(text) is Content.NUMBER else _MISFIT
    if role in (Role.LEVEL1, Role.LEVEL2):
        if not text:
            return 0.0
        known = level1_of(text) if role is Role.LEVEL1 else level2_of(text)
        return 3.0 if known else _MISFIT
    if role is Role.UNIT and text:
        return 1.0 if names_unit(text) else -1.0
    if role is Role.NAME and (text[:1] in _SIGNS or _CODED.match(text)):
        return _MISFIT
    if role in _BEHIND_A_NAME and text[:1] in _MARKS and _MARKED.match(text):
        return _MISFIT
    if role is Role.NAME and text.endswith("指标") and level2_of(text):
        return -1.0  # in its own column, it is the label of a row that nobody filled in
    content = content_of(text)
    fits = _FIT.get(role, _FREE_TEXT)
    return fits.get(content, 0.0 if content is Content.BLANK else _MISFIT)


# Alignments try a text under many columns; the plain reading tries it once and keeps nothing.
_kept_fit = lru_cache(maxsize=65536)(_fit)


def plausible(cells: Sequence[Cell], roles: Sequence[Role]) -> bool:
    """Is the plain reading (cell i under column i) free of contradictions?"""
    if len(cells) != len(roles):
        return False
    for cell, role in zip(cells, roles, strict=True):
        text = cell.text
        if text and _fit(text, role) <= _IMPLAUSIBLE:  # a blank cell may stand anywhere
            return False
    return True


def align(cells: Sequence[Cell], roles: Sequence[Role]) -> dict[int, Cell]:
    """Column number → cell of this row. The plain reading wins where nothing speaks against it."""
    return dict(enumerate(cells)) if plausible(cells, roles) else realigned(cells, roles)


def realigned(cells: Sequence[Cell], roles: Sequence[Role]) -> dict[int, Cell]:
    """As `align`, of a row that is not `plausible`."""
    found = _best_alignment(cells, roles)
    if _tears_its_project(found, roles):
        start = next(k for k, role in enumerate(roles) if role not in _OF_THE_PROJECT)
        inner = _best_alignment(cells, roles[start:])
        return {start + column: cell for column, cell in inner.items()}
    return found


def _tears_its_project(found: dict[int, Cell], roles: Sequence[Role]) -> bool:
    """Has a row a part of its project's cells, where all of them are merged or none?

    Budget and goal come with the project; the project with its unit, or with the first labels.
    """
    if Role.PROJECT not in roles:
        return False
    printed = {roles[column] for column, cell in found.items() if cell.text}
    if Role.PROJECT not in printed:
        return bool(printed & _MERGED_WITH_IT)
    return Role.UNIT in roles and not printed & {Role.UNIT, Role.LEVEL1, Role.LEVEL2}


def align_rows(cells: Sequence[Cell], roles: Sequence[Role]) -> Iterator[tuple[Cell, ...]]:
    """Cut cells of several rows, of which no row end is known, into full rows.

    Every number of rows is tried, and the one under which the cells fit best is taken.
    """
    if not cells:
        return
    words = sum(content_of(c.text) is Content.WORDS for c in cells)
    best = max(
        (_scored_rows(cells, roles, rows) for rows in range(1, max(1, words) + 1)),
        key=lambda scored: scored[0],
    )[1]
    for start in range(0, 1 + max(best, default=0), len(roles)):
        blank = Cell("", cells[0].number)
        row = tuple(best.get(start + k, blank) for k in range(len(roles)))
        if any(c.text for c in row):
            yield row


def _scored_rows(
    cells: Sequence[Cell], roles: Sequence[Role], rows: int
) -> tuple[float, dict[int, Cell]]:
    score, placed = _scored(cells, [*roles] * rows)
    return score + rows * _NEW_ROW, placed


def _scored(cells: Sequence[Cell], roles: Sequence[Role]) -> tuple[float, dict[int, Cell]]:
    best, steps = _table(cells, roles)
    return best, _trace(cells, len(roles), steps)


def _best_alignment(cells: Sequence[Cell], roles: Sequence[Role]) -> dict[int, Cell]:
    return _scored(cells, roles)[1]


def _table(cells: Sequence[Cell], roles: Sequence[Role]) -> tuple[float, list[str]]:
    """Score of the best alignment of all cells to all columns, and the step into each state.

    Steps stand in one list, row after row of `len(roles) + 1` states: p(ut), s(kip), d(rop).
    """
    skips = [_SKIP.get(role, _SKIP_OTHER) for role in roles]
    above = [0.0]
    steps = ["", *("s" for _ in roles)]
    for skip in skips:
        above.append(above[-1] + skip)
    for cell in cells:
        drop = _DROP_TEXT if cell.text else _DROP_BLANK
        here = [above[0] + drop]
        steps.append("d")
        for j, role in enumerate(roles):
            put = above[j] + _kept_fit(cell.text, role)
            skip = here[j] + skips[j]
            dropped = above[j + 1] + drop
            if put >= skip and put >= dropped:
                here.append(put)
                steps.append("p")
            elif skip >= dropped:
                here.append(skip)
                steps.append("s")
            else:
                here.append(dropped)
                steps.append("d")
        above = here
    return above[-1], steps


def _trace(cells: Sequence[Cell], columns: int, steps: Sequence[str]) -> dict[int, Cell]:
    placed: dict[int, Cell] = {}
    i, j = len(cells), columns
    while i or j:
        step = steps[i * (columns + 1) + j]
        if step == "p":
            i, j = i - 1, j - 1
            placed[j] = cells[i]
        elif step == "s":
            j -= 1
        else:
            i -= 1
    return placed

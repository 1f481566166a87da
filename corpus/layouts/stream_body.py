"""The body of a table of which only the cells are known, in order, and no row end.

Level words part it into groups. In a group a row is as many cells as the header has columns
after the levels; where empty cells left nothing, the cells are cut into rows as they fit best.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Cell, Row
from corpus.layouts.align import align_rows, plausible
from corpus.layouts.contents import Content, content_of
from corpus.layouts.labels import is_foot, label_of, stands_outside
from corpus.layouts.levels import clean_level, level1_of, level2_of
from corpus.layouts.roles import Role, role_of_head, roles_of_heads, settle
from text.normalise import squeeze

_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_LONGEST_GROUP = 120  # cells that are tried as rows of unknown length
_UNUSED = re.compile(r"^(…+|\.{3,})$")  # a template row of which nothing else is left


def body_rows(
    cells: Sequence[Cell], position: int, heads: Sequence[str]
) -> Generator[Row, None, int]:
    """Rows of the body from `position`; returns where the body ends."""
    roles = [role or Role.OTHER for role in roles_of_heads(heads)]
    leading = next((k for k, r in enumerate(roles) if r not in _LEVELS), len(roles))
    # columns of another term have levels of their own: there rows are whole
    least = len(roles) - leading if set(roles[leading:]) & set(_LEVELS) else 1
    groups = tuple(_groups(cells, position, _Anchors(cells, leading), least))
    tail = _settled(roles[leading:], [cells[g.start : g.end] for g in groups])
    end = position
    for number, group in enumerate(groups, start=1):
        labels = cells[group.labels : group.start]
        if len(labels) < leading and _repeats(
            labels, cells[group.start : group.end], roles[leading:]
        ):
            labels = (Cell("", labels[0].number), *labels)
        rows, used = _cut(cells[group.start : group.end], tail, last=number == len(groups))
        for row in rows or [()]:
            if labels or row:
                yield Row((*labels, *row))
            labels = ()
        end = group.start + used
    return end


def _repeats(labels: Sequence[Cell], row: Sequence[Cell], roles: Sequence[Role]) -> bool:
    """Is a lone label the level 2 of another term, printed again beside the annual name?

    成本指标 alone may be a level 1; what stands below 二级指标 of the annual columns tells.
    """
    if len(labels) != 1 or Role.LEVEL2 not in roles or Role.LEVEL1 in roles:
        return False
    at = roles.index(Role.LEVEL2)
    return at < len(row) and squeeze(row[at].text) == squeeze(labels[0].text)


@dataclass(frozen=True, slots=True)
class _Group:
    """Level words from `labels` on, and the cells of their rows from `start` to `end`."""

    labels: int
    start: int
    end: int


def _groups(
    cells: Sequence[Cell], position: int, anchors: "_Anchors", least: int
) -> Iterator[_Group]:
    """Groups from `position` on, each of at least so many cells below its level words."""
    while position < len(cells) and not _is_after_table(cells[position].text):
        start = end = position + anchors.count_at(position)
        while end < len(cells) and not _is_after_table(cells[end].text):
            if end >= start + least and anchors.count_at(end):
                text = cells[end].text
                if not any(cell.text == text for cell in cells[start:end]):
                    break  # a value that repeats its name is no level, whatever it is called
            end += 1
        yield _Group(position, start, end)
        position = end


class _Anchors:
    """Which cells are level words, and not indicators that are named like them."""

    def __init__(self, cells: Sequence[Cell], leading: int) -> None:
        self._cells = cells
        self._leading = leading
        self._spelled_out = any(
            clean_level(cell.text).endswith("指标")
            for cell in cells
            if level2_of(cell.text) and not level1_of(cell.text)
        )

    def count_at(self, position: int) -> int:
        """How many level words of a row stand from here on: 0 to 2."""
        count = 0
        while count < self._leading and self._is_level(position + count, count):
            count += 1
        return count

    def _is_level(self, position: int, before: int) -> bool:
        text = self._text(position)
        level2 = level2_of(text)
        if before:
            found = level2 is not None and level1_of(self._text(position - 1)) is not None
        elif level2 is None:
            found = level1_of(text) is not None
        else:
            short = self._spelled_out and not clean_level(text).endswith("指标")
            found = not short and level2_of(self._text(position - 1)) is not level2
        return found and content_of(self._text(position + 1)) in (Content.WORDS, Content.BLANK)

    def _text(self, position: int) -> str:
        return self._cells[position].text if 0 <= position < len(self._cells) else ""


def _settled(roles: Sequence[Role], groups: Sequence[Sequence[Cell]]) -> Sequence[Role]:
    """The roles after the levels, corrected by what stands in groups of whole rows."""
    whole = [row for group in groups if len(group) % len(roles) == 0 for row in _even(group, roles)]
    return settle(roles, [[cell.text for cell in row] for row in whole])


def _cut(
    cells: Sequence[Cell], roles: Sequence[Role], *, last: bool
) -> tuple[list[tuple[Cell, ...]], int]:
    """Rows of one group, and how many of its cells they use.

    What follows the last group is no table: a rest that fills no row is left to it.
    """
    if last:
        while len(cells) % len(roles) and not cells[-1].text:
            cells = cells[:-1]
    over = len(cells) % len(roles)
    even = _even(cells, roles)
    fits = over == 0 and all(plausible(row, roles) for row in even)
    if fits or len(cells) > _LONGEST_GROUP:
        return even, len(cells) - over
    used = [cell for cell in cells if not _UNUSED.match(cell.text)]
    fitted = list(align_rows(used, roles))
    if (last or over == 0) and not all(_holds_a_row(row, roles) for row in fitted):
        return even, len(cells) - over
    return fitted, len(cells)


def _even(cells: Sequence[Cell], roles: Sequence[Role]) -> list[tuple[Cell, ...]]:
    width = len(roles)
    return [tuple(cells[i : i + width]) for i in range(0, len(cells) - width + 1, width)]


def _holds_a_row(row: Sequence[Cell], roles: Sequence[Role]) -> bool:
    said = {role for cell, role in zip(row, roles, strict=True) if cell.text}
    return {Role.NAME, Role.VALUE} <= said


def _is_after_table(text: str) -> bool:
    if not text or level1_of(text) or level2_of(text):
        return False
    if is_foot(text) or role_of_head(text) in _LEVELS:  # or the header, on the next page
        return True
    return bool(label_of(text)) or stands_outside(text)

"""Two target tables side by side in the same rows of a sheet: put one below the other."""

import re
from collections.abc import Sequence

from corpus.blocks import Block, Row
from corpus.layouts.labels import Field, label_of
from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role, is_header, role_of_head
from text.normalise import squeeze

_LONG_TERM = re.compile(r"中期|长期|中长期|实施周?期|规划期|总目标|20\d\d年?[-~—至]20\d\d")


def one_below_the_other(items: Sequence[Block]) -> list[Block]:
    """The items, with tables that stand beside each other one after the other.

    Medium-term and annual indicators side by side (财预〔2018〕167号) are one table.
    """
    found: list[Block] = []
    position = 0
    for index, item in enumerate(items):
        if index < position or not isinstance(item, Row):
            continue
        middle = _second_table(item)
        if middle is None:
            continue
        start, end = _top(items, index, position), _bottom(items, index)
        rows = [row for row in items[start:end] if isinstance(row, Row)]
        if any(
            _LONG_TERM.search(squeeze(text))
            for row in rows[: index - start + 1]
            for text in row.texts
        ):
            continue
        found += items[position:start]
        found += [Row(row.cells[:middle], row.place) for row in rows]
        found += [Row(row.cells[middle:], row.place) for row in rows if row.cells[middle:]]
        position = end
    return [*found, *items[position:]] if position else list(items)


def _second_table(row: Row) -> int | None:
    """Where the same header begins again in its row, or None."""
    half, odd = divmod(len(row.texts), 2)
    if odd or not half or squeeze(row.texts[0]) != squeeze(row.texts[half]):
        return None  # most rows
    heads = [cell.text for cell in row.cells]
    levels = [k for k, head in enumerate(heads) if head and role_of_head(head) is Role.LEVEL1]
    if len(levels) != 2:
        return None
    middle = levels[1]
    halves = [[squeeze(h) for h in half if h] for half in (heads[:middle], heads[middle:])]
    return middle if halves[0] == halves[1] and is_header(halves[0]) else None


def _top(items: Sequence[Block], header: int, lowest: int) -> int:
    """The first row of the heads that stand above a header."""
    start = header
    while start > lowest:
        above = items[start - 1]
        if not isinstance(above, Row) or above.place != items[header].place:
            break
        if any(level1_of(text) or level2_of(text) for text in above.texts):
            break
        start -= 1
    return start


def _bottom(items: Sequence[Block], header: int) -> int:
    """Behind the last row of the bodies that stand below a header."""
    end = header + 1
    while end < len(items):
        below = items[end]
        if not isinstance(below, Row) or below.place != items[header].place:
            break
        if any(label_of(text) is Field.PROJECT for text in below.texts) or is_header(below.texts):
            break
        end += 1
    return end

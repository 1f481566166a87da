"""The rows of a table on a PDF page, from the places of its text.

Values begin rows. What stands beside a value in another column, centred on it or begun with it, is
of its row; a level word is that of the rows it is the middle of, or begins with.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layouts.levels import level1_of, level2_of
from corpus.layouts.roles import Role
from corpus.layouts.run_values import is_approving, is_certain_value
from text.units import is_measure

_NEXT_LINE = 1.35  # of the smallest line distance: so near are lines of one cell
_TOLERANCE = 0.45  # of a line's height: so far may a cell be off its row
_WITHOUT_LABEL = 1.0  # points: what a row without label costs beside labels off their middle
_FAR_LINE = 1.6  # of the smallest line distance, and
_FARTHEST_LINE = 2.5  # of a line's height: so far apart are no lines of one cell
_LEAST_LEAD = 1.0  # of a line's height: lines of one cell are no nearer
_TOUCH = 1.0  # points: text that reaches so little into a column is not of it
_MOST_LINES = 400  # of a table on one page
_LONGEST_CELL = 8  # lines
_MOST_IN_LEVEL = 60  # rows
_NOWHERE = float("inf")
_JOINS = re.compile(r"(?<=\w)[至、，,~～—-]$")  # 1月1日至 | 12月31日: one value
_JOINED = re.compile(r"(?:[、，,~～—]|至(?![少多]))(?=\w)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line between two wide gaps; places are points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half the way down."""
        return (self.top + self.bottom) / 2


Line = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: left and right edge, head word and role of each."""

    edges: tuple[tuple[float, float], ...]
    heads: tuple[str, ...]
    roles: tuple[Role, ...]

    def of(self, piece: Piece) -> int | None:
        """The one column that a piece stands in, if it is one."""
        found = [
            k
            for k, (left, right) in enumerate(self.edges)
            if piece.x0 < right - _TOUCH and piece.x1 > left + _TOUCH
        ]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines of one cell, joined."""

    text: str
    first: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def rows_by_place(body: Sequence[Line], columns: Columns) -> list[list[str]] | None:
    """The texts of each row by column, or None if the places leave it open."""
    pieces = [piece for line in body for piece in line]
    if not pieces or len(pieces) > _MOST_LINES:
        return None
    by_column: list[list[Piece]] = [[] for _ in columns.heads]
    for piece in sorted(pieces, key=lambda p: p.top):
        column = columns.of(piece)
        if column is None:
            return None
        _add(by_column[column], piece)
    height = sorted(p.bottom - p.top for p in pieces)[len(pieces) // 2]
    steps = (b.top - a.top for column in by_column for a, b in pairwise(column))
    lead = max(min(steps, default=height), _LEAST_LEAD * height)
    anchors = _value_cells(by_column[columns.roles.index(Role.VALUE)], lead)
    if not anchors:
        return None
    return _laid_out(
        by_column, columns, anchors, height, min(_FAR_LINE * lead, _FARTHEST_LINE * height)
    )


def _add(column: list[Piece], piece: Piece) -> None:
    """Add a piece below the others, or behind one that stands on the same line."""
    if column and abs(column[-1].middle - piece.middle) < (piece.bottom - piece.top) / 2:
        left, right = sorted((column.pop(), piece), key=lambda p: p.x0)
        text, top = f"{left.text} {right.text}", min(left.top, right.top)
        piece = Piece(text, left.x0, right.x1, top, max(left.bottom, right.bottom))
    column.append(piece)


def _value_cells(pieces: Sequence[Piece], lead: float) -> list[_Cell]:
    """The cells of the value column: a line goes on unless one of the two is a whole value."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        near = groups and piece.top - groups[-1][-1].top <= _NEXT_LINE * lead
        if near and _goes_on(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_cell(group) for group in groups]


def _goes_on(above: Sequence[Piece], piece: Piece) -> bool:
    said = "".join(p.text for p in above)
    if is_measure(piece.text) or _JOINS.search(said) or _JOINED.match(piece.text):
        return True
    return not any(is_certain_value(text) or is_approving(text) for text in (said, piece.text))


def _cell(pieces: Sequence[Piece]) -> _Cell:
    text = pieces[0].text
    for piece in pieces[1:]:
        latin = text[-1:].isascii() and piece.text[:1].isascii()
        text += f" {piece.text}" if latin and text[-1:].isalpha() else piece.text
    return _Cell(text, pieces[0].middle, pieces[0].top, pieces[-1].bottom)


def _laid_out(
    by_column: Sequence[Sequence[Piece]],
    columns: Columns,
    anchors: Sequence[_Cell],
    height: float,
    far: float,
) -> list[list[str]] | None:
    limit = _TOLERANCE * height
    for centred in (True, False):
        rows = [[""] * len(by_column) for _ in anchors]
        spans = [[anchor.top, anchor.bottom] for anchor in anchors]
        for column, pieces in enumerate(by_column):
            role = columns.roles[column]
            if role in (Role.LEVEL1, Role.LEVEL2):
                continue
            cells = (
                [[anchor] for anchor in anchors]
                if role is Role.VALUE
                else _beside(pieces, anchors, limit, far, centred=centred, needed=role is Role.NAME)
            )
            if cells is None:
                break
            for row, inside in enumerate(cells):
                for cell in inside:
                    rows[row][column] = cell.text
                    spans[row] = [min(spans[row][0], cell.top), max(spans[row][1], cell.bottom)]
        else:
            if _with_levels(rows, spans, by_column, columns, limit, centred=centred):
                return rows
    return None


def _beside(
    pieces: Sequence[Piece],
    anchors: Sequence[_Cell],
    limit: float,
    far: float,
    *,
    centred: bool,
    needed: bool,
) -> list[list[_Cell]] | None:
    """The cell of a column beside each value, or None if some are off by more than the limit.

    `needed`: every value has one. `far`: lines farther apart are of two cells.
    """

    def price(first: int, last: int, row: int) -> float:
        if first == last:
            return _NOWHERE if needed else 0.0
        inside = pieces[first:last]
        if any(b.top - a.top > far for a, b in pairwise(inside)):
            return _NOWHERE
        cell = _cell(inside)
        anchor = anchors[row]
        off = abs(cell.middle - anchor.middle) if centred else abs(cell.first - anchor.first)
        return off if off <= limit else _NOWHERE

    cuts = _partition(len(pieces), len(anchors), price, _LONGEST_CELL)
    if cuts is None:
        return None
    return [[_cell(pieces[a:b])] if b > a else [] for a, b in pairwise(cuts)]


def _partition(
    items: int, groups: int, price: Callable[[int, int, int], float], most: int
) -> list[int] | None:
    """Cut items into consecutive groups at the lowest price: the cuts, or None if there are none.

    `price(first, last, group)` is that of the items from first to before last as that group.
    """
    best = [0.0] + [_NOWHERE] * items
    steps: list[list[int]] = []
    for group in range(groups):
        here = [_NOWHERE] * (items + 1)
        step = [0] * (items + 1)
        for end in range(items + 1):
            for start in range(max(0, end - most), end + 1):
                if best[start] < _NOWHERE:
                    total = best[start] + price(start, end, group)
                    if total < here[end]:
                        here[end], step[end] = total, start
        best = here
        steps.append(step)
    if best[items] == _NOWHERE:
        return None
    cuts = [items]
    for step in reversed(steps):
        cuts.append(step[cuts[-1]])
    return cuts[::-1]


def _with_levels(
    rows: Sequence[list[str]],
    spans: Sequence[Sequence[float]],
    by_column: Sequence[Sequence[Piece]],
    columns: Columns,
    limit: float,
    *,
    centred: bool,
) -> bool:
    """Write the level words into the first of their rows; False if they fit none.

    Where one column's words only begin with their rows, those of the other do so too.
    """
    found: list[tuple[int, Sequence[_Cell], _Starts]] = []
    for column, role in enumerate(columns.roles):
        if role not in (Role.LEVEL1, Role.LEVEL2):
            continue
        known = level1_of if role is Role.LEVEL1 else level2_of
        labels = _labels(by_column[column], known)
        if labels is None:
            return False
        found.append((column, labels, _label_rows(labels, spans, limit, centred=centred)))
    begin = any(starts.middles is None for _, _, starts in found)
    for column, words, starts in found:
        rows_of_labels = starts.begun if begin and starts.begun else starts.middles or starts.begun
        if rows_of_labels is None:
            return False
        for start, label in zip(rows_of_labels, words, strict=True):
            rows[start][column] = label.text
    return True


def _labels(pieces: Sequence[Piece], known: Callable[[str], object | None]) -> list[_Cell] | None:
    """Level words, as many as the lines make, of the nearest lines; None if some make none."""
    best: list[tuple[int, float, list[_Cell]] | None] = [(0, 0.0, [])]
    for end in range(1, len(pieces) + 1):
        found: tuple[int, float, list[_Cell]] | None = None
        for start in range(max(0, end - _LONGEST_CELL), end):
            before = best[start]
            text = "".join(p.text for p in pieces[start:end])
            if before is None or text.startswith("指标") or not known(text):
                continue
            far = before[1] + pieces[end - 1].top - pieces[start].top
            if found is None or (before[0] + 1, -far) > (found[0], -found[1]):
                found = before[0] + 1, far, [*before[2], _cell(pieces[start:end])]
        best.append(found)
    last = best[-1]
    return last[2] if last else None


@dataclass(frozen=True, slots=True)
class _Starts:
    """The first rows of labels that begin with their rows, and of those in the middle of them."""

    begun: Sequence[int] | None
    middles: Sequence[int] | None


def _label_rows(
    labels: Sequence[_Cell], spans: Sequence[Sequence[float]], limit: float, *, centred: bool
) -> _Starts:
    """The first row of each label, by both ways to print them; None where one of them fails.

    Of labels that begin rows, some may be off their middle, but no farther than the limit.
    """
    if not labels:
        return _Starts([], [])
    tops = [
        next((k for k, (top, _) in enumerate(spans) if abs(top - label.top) <= limit), None)
        for label in labels
    ]
    begun = [k for k in tops if k is not None]
    complete = len(begun) == len(labels)
    if not centred:
        return _Starts(begun if complete else None, None)

    def off_middle(first: int, last: int, label: _Cell) -> float:
        return abs((spans[first][0] + spans[last - 1][1]) / 2 - label.middle)

    def price(first: int, last: int, group: int) -> float:
        if group == 0:  # rows whose label the page before holds
            return _WITHOUT_LABEL * (last - first)
        if first == last:
            return _NOWHERE
        off = off_middle(first, last, labels[group - 1])
        return off if off <= (limit if complete else 2 * limit) else _NOWHERE

    cuts = _partition(len(spans), len(labels) + 1, price, _MOST_IN_LEVEL)
    return _Starts(begun if complete else None, cuts and cuts[1:-1])

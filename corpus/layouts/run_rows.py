"""Rows of a table whose cells nothing parts, found by dynamic programming.

The text between two level words is a sequence of atoms. Consecutive atoms are joined into
cells, and cells are dealt out to the columns, row after row, such that texts fit their columns
best; what stands between two atoms makes it dear or cheap to join or to part them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layouts.roles import Role
from corpus.layouts.run_anchors import Shape
from corpus.layouts.run_atoms import Atom, Gap, Grid, joined
from corpus.layouts.run_fits import fit, skip_of

_LONGEST_CELL: Mapping[Shape, int] = {  # atoms
    Shape.ONE_LINE: 14,
    Shape.LINES: 14,
    Shape.GLUED: 14,
    Shape.WRAPPED: 9,
}
_BEAM = 10.0  # a reading so much worse than the best is not followed
_MOST_JOINED = 6.0  # nor one cell whose joints are so dear
_POINTS = (Role.WEIGHT, Role.SCORE)
_NEW_ROW = -2.5
_NOWHERE = float("-inf")
_ALMOST = 1  # half-width signs that a full line may lack
_CHARACTER = 2

_JOIN: Mapping[Shape, Mapping[Gap, float]] = {
    Shape.ONE_LINE: {Gap.NOTHING: 0, Gap.INSIDE_DIGITS: 0, Gap.SPACE: -1.2, Gap.LINE: -1.2},
    Shape.LINES: {Gap.NOTHING: 0, Gap.INSIDE_DIGITS: 0, Gap.SPACE: -1.2, Gap.LINE: -3.0},
    Shape.GLUED: {Gap.NOTHING: 0, Gap.INSIDE_DIGITS: 0, Gap.SPACE: -1.2, Gap.LINE: -1.2},
    Shape.WRAPPED: {Gap.NOTHING: 0, Gap.INSIDE_DIGITS: 0, Gap.SPACE: -0.2, Gap.LINE: -1.0},
}
_CUT: Mapping[Shape, Mapping[Gap, float]] = {
    Shape.ONE_LINE: {Gap.NOTHING: -1.6, Gap.INSIDE_DIGITS: -4.0, Gap.SPACE: 0, Gap.LINE: 0},
    Shape.LINES: {Gap.NOTHING: -0.2, Gap.INSIDE_DIGITS: -1.0, Gap.SPACE: 0, Gap.LINE: 0},
    Shape.GLUED: {Gap.NOTHING: -0.2, Gap.INSIDE_DIGITS: -1.0, Gap.SPACE: 0, Gap.LINE: 0},
    Shape.WRAPPED: {Gap.NOTHING: -1.6, Gap.INSIDE_DIGITS: -4.0, Gap.SPACE: -0.5, Gap.LINE: 0},
}
_JOIN_SHORT = -4.0  # wrapped cells: a line that was not full goes on
_TOO_WIDE = -3.0  # wrapped cells: a line longer than its column is wide
_CUT_FULL = -0.5  # wrapped cells: a cell ends just where its line is full
_USUAL_POINTS = 1.0  # points that other rows have too
_DIGIT_FIRST = -3.0  # a name that begins inside a run of digits
_DIGITS_ONLY = -3.0  # a cell that digits of others stand beside on both sides
_WITH_MEASURE = -0.8  # a value with its measure, where measures have a column
_BEHIND_WORDS = -3.0  # a measure where no digit stands before it
_MEASURED = re.compile(r"[≥≤=><]*[\d,.]+[^\d]+")
_LINE_INSIDE_ROW = -3.0  # a row per line: a row that goes on below
_ROW_INSIDE_LINE = -3.0  # a row per line: two rows on one line


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the best reading: the atoms it is made of, and its column; rows count from 0."""

    first: int
    last: int
    column: int
    row: int


class Texts:
    """The texts that consecutive atoms make, each made once."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self.atoms = atoms
        self._texts: dict[tuple[int, int], str] = {}

    def text(self, first: int, last: int) -> str:
        """The text of a cell made of these atoms."""
        known = self._texts.get((first, last))
        if known is None:
            known = self._texts[first, last] = joined(self.atoms[first : last + 1])
        return known


def placed_cells(texts: Texts, grid: Grid) -> tuple[float, list[Placed]]:
    """The best reading of all atoms as cells, in order, with its score."""
    return _Table(texts, grid).best()


class _Table:
    """Scores of readings that end before each atom, by the column of their last cell."""

    def __init__(self, texts: Texts, grid: Grid) -> None:
        self.texts, self.grid = texts, grid
        self.atoms = atoms = texts.atoms
        self.skips = [skip_of(role) for role in grid.roles]
        self.parted = grid.parted
        self.measures_apart = Role.MEASURE in grid.roles
        self.measures_behind = (Role.VALUE, Role.MEASURE) in pairwise(grid.roles)
        self.longest = _LONGEST_CELL[grid.shape]
        width = len(grid.roles)
        self.score = [[_NOWHERE] * width for _ in range(len(atoms) + 1)]
        self.back: list[list[tuple[int, int, bool]]] = [
            [(0, -1, False)] * width for _ in range(len(atoms) + 1)
        ]
        for start in range(len(atoms)):
            self._extend(start)

    def _extend(self, start: int) -> None:
        """Add every cell that begins with this atom."""
        entry, origin = self._entries(start)
        roles = self.grid.roles
        least = max(entry) - _BEAM
        open_columns = [c for c in range(len(roles)) if entry[c] > max(least, _NOWHERE)]
        inside = [0.0] * len(roles)
        for end in range(start, min(start + self.longest, len(self.atoms))):
            if end > start:
                if not self._may_join(end):
                    return
                for column in open_columns:
                    inside[column] += self._join(end, roles[column])
                open_columns = [c for c in open_columns if inside[c] > -_MOST_JOINED]
            text = self.texts.text(start, end)
            prices = self._marks(text, start, end)
            score, back = self.score[end + 1], self.back[end + 1]
            for column in open_columns:
                role = roles[column]
                total = entry[column] + inside[column] + fit(text, role, self.parted)
                if prices:
                    total += prices.get(role, 0.0)
                if total > score[column]:
                    total += self._fullness(end + 1, role)
                    if total > score[column]:
                        score[column] = total
                        back[column] = (start, *origin[column])

    def _marks(self, text: str, start: int, end: int) -> Mapping[Role, float]:
        """What the table and the text around speak for or against this cell, by role."""
        digit_first = self.atoms[start].gap is Gap.INSIDE_DIGITS
        if not (digit_first or self.measures_apart or self.grid.points):
            return {}
        found: dict[Role, float] = {}
        if text in self.grid.points:
            found = dict.fromkeys(_POINTS, _USUAL_POINTS)
        if self.measures_apart and _MEASURED.fullmatch(text):
            found[Role.VALUE] = _WITH_MEASURE
        if self.measures_behind and start and not self.atoms[start - 1].text[-1].isdigit():
            found[Role.MEASURE] = _BEHIND_WORDS
        if digit_first:
            found[Role.NAME] = _DIGIT_FIRST
            if end + 1 < len(self.atoms) and self.atoms[end + 1].gap is Gap.INSIDE_DIGITS:
                found = {role: found.get(role, 0.0) + _DIGITS_ONLY for role in self.grid.roles}
        return found

    def _entries(self, at: int) -> tuple[list[float], list[tuple[int, bool]]]:
        """Score of the best reading of all atoms before this one, with a cell to come here.

        For every column that the cell may stand under: the score, the column of the cell
        before it, and whether a row begins.
        """
        skips = self.skips
        if at == 0:
            before, ended, last = [_NOWHERE] * len(skips), 0.0, -1
        else:
            before = self.score[at]
            ended, last = self._ended(before)
            ended += _NEW_ROW
        same_price, row_price = self._prices(at)
        cut = self._cut(at)
        entry, origin = [], []
        inside, inside_from = _NOWHERE, -1
        for column, skip in enumerate(skips):
            if inside + same_price >= ended + row_price:
                entry.append(inside + same_price + cut)
                origin.append((inside_from, False))
            else:
                entry.append(ended + row_price + cut)
                origin.append((last, True))
            if before[column] > inside + skip:
                inside, inside_from = before[column], column
            else:
                inside += skip
            ended += skip
        return entry, origin

    def _ended(self, before: Sequence[float]) -> tuple[float, int]:
        """Score of the best reading whose row ends here, and the column of its last cell."""
        best, last, tail = _NOWHERE, -1, 0.0
        for column in range(len(before) - 1, -1, -1):
            if before[column] + tail > best:
                best, last = before[column] + tail, column
            tail += self.skips[column]
        return best, last

    def _prices(self, at: int) -> tuple[float, float]:
        """What it costs here to go on with the row, and to begin one."""
        if self.grid.shape is not Shape.LINES or at == 0:
            return 0.0, 0.0
        new_line = self.atoms[at].gap is Gap.LINE
        return (_LINE_INSIDE_ROW, 0.0) if new_line else (0.0, _ROW_INSIDE_LINE)

    def _cut(self, at: int) -> float:
        return _CUT[self.grid.shape][self.atoms[at].gap] if at else 0.0

    def _may_join(self, at: int) -> bool:
        return not (self.grid.shape is Shape.LINES and self.atoms[at].gap is Gap.LINE)

    def _join(self, at: int, role: Role) -> float:
        """Price of one cell that goes on over the gap before this atom."""
        atom = self.atoms[at]
        price = _JOIN[self.grid.shape][atom.gap]
        width = self.grid.widths.get(role)
        if atom.gap is not Gap.LINE or width is None:
            return price
        if atom.line > width + _ALMOST:
            return _JOIN_SHORT
        return 0.0 if atom.line + atom.first > width - _ALMOST else _JOIN_SHORT

    def _fullness(self, at: int, role: Role) -> float:
        """Price of a cell that ends before this atom although its line is full."""
        width = self.grid.widths.get(role)
        if width is None or at >= len(self.atoms) or self.atoms[at].gap is not Gap.LINE:
            return 0.0
        atom = self.atoms[at]
        if atom.line > width + _ALMOST:
            return _TOO_WIDE
        return _CUT_FULL if atom.line + _CHARACTER > width else 0.0

    def best(self) -> tuple[float, list[Placed]]:
        """The best reading and its score."""
        if not self.atoms:
            return 0.0, []
        score, column = self._ended(self.score[len(self.atoms)])
        found: list[tuple[int, int, int, bool]] = []
        end = len(self.atoms)
        while end > 0 and column >= 0:
            start, before, new_row = self.back[end][column]
            found.append((start, end - 1, column, new_row))
            end, column = start, before
        row = -1
        cells = []
        for first, last, column, new_row in reversed(found):
            row += new_row
            cells.append(Placed(first, last, column, max(row, 0)))
        return score, cells

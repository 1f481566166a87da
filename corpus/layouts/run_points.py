"""Points that stand right beside other digits (=45010: 450 and 10 points, not 45 and 010)."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.layouts.roles import Role
from corpus.layouts.run_atoms import Gap, Grid
from corpus.layouts.run_fits import DOUBTFUL, fit
from corpus.layouts.run_rows import Placed, Texts, placed_cells

POINTS = (Role.WEIGHT, Role.SCORE)
_ENDING = re.compile(r"\d+$")
_LEADING_ZERO = re.compile(r"0(?!\.\d)")
_BEGINNING = re.compile(r"\d+")


def usual_points(segments: Sequence[Texts], grid: Grid) -> frozenset[str]:
    """The weights and scores of a table that no digit stands beside."""
    found: set[str] = set()
    for texts in segments:
        atoms = texts.atoms
        for cell in placed_cells(texts, grid)[1]:
            after = atoms[cell.last + 1].gap if cell.last + 1 < len(atoms) else Gap.LINE
            beside = Gap.INSIDE_DIGITS in (atoms[cell.first].gap, after)
            if grid.roles[cell.column] in POINTS and not beside:
                found.add(texts.text(cell.first, cell.last))
    return frozenset(found)


def cuts_are_certain(cells: Sequence[Placed], texts: Texts, grid: Grid) -> bool:
    """Is each run of digits that belongs to two cells of a row cut in the one possible place?"""
    return all(
        _is_certain(before, after, texts, grid)
        for before, after in pairwise(cells)
        if texts.atoms[after.first].gap is Gap.INSIDE_DIGITS
    )


def _is_certain(before: Placed, after: Placed, texts: Texts, grid: Grid) -> bool:
    left = texts.text(before.first, before.last)
    right = texts.text(after.first, after.last)
    ending, beginning = _ENDING.search(left), _BEGINNING.match(right)
    if ending is None or beginning is None or _LEADING_ZERO.match(right):
        return False
    run = ending.group() + beginning.group()
    start, rest = left[: ending.start()], right[beginning.end() :]
    roles = (grid.roles[before.column], grid.roles[after.column])
    possible, usual = [], []
    for place in range(1, len(run) + bool(rest)):
        cut = (start + run[:place], run[place:] + rest)
        pairs = list(zip(cut, roles, strict=True))
        # 10分两批: words may follow that are known to no list
        whole = place == len(run) and rest[0] not in ".,"
        checked = pairs[:1] if whole else pairs
        if all(fit(text, role, grid.parted) > DOUBTFUL for text, role in checked):
            possible.append(cut)
            if any(role in POINTS and text in grid.points for text, role in pairs):
                usual.append(cut)
    return (left, right) in usual[:1] if len(usual) == 1 else [(left, right)] == possible

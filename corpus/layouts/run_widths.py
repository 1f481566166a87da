"""How wide the columns of a page were whose cells are broken over several lines.

A cell goes on below a line only where that line is full. So the widths under which the whole
table reads best are those of its columns.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.layouts.roles import Role
from corpus.layouts.run_atoms import Grid
from corpus.layouts.run_rows import Texts, placed_cells

_ENOUGH = 80  # atoms that tell the widths
_NARROWEST = 6  # half-width signs
_TRIED = 8
_SWEEPS = 2
_ONE_LINE = (Role.SIGN, Role.DIRECTION, Role.WEIGHT, Role.SCORE)


def found_widths(segments: Sequence[Texts], grid: Grid) -> Mapping[Role, int]:
    """The width of each column, in half-width signs."""
    sample = list(_sample(segments))
    met = Counter(a.line for texts in sample for a in texts.atoms if a.line >= _NARROWEST)
    if not met:
        return {}
    lines = sorted({max(met), *(width for width, _ in met.most_common(_TRIED))})
    best = {role: lines[-1] for role in grid.roles}
    score = _score(sample, replace(grid, widths=best))
    for _ in range(_SWEEPS):
        before = score
        for role in grid.roles:
            for width in lines if role not in _ONE_LINE else ():
                tried = {**best, role: width}
                points = _score(sample, replace(grid, widths=tried))
                if points > score:
                    best, score = tried, points
        if score == before:
            break
    return best


def _sample(segments: Sequence[Texts]) -> Iterator[Texts]:
    """The first lines of a table, as many as tell its widths."""
    left = _ENOUGH
    for texts in segments:
        yield texts if len(texts.atoms) <= left else Texts(texts.atoms[:left])
        left -= len(texts.atoms)
        if left <= 0:
            return


def _score(segments: Sequence[Texts], grid: Grid) -> float:
    return sum(placed_cells(texts, grid)[0] for texts in segments)

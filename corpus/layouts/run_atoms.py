"""Text between two level words, cut into the smallest pieces that a cell may be made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from corpus.layouts.roles import Role
from corpus.layouts.run_anchors import Shape
from corpus.layouts.run_values import cuts_of
from text.normalise import squeeze

_LONGEST_TOKEN = 400
_BESIDE_NUMBERS = frozenset({Role.WEIGHT, Role.SCORE, Role.ACTUAL})
_PARTS_OF_VALUE = frozenset({Role.SIGN, Role.MEASURE})
_LATIN = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns that rows are dealt out to, and how the table is written.

    `columns` are the places of the roles in the header. `widths` are the widths of the columns
    of wrapped cells, where they are known; `points` is what a row gives its weight and its
    score, where it is known.
    what a row gives its weight and its score, where it is known.
    """

    roles: tuple[Role, ...]
    columns: tuple[int, ...]
    shape: Shape
    widths: Mapping[Role, int] = field(default_factory=dict)
    points: frozenset[str] = frozenset()

    @property
    def parted(self) -> bool:
        """Are cells parted from each other?"""
        return self.shape.parted


class Gap(IntEnum):
    """What stands before an atom."""

    NOTHING = 0
    INSIDE_DIGITS = 1
    SPACE = 2
    LINE = 3


class Atom(NamedTuple):
    """A piece of text that no cell border cuts; `at` is its place in the whole text.

    `line` is the width of what stands before it on the line above, and `first` that of its own
    first unbreakable piece: both tell whether a line was full. Widths count half-width signs.
    """

    text: str
    at: int
    gap: Gap
    line: int = 0
    first: int = 0


def width_of(text: str) -> int:
    """Width in print: a Chinese character is two Latin ones wide."""
    return sum(1 if ord(c) < 0x2E80 else 2 for c in text)


def atoms_of(text: str, start: int, end: int, grid: Grid) -> list[Atom]:
    """Cut a stretch of text into atoms: at white space, and around values inside words."""
    atoms: list[Atom] = []
    above = 0
    last = start
    for match in re.finditer(r"\S+", text[start:end]):
        token = squeeze(match.group())
        at = start + match.start()
        new_line = "\n" in text[last:at]
        last = start + match.end()
        gap = Gap.LINE if new_line else Gap.SPACE
        for offset, piece in _pieces(token, grid):
            inside = _inside(token, offset) if offset else gap
            atoms.append(Atom(piece, at + offset, inside, above, _first_width(piece)))
        above = width_of(token) + (0 if new_line or not above else above + 1)
    return atoms


def _pieces(token: str, grid: Grid) -> list[tuple[int, str]]:
    if grid.shape is Shape.WRAPPED or len(token) > _LONGEST_TOKEN:
        return [(0, token)]
    roles = () if grid.parted else grid.roles
    digits = not _BESIDE_NUMBERS.isdisjoint(roles)
    split = not _PARTS_OF_VALUE.isdisjoint(roles)
    places = [0, *sorted(cuts_of(token, digits=digits, split=split)), len(token)]
    return [(a, token[a:b]) for a, b in pairwise(places) if b > a]


def _inside(token: str, offset: int) -> Gap:
    digits = token[offset - 1].isdigit() and token[offset].isdigit()
    return Gap.INSIDE_DIGITS if digits else Gap.NOTHING


def _first_width(text: str) -> int:
    """Width of what cannot be parted at the start: one Chinese character, or a Latin word."""
    latin = _LATIN.match(text)
    return latin.end() if latin else 2


def joined(atoms: Sequence[Atom]) -> str:
    """The text of consecutive atoms; a space between Latin words stays."""
    text = atoms[0].text
    for atom in atoms[1:]:
        latin = atom.gap is Gap.SPACE and text[-1].isascii() and atom.text[0].isascii()
        text += f" {atom.text}" if latin else atom.text
    return text

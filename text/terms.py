"""What a lexical index counts of a line: its words and its character bigrams."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Self

import numpy as np
from numpy.typing import NDArray

from text.words import bigrams, words

Numbers = NDArray[np.int64]


def terms(line: str) -> list[str]:
    """Words and character bigrams of a line; a word of two characters is its own bigram."""
    return [*bigrams(line), *(word for word in words(line) if len(word) != 2)]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of some lines, one line after the other.

    Line `i` has `lengths[i]` of `ids`, and `ids` are places in `names`, which holds each term
    once, in the order in which they are first met.
    """

    names: tuple[str, ...]
    ids: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Cut lines into terms."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        ids, lengths = array("q"), array("q")
        for line in lines:
            found = terms(line)
            lengths.append(len(found))
            ids.extend([numbers[term] for term in found])
        return cls(tuple(numbers), np.asarray(ids, np.int64), np.asarray(lengths, np.int64))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The terms of the lines of all parts."""
        numbers: dict[str, int] = {}
        ids = []
        for part in parts:
            places = [numbers.setdefault(name, len(numbers)) for name in part.names]
            ids.append(np.asarray(places, np.int64)[part.ids])
        none = np.zeros(0, np.int64)
        lengths = [part.lengths for part in parts]
        return cls(tuple(numbers), np.concatenate([none, *ids]), np.concatenate([none, *lengths]))

    def taken(self, lines: Numbers) -> Self:
        """The terms of these lines only, in their order; no name that none of them has."""
        lengths = self.lengths[lines]
        starts = (np.cumsum(self.lengths) - self.lengths)[lines]
        offsets = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        ids = self.ids[offsets + np.arange(len(offsets))]
        met, ids = np.unique(ids, return_inverse=True)
        names = tuple([self.names[number] for number in met.tolist()])
        return type(self)(names, ids.astype(np.int64), lengths)

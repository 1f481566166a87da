"""What a lexical index counts of a line: its words and its character bigrams."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Self

import numpy as np
from numpy.typing import NDArray

from text.pairs import pairs_of, pairs_without, texts_of
from text.words import bigrams, plain_form, words

Numbers = NDArray[np.int64]

_LINE_END = "\n"  # stands in no plain form


def terms(line: str) -> list[str]:
    """Words and character bigrams of a line; a word of two characters is its own bigram."""
    return [*bigrams(line), *(word for word in words(line) if len(word) != 2)]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of some lines, one line after the other.

    Line `i` has `lengths[i]` of `ids`, and `ids` are places in `names`, which holds each term
    once.
    """

    names: tuple[str, ...]
    ids: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Cut lines into terms."""
        lines = list(lines)
        pairs, names, pair_counts = _bigrams(lines)
        numbers: defaultdict[str, int] = defaultdict(count(len(names)).__next__)
        ids, counts = array("q"), array("q")
        for line in lines:
            found = [numbers[word] for word in words(line) if len(word) != 2]
            counts.append(len(found))
            ids.extend(found)
        word_counts = np.asarray(counts, np.int64)
        own = np.arange(len(lines))
        owners = np.concatenate([np.repeat(own, pair_counts), np.repeat(own, word_counts)])
        order = np.argsort(owners, kind="stable")
        unordered = np.concatenate([pairs, np.asarray(ids, np.int64)])
        return cls((*names, *numbers), unordered[order], pair_counts + word_counts)

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


def _bigrams(lines: Sequence[str]) -> tuple[Numbers, list[str], Numbers]:
    """The bigrams of all lines as places in a list of them, that list, and how many each line has.

    As numbers, of all lines at once: one after the other, as texts, lines would take twice as
    long to cut.
    """
    plain = [plain_form(line) for line in lines]
    found = pairs_without(pairs_of(_LINE_END.join(plain)), _LINE_END)
    names, places = np.unique(found, return_inverse=True)
    counts = [max(0, len(line) - 1) for line in plain]
    return places.astype(np.int64), texts_of(names), np.asarray(counts, np.int64)

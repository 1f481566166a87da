"""What a static encoder sees of a text: its words, its characters and their bigrams."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from text.words import words

_WORDS_KEPT = 100_000
_UNKNOWN = -1
_is_known = _UNKNOWN.__ne__


@dataclass(frozen=True, slots=True)
class Bags:
    """Feature numbers of many texts: those of text `i` are `ids[starts[i]:starts[i + 1]]`.

    `ids` is `(total,)` int64; `starts` is `(texts + 1,)` int64.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]


def features(text: str) -> list[str]:
    """Words, characters of longer words, and character bigrams of a text; repeats are kept.

    A word of two characters is its own bigram and so counts twice: where a bigram respects the
    bounds of words it says more. Numbers and Latin words are not taken apart.
    """
    found = words(text)
    inside = [part for word in found for part in _inside(word)]
    return inside + _seams(found)


class Vocabulary:
    """Numbers of the features a model knows; others are left out of a bag."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.tokens = tuple(tokens)
        numbers = {token: number for number, token in enumerate(self.tokens)}
        self._number = numbers.get
        # A word is met again and again: its parts are looked up once.
        self._of_word = lru_cache(maxsize=_WORDS_KEPT)(self._known_inside)
        self._of_seam = lru_cache(maxsize=_WORDS_KEPT)(self._known_seam)

    def __len__(self) -> int:
        return len(self.tokens)

    def bag(self, text: str) -> list[int]:
        """Numbers of the known `features` of one text."""
        found = words(text)
        bag = list(chain.from_iterable(map(self._of_word, found)))
        bag.extend(filter(_is_known, map(self._of_seam, found, islice(found, 1, None))))
        return bag

    def bags(self, texts: Sequence[str]) -> Bags:
        """Numbers of the known features of many texts."""
        each = [self.bag(text) for text in texts]
        starts = np.zeros(len(each) + 1, dtype=np.int64)
        np.cumsum([len(bag) for bag in each], out=starts[1:])
        ids = np.fromiter(chain.from_iterable(each), dtype=np.int64, count=int(starts[-1]))
        return Bags(ids, starts)

    def _known_inside(self, word: str) -> tuple[int, ...]:
        return tuple(n for n in map(self._number, _inside(word)) if n is not None)

    def _known_seam(self, left: str, right: str) -> int:
        return self._number(left[-1] + right[0], _UNKNOWN)


def _inside(word: str) -> list[str]:
    """The word; if it is Chinese and longer than a character, its characters and bigrams too."""
    if len(word) == 1 or word.isascii():
        return [word]
    return [word, *word, *(word[i : i + 2] for i in range(len(word) - 1))]


def _seams(found: Sequence[str]) -> list[str]:
    """The bigrams that stand across the bounds of words."""
    return [left[-1] + right[0] for left, right in pairwise(found)]

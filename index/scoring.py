"""Scores of the records of a scope for one query, worked out where they may be good enough."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.bands import SURE
from index.dense import DECIMALS, Mask, Scores
from index.fields import FieldIndex
from index.fusion import dense_score, fused_score
from index.scope import ScopeIndex

Records = NDArray[np.int64]

# Corpora of fewer records are scored in whole.
_FEW = 4_096

# So small a share of the records, and scoring them costs less than bounds of all.
_SMALL_SHARE = 0.2

# So many records are worked out in one go: what is known of them stays in the cache of a core.
_AT_ONCE = 16_384

_KNOWN = np.float32(-1)


class Question(NamedTuple):
    """A query: its text, its vectors and those of its parts `(m, dim)`, of which the best counts.

    `moved` `(1, dim)` counts too where no name is surely meant; None: never.
    """

    text: str
    vectors: Vectors
    moved: Vectors | None

    def groups(self) -> list[Vectors]:
        """The vectors of the query and its parts, and where there is one that of `moved`."""
        return [self.vectors] if self.moved is None else [self.vectors, self.moved]


class Scoring:
    """Scores `(n,)` float32 of all records: `fused` (rounded), `dense` and `lexical`.

    `fused` and `dense` are exact for the records that were asked for by `at_least` or `settle`,
    else 0, as are all of a record that is not wanted. Which ones may score enough is told by upper
    bounds, so nothing is missed.
    """

    def __init__(
        self, scope: ScopeIndex, question: Question, wanted: Mask | None, *, bounded: bool
    ) -> None:
        self._scope = scope
        self._vectors = question.vectors
        self.fused = np.zeros(len(scope), np.float32)
        self.dense = np.zeros(len(scope), np.float32)
        if wanted is not None:
            bounded &= bool(np.count_nonzero(wanted) > _SMALL_SHARE * len(wanted))
        if bounded and _can_be_bounded(scope):
            self._set_bounds(question, wanted)
        else:
            self.lexical = _words_found(scope, question, wanted)
            self._most = _of_wanted(np.ones(len(scope), np.float32), wanted)
            self._leading = self._led_by(question, np.flatnonzero(self._most > _KNOWN))

    def at_least(self, score: float, among: Mask | None = None) -> None:
        """Settle the records that may have at least this score; None: among all that are wanted."""
        may = self._most >= np.float32(score)
        self._settle(np.flatnonzero(may if among is None else may & among))

    def best(self) -> float:
        """The best score of those that are settled; 0 where there is none."""
        return float(self.fused.max(initial=0))

    def settle(self, records: Records) -> None:
        """Settle these records, those of them that are wanted."""
        self._settle(records[self._most[records] > _KNOWN])

    def nth_bound(self, count: int, passing: Mask) -> float:
        """A score that at most so many unsettled records of `passing` may exceed."""
        left = self._most[passing]
        return float(np.partition(left, -count)[-count]) if count < len(left) else 0.0

    def _settle(self, records: Records) -> None:
        if not len(records):
            return
        names, *others = self._scope.fields
        leading = names.cosines(self._leading, records)
        cosines = [(f.field.weight, f.cosines(self._vectors, records)) for f in others]
        dense = dense_score(leading, cosines)
        self.dense[records] = dense
        self.fused[records] = np.round(fused_score(dense, self.lexical[records]), DECIMALS)
        self._most[records] = _KNOWN

    def _led_by(self, question: Question, near: Records) -> Vectors:
        """The vectors that names are compared with; `near` are all records that may be `SURE`."""
        if question.moved is None:
            return question.vectors
        found = self._scope.fields[0].cosines(question.vectors, near)
        if len(near) and found.max() >= np.float32(SURE):
            return question.vectors
        return np.concatenate(question.groups())

    def _set_bounds(self, question: Question, wanted: Mask | None) -> None:
        """Find what each record may score at most; a second thread compares the names."""
        names, *others = self._scope.fields
        of_names = _beside().submit(names.bounds, *question.groups())
        self.lexical = _words_found(self._scope, question, wanted)
        best = [(f, f.bounds(question.vectors)[0]) for f in others]
        leading, *moved = of_names.result()
        self._leading = self._led_by(question, _surely_meant(names, leading, wanted))
        if len(self._leading) > len(question.vectors):
            leading = np.maximum(leading, *moved)
        self._most = np.empty(len(self.lexical), np.float32)
        for start in range(0, len(self._most), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            of_others = [(f.field.weight, f.of_records(scores, part)) for f, scores in best]
            dense = dense_score(names.of_records(leading, part), of_others)
            self._most[part] = fused_score(dense, self.lexical[part])
        self._most += np.float32(2 * 10.0**-DECIMALS)  # as scores are rounded
        if wanted is not None:
            self._most[~wanted] = _KNOWN


def _surely_meant(names: FieldIndex, bounds: Scores, wanted: Mask | None) -> Records:
    """The records whose name may be one that is surely meant."""
    if bounds.max() < np.float32(SURE):
        return np.zeros(0, np.int64)
    sure = names.of_records(bounds) >= np.float32(SURE)
    return np.flatnonzero(sure if wanted is None else sure & wanted)


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="bounds")


def _words_found(scope: ScopeIndex, question: Question, wanted: Mask | None) -> Scores:
    """The share of the question's words that each record holds; 0 where it is not wanted."""
    found = scope.lexical.shares(question.text).take(scope.words_of, mode="wrap")
    return found if wanted is None else found * wanted


def _of_wanted(most: Scores, wanted: Mask | None) -> Scores:
    """The bounds of records that are wanted; the scores of others, 0, are known."""
    return most if wanted is None else np.where(wanted, most, _KNOWN)


def is_large(scope: ScopeIndex) -> bool:
    """Whether bounds may save work."""
    return len(scope) > _FEW


def _can_be_bounded(scope: ScopeIndex) -> bool:
    """Whether a record never scores less for a better name (see `index.fusion.dense_score`)."""
    return sum(field.field.weight for field in scope.fields[1:]) <= 1

"""Scores of the records of a scope for one query, worked out where they may be good enough.

What a record scores at most is told in three steps, each for the records that the one before
left over: from bounds of all its fields; from the vectors of its name and bounds of the others;
from all its vectors, which is the score itself.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.bands import SURE
from index.dense import DECIMALS, Mask, Scores
from index.fusion import LEXICAL_WEIGHT, dense_score, fused_score
from index.query import Question
from index.scope import ScopeIndex
from index.together import Together

Records = NDArray[np.int64]

# Corpora of fewer records are scored in whole.
_FEW = 4_096

# So small a share of the records, and scoring them for one vector costs less than bounds of all.
_SMALL_SHARE = 0.2

# So many are worked out in one go: what is known of them stays in the cache of a core.
_AT_ONCE = 16_384

_KNOWN = np.float32(-1)

_OF_BOTH = np.float32(1 / (1 + LEXICAL_WEIGHT))

# More than what is lost by rounding scores, and what adds up to them.
_ROUNDING = np.float32(3 * 10.0**-DECIMALS)


class Scoring:
    """Scores `(n,)` float32 of all records: `fused` (rounded), `dense` and `lexical`.

    `fused` and `dense` are exact for the records that were asked for by `at_least` or `settle`,
    which `settled` lists, else 0, as are all of a record that is not wanted. Which ones may score
    enough is told by upper bounds, so nothing is missed.
    """

    def __init__(
        self, scope: ScopeIndex, question: Question, wanted: Mask | None, *, bounded: bool
    ) -> None:
        self._scope = scope
        self._vectors = question.vectors
        self.fused = np.zeros(len(scope), np.float32)
        self.dense = np.zeros(len(scope), np.float32)
        self._settled: list[Records] = []
        self._best = 0.0
        self._complete_from = np.inf
        records = None if wanted is None else np.flatnonzero(wanted)
        if bounded and _is_worth_bounding(scope, question, records):
            self._bounds: _Bounds | None = _Bounds(scope, question, records)
            self.lexical = self._bounds.lexical
            self._most = self._bounds.of_all()
        else:
            self._bounds = None
            self.lexical = _words_found(scope, question, records)
            self._settle_all(question, np.arange(len(scope)) if records is None else records)

    def at_least(self, score: float, among: Mask | None = None) -> None:
        """Settle the records that may have at least this score; None: among all that are wanted."""
        if self._bounds is None or score >= self._complete_from:
            return
        may = self._most >= np.float32(score)
        records = np.flatnonzero(may if among is None else may & among)
        if len(records):
            leading = self._bounds.leading(records)
            most = self._bounds.of(records, np.maximum(leading, np.float32(0)))
            self._most[records] = most
            near = most >= np.float32(score)
            self._settle(self._bounds, records[near], leading[near])
        if among is None:
            self._complete_from = score

    def best(self) -> float:
        """The best score of those that are settled; 0 where there is none."""
        return self._best

    def settle(self, records: Records) -> None:
        """Settle these records, those of them that are wanted."""
        if self._bounds is None:
            return
        records = records[self._most[records] > _KNOWN]
        self._settle(self._bounds, records, self._bounds.leading(records))

    def settle_best(self, count: int, passing: Mask) -> bool:
        """Settle so many records of `passing` that may be the best; False where all are settled."""
        if self._bounds is None:
            return False
        left = np.flatnonzero(passing & (self._most > _KNOWN))
        if count < len(left):
            most = self._most[left]
            left = left[most >= np.partition(most, -count)[-count]]
        self.settle(left)
        return len(left) > 0

    def settled(self) -> Records:
        """The records whose scores are known, ascending."""
        if len(self._settled) != 1:
            self._settled = [np.sort(np.concatenate([np.zeros(0, np.int64), *self._settled]))]
        return self._settled[0]

    def _settle_all(self, question: Question, records: Records) -> None:
        """Settle all that are wanted."""
        names, *others = self._scope.fields
        leading, *moved = (names.cosines(group, records) for group in question.groups())
        if moved and leading.max(initial=0) < np.float32(SURE):
            leading = np.maximum(leading, *moved)
        cosines = [(f.field.weight, f.cosines(self._vectors, records)) for f in others]
        self._keep(records, dense_score(leading, cosines))

    def _settle(self, bounds: "_Bounds", records: Records, leading: Scores) -> None:
        """Settle records of which the cosines of the leading field are known."""
        self._keep(records, dense_score(leading, bounds.others(records, leading)))
        self._most[records] = _KNOWN

    def _keep(self, records: Records, dense: Scores) -> None:
        fused = np.round(fused_score(dense, self.lexical[records]), DECIMALS)
        self.dense[records] = dense
        self.fused[records] = fused
        self._best = max(self._best, float(fused.max(initial=0)))
        self._settled.append(records)


class _Bounds:
    """What records score at most; `records` are all that are wanted, None: every one.

    `lexical` is as that of `Scoring`.
    """

    def __init__(self, scope: ScopeIndex, question: Question, records: Records | None) -> None:
        self._scope = scope
        self._records = records
        self._count = len(question.vectors)
        names, *others = scope.fields
        self._of_others = [field.bounds(question.vectors) for field in others]
        work = Together([task for bounds in self._of_others for task in bounds.tasks])
        asked = np.concatenate(question.groups())  # the second thread works meanwhile
        self._of_names = names.bounds(asked)
        names_work = Together(self._of_names.tasks)
        self.lexical = _words_found(scope, question, records)
        work.finish()
        self._others = [bounds.best(self._count) for bounds in self._of_others]
        names_work.finish()
        places = scope.places[0] if records is None else scope.places[0][records]
        self._most_leading = self._of_names.best(self._count).take(places, mode="wrap")
        self._leading = self._count
        if self._count < len(asked) and not self._is_sure(places):
            self._leading = len(asked)
            self._most_leading = self._of_names.best(self._leading).take(places, mode="wrap")
        np.maximum(self._most_leading, np.float32(0), out=self._most_leading)

    def _is_sure(self, places: Records) -> bool:
        """Whether a name is surely meant, so that the query need not be moved."""
        near = np.flatnonzero(self._most_leading >= np.float32(SURE))
        if not len(near):
            return False
        nearest = near[[self._most_leading[near].argmax()]]  # it mostly is
        return any(
            (self._of_names.cosines(places[some], self._count) >= np.float32(SURE)).any()
            for some in (nearest, near)
        )

    def leading(self, records: Records) -> Scores:
        """The cosines of the names of some records."""
        return self._of_names.cosines(self._scope.places[0][records], self._leading)

    def of_all(self) -> Scores:
        """For each record a bound; `_KNOWN` where it is not wanted."""
        found = np.full(len(self._scope), _KNOWN)
        for part in _parts(len(self._most_leading)):
            here = part if self._records is None else self._records[part]
            found[here] = self.of(here, self._most_leading[part])
        return found

    def of(self, records: Records | slice, leading: Scores) -> Scores:
        """A bound for some records of which the cosines of names are at most `leading`, from 0."""
        score = np.float32(LEXICAL_WEIGHT) * self.lexical[records]
        score += leading
        for number, field in enumerate(self._scope.fields[1:]):
            more = self._of_other(number, records)
            np.maximum(more, leading, out=more)
            more -= leading
            more *= np.float32(field.field.weight)
            score += more
        score *= _OF_BOTH
        score += _ROUNDING
        return score

    def _of_other(self, number: int, records: Records | slice) -> Scores:
        return self._others[number].take(self._scope.places[number + 1][records], mode="wrap")

    def others(self, records: Records, leading: Scores) -> list[tuple[float, Scores]]:
        """The cosines of the other fields, with their weights, where greater than `leading`."""
        found = []
        for number, field in enumerate(self._scope.fields[1:]):
            cosines = leading.copy()
            more = np.flatnonzero(self._of_other(number, records) > leading)
            texts = self._scope.places[number + 1][records[more]]
            cosines[more] = self._of_others[number].cosines(texts, self._count)
            found.append((field.field.weight, cosines))
        return found


def _words_found(scope: ScopeIndex, question: Question, records: Records | None) -> Scores:
    """The share of the question's words that each record holds; 0 where it is not wanted."""
    shares = scope.lexical.shares(question.text)
    if records is None:
        return shares.take(scope.words_places, mode="wrap")
    found = np.zeros(len(scope), np.float32)
    found[records] = shares.take(scope.words_places[records], mode="wrap")
    return found


def _parts(size: int) -> Iterator[slice]:
    return (slice(start, start + _AT_ONCE) for start in range(0, size, _AT_ONCE))


def _is_worth_bounding(scope: ScopeIndex, question: Question, records: Records | None) -> bool:
    """Whether bounds can be told, and cost less than to compare each record with each vector."""
    many = records is None or len(records) * len(question.vectors) > _SMALL_SHARE * len(scope)
    return many and _can_be_bounded(scope)


def is_large(scope: ScopeIndex) -> bool:
    """Whether bounds may save work."""
    return len(scope) > _FEW


def _can_be_bounded(scope: ScopeIndex) -> bool:
    """Whether a record never scores less for a better name (see `index.fusion.dense_score`)."""
    return sum(field.field.weight for field in scope.fields[1:]) <= 1

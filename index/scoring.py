"""Scores of the records of a scope for one query, worked out where they may be good enough.

What a record scores at most is told in three steps, each for the records that the one before
left over: from its name and words, with the best that other fields have for any record; from
bounds of all its fields; from its vectors, which is the score itself.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.bands import SURE
from index.dense import DECIMALS, Ids, Mask, Scores
from index.fields import FieldIndex
from index.fusion import LEXICAL_WEIGHT, dense_score, fused_score
from index.query import Question
from index.scope import ScopeIndex
from index.together import Together

Records = NDArray[np.int64]

# Corpora of fewer records are scored in whole.
_FEW = 4_096

# So small a share of the records, and scoring them costs less than bounds of all.
_SMALL_SHARE = 0.2

# So many are worked out in one go: what is known of them stays in the cache of a core.
_AT_ONCE = 16_384

_KNOWN = np.float32(-1)

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
        if wanted is not None:
            bounded &= bool(np.count_nonzero(wanted) > _SMALL_SHARE * len(wanted))
        if bounded and _can_be_bounded(scope):
            self._bounds: _Bounds | None = _Bounds(scope, question, wanted)
            self.lexical, self._leading = self._bounds.lexical, self._bounds.leading
            self._most = self._bounds.at_a_glance(wanted)
        else:
            self._bounds = None
            self.lexical = _words_found(scope, question, wanted)
            self._most = _of_wanted(np.ones(len(scope), np.float32), wanted)
            names = scope.fields[0]
            self._leading = _led_by(names, question, np.flatnonzero(names.held(wanted)))

    def at_least(self, score: float, among: Mask | None = None) -> None:
        """Settle the records that may have at least this score; None: among all that are wanted."""
        may = self._most >= np.float32(score)
        records = np.flatnonzero(may if among is None else may & among)
        self._settle(records[self._closer(records) >= np.float32(score)])

    def best(self) -> float:
        """The best score of those that are settled; 0 where there is none."""
        return float(self.fused[self.settled()].max(initial=0))

    def settle(self, records: Records) -> None:
        """Settle these records, those of them that are wanted."""
        self._settle(records[self._most[records] > _KNOWN])

    def settled(self) -> Records:
        """The records whose scores are known, ascending."""
        if len(self._settled) != 1:
            self._settled = [np.sort(np.concatenate([np.zeros(0, np.int64), *self._settled]))]
        return self._settled[0]

    def nth_bound(self, count: int, passing: Mask) -> float:
        """A score that at most so many unsettled records of `passing` may exceed."""
        left = self._closer(np.flatnonzero(passing & (self._most > _KNOWN)))
        return float(np.partition(left, -count)[-count]) if count < len(left) else 0.0

    def _closer(self, records: Records) -> Scores:
        """What these unsettled records score at most, by all that is known of them."""
        if self._bounds is not None and len(records):
            self._most[records] = self._bounds.of(records)
        return self._most[records]

    def _settle(self, records: Records) -> None:
        if not len(records):
            return
        names, *others = self._scope.fields
        leading = names.cosines(self._leading, records)
        cosines = [(f.field.weight, self._beyond(f, records, leading)) for f in others]
        dense = dense_score(leading, cosines)
        self.dense[records] = dense
        self.fused[records] = np.round(fused_score(dense, self.lexical[records]), DECIMALS)
        self._most[records] = _KNOWN
        self._settled.append(records)

    def _beyond(self, field: FieldIndex, records: Records, leading: Scores) -> Scores:
        """The cosines of another field where they may be greater than those of the leading one."""
        if self._bounds is None:
            return field.cosines(self._vectors, records)
        found = leading.copy()
        more = np.flatnonzero(self._bounds.of_field(field, records) > leading)
        found[more] = field.cosines(self._vectors, records[more])
        return found


class _Bounds:
    """What records score at most.

    `leading` are the vectors that names are compared with, `lexical` is as that of `Scoring`.
    """

    def __init__(self, scope: ScopeIndex, question: Question, wanted: Mask | None) -> None:
        self._names, *self._others = scope.fields
        of_others = [field.bounds(question.vectors) for field in self._others]
        work = Together([task for bounds in of_others for task in bounds.tasks])
        of_names = self._names.bounds(*question.groups())  # the second thread works meanwhile
        names_work = Together(of_names.tasks)
        self.lexical = _words_found(scope, question, wanted)
        work.finish()
        self._most = {bounds.field.field: bounds.best()[0] for bounds in of_others}
        names_work.finish()
        self._leading, *closer = of_names.best()
        near = np.flatnonzero(self._leading[:-1] >= np.float32(SURE))
        if len(near):
            near = near[self._names.held(wanted)[near]]
        self.leading = _led_by(self._names, question, near)
        if len(self.leading) > len(question.vectors):
            self._leading = np.maximum(self._leading, *closer)

    def at_a_glance(self, wanted: Mask | None) -> Scores:
        """For each record a bound that is soon found; `_KNOWN` where it is not wanted."""
        # whole arrays of one number: numpy compares with a single one at a third of the speed
        best = [(f.weight, np.full(_AT_ONCE, most.max())) for f, most in self._most.items()]
        least = np.zeros(_AT_ONCE, np.float32)
        of_names = np.empty(len(self._leading), np.float32)
        for part in _parts(len(of_names)):
            leading = self._leading[part]
            dense = dense_score(leading, [(weight, most[: len(leading)]) for weight, most in best])
            np.maximum(dense, least[: len(dense)], out=of_names[part])
        of_names += _ROUNDING
        found = np.empty(len(self.lexical), np.float32)
        for part in _parts(len(found)):
            names = of_names.take(self._names.rows[part], mode="wrap")
            np.add(names, np.float32(LEXICAL_WEIGHT) * self.lexical[part], out=found[part])
        found /= np.float32(1 + LEXICAL_WEIGHT)
        return _of_wanted(found, wanted)

    def of(self, records: Records) -> Scores:
        """For some records a closer bound."""
        leading = self._leading.take(self._names.rows[records], mode="wrap")
        others = [(f.field.weight, self.of_field(f, records)) for f in self._others]
        return fused_score(dense_score(leading, others), self.lexical[records]) + _ROUNDING

    def of_field(self, field: FieldIndex, records: Records) -> Scores:
        """What the cosines of another field than the name are at most."""
        return self._most[field.field].take(field.rows[records], mode="wrap")


def _led_by(names: FieldIndex, question: Question, near: Ids) -> Vectors:
    """The vectors that names are compared with; `near` are all texts that may be `SURE`."""
    if len(near) and names.best(question.vectors, near).max() >= np.float32(SURE):
        return question.vectors
    return np.concatenate(question.groups())


def _words_found(scope: ScopeIndex, question: Question, wanted: Mask | None) -> Scores:
    """The share of the question's words that each record holds; 0 where it is not wanted."""
    found = scope.lexical.shares(question.text).take(scope.words_of, mode="wrap")
    return found if wanted is None else found * wanted


def _parts(size: int) -> Iterator[slice]:
    return (slice(start, start + _AT_ONCE) for start in range(0, size, _AT_ONCE))


def _of_wanted(most: Scores, wanted: Mask | None) -> Scores:
    """The bounds of records that are wanted; the scores of others, 0, are known."""
    return most if wanted is None else np.where(wanted, most, _KNOWN)


def is_large(scope: ScopeIndex) -> bool:
    """Whether bounds may save work."""
    return len(scope) > _FEW


def _can_be_bounded(scope: ScopeIndex) -> bool:
    """Whether a record never scores less for a better name (see `index.fusion.dense_score`)."""
    return sum(field.field.weight for field in scope.fields[1:]) <= 1

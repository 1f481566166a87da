"""Answering a search: filters, fused scores, identical rows collapsed, facets."""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder
from index.bands import (
    RELATED_FROM,
    RELEVANCE_CUT,
    Band,
    band_of,
    is_calibrated,
    is_far,
    uncalibrated,
)
from index.dense import Mask, Scores
from index.floor import floor_of
from index.highlights import holds_query, telling_words
from index.query import Question, checked_text, query_vectors
from index.results import FacetValue, Scope, SearchAnswer, SearchRequest
from index.scope import ScopeIndex
from index.scoring import Scoring, is_large
from index.shown import Shown
from index.snapshot import Snapshot

Records = NDArray[np.int64]

# Records among which the best groups are looked for before more are taken in.
_LOOKED_AT_FIRST = 512

# So many records a group wanted are mostly of enough groups.
_LIKELY_ENOUGH = 8


class _Group(NamedTuple):
    """Records of the same text, by their number, and the best score among them."""

    number: int
    score: float


class Searcher:
    """Answers requests from one snapshot with the encoder it was built with."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._calibrated = is_calibrated(snapshot.generation.about.model)
        self._asked: set[Scope] = set()

    def search(self, request: SearchRequest) -> SearchAnswer:
        """The best hits, and what the whole result set consists of.

        Where even the best record of all, filtered out or not, is not similar enough
        (`index.floor`), only records that hold all words of the query are hits, and there may be
        none. The result set is all records above the relevance cut, or as good as the last hit
        where that is below it.

        :raises UsageError: no text or too long a one, `top` below 1, an unknown field or value
            in `where`.
        """
        started = time.perf_counter()
        text = checked_text(request)
        scope = self._snapshot.scope(request.scope)
        filters = scope.facets.masks(request.where)
        passing = _all_of(filters, len(scope))
        vectors = query_vectors(text, self._encoder)
        question = Question(text, vectors, self._snapshot.concepts(), by_concept=self._calibrated)
        scoring = self._scoring(request.scope, question, filters)
        scoring.at_least(RELEVANCE_CUT)
        floor = 0.0 if request.anyway else self._floor(text, scope, scoring)
        if scoring.best() < floor:
            chosen = _holding(text, scope, scoring, passing, request.top)
        else:
            chosen = _best_groups(scoring, scope, passing, request.top)
        found = _result_set(scoring, chosen)
        concept = question.concept
        meaning = self._meaning(scoring.best(), floor)
        shown = Shown(scope, scoring, text, vectors, self._encoder, meaning)
        return SearchAnswer(
            query=request.text,
            hits=shown.hits(chosen, marked=request.marked),
            total=int(np.count_nonzero(passing[found])),
            facets=_facets(scope, found, filters) if request.marked else {},
            nearest_concept="" if is_far(concept.cosine) else concept.name,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def _floor(self, text: str, scope: ScopeIndex, scoring: Scoring) -> float:
        """What the best record must score to be an answer; those that may are settled."""
        if not self._calibrated:
            return 0.0
        floor = floor_of(scoring.best(), text, self._snapshot.concepts(), scope.lexical)
        if scoring.best() < floor:
            scoring.at_least(floor)
        return floor

    def _meaning(self, best: float, floor: float) -> Callable[[float], Band]:
        """What scores mean: an answer is related, however far its best record is."""
        if not self._calibrated:
            return uncalibrated
        lower = 0 < floor <= best < RELATED_FROM
        return partial(band_of, related_from=floor) if lower else band_of

    def _scoring(self, name: Scope, question: Question, filters: Mapping[str, Mask]) -> Scoring:
        """Scores of the records; bounds take time to make, so a first query goes without."""
        scope = self._snapshot.scope(name)
        bounded = name in self._asked and is_large(scope)
        self._asked.add(name)
        return Scoring(scope, question, _scored_at_all(filters, len(scope)), bounded=bounded)


def _holding(
    text: str, scope: ScopeIndex, scoring: Scoring, passing: Mask, top: int
) -> list[Records]:
    """The groups whose text holds all words of the query: found, however unlike in meaning."""
    if not scope.lexical.hold_together(telling_words(text)):
        return []
    chosen = _best_groups(scoring, scope, passing & (scoring.lexical > 0), top)
    cards = scope.cards.of_records(np.asarray([members[0] for members in chosen], np.int64))
    return [
        members
        for members, card in zip(chosen, cards, strict=True)
        if holds_query(text, card.name, card.description)
    ]


def _result_set(scoring: Scoring, chosen: Sequence[Records]) -> Records:
    """The records that count in totals and facets, ascending."""
    if not chosen:
        return np.zeros(0, np.int64)
    cut = min(RELEVANCE_CUT, float(scoring.fused[chosen[-1][0]]))
    scoring.at_least(cut)
    settled = scoring.settled()
    return settled[scoring.fused[settled] >= np.float32(cut)]


def _all_of(filters: Mapping[str, Mask], size: int, but: str = "") -> Mask:
    """The records that pass every filter, or every one but that of one field."""
    passing = np.ones(size, np.bool_)
    for field, mask in filters.items():
        if field != but:
            passing &= mask
    return passing


def _scored_at_all(filters: Mapping[str, Mask], size: int) -> Mask | None:
    """The records that pass all filters, or would if one were switched; None: all records."""
    if len(filters) < 2:
        return None
    passed = np.zeros(size, np.int8)
    for mask in filters.values():
        passed += mask
    return passed >= len(filters) - 1


def _best_groups(scoring: Scoring, scope: ScopeIndex, passing: Mask, top: int) -> list[Records]:
    """The records of the `top` best groups, best group first, best record first, ties by id."""
    scoring.at_least(RELEVANCE_CUT, passing)
    found = _first_groups(scoring, scope, passing, top)
    size = _LOOKED_AT_FIRST
    while len(found) < top and scoring.settle_best(size, passing):
        found = _first_groups(scoring, scope, passing, top)
        size *= 4
    if len(found) == top and found[-1].score < RELEVANCE_CUT:
        scoring.at_least(found[-1].score, passing)
        found = _first_groups(scoring, scope, passing, top)
    members = [scope.members(group.number) for group in found]
    records = np.concatenate([*members, np.zeros(0, np.int64)])
    scoring.settle(records)
    groups = np.repeat(np.arange(len(members)), [len(each) for each in members])
    kept = passing[records] & (scoring.fused[records] > 0)
    return _best_first(records[kept], groups[kept], scoring.fused, len(members))


def _first_groups(scoring: Scoring, scope: ScopeIndex, passing: Mask, top: int) -> list[_Group]:
    """The best groups by the records that are settled, ties by id."""
    known = scoring.settled()
    scores = scoring.fused[known]
    kept = passing[known] & (scores > 0)
    known, scores = known[kept], scores[kept]
    size = _LIKELY_ENOUGH * top
    while True:  # the best records until they are of enough groups
        if size < len(known):
            near = np.flatnonzero(scores >= np.partition(scores, -size)[-size])
        else:
            near = np.arange(len(known))
        near = near[np.argsort(-scores[near], kind="stable")]
        groups = scope.groups[known[near]].tolist()
        worst_first = zip(reversed(groups), scores[near[::-1]].tolist(), strict=True)
        best = dict(worst_first)  # of each group the last one met, the best
        if len(best) >= top or len(near) == len(known):
            return [_Group(group, best[group]) for group in islice(dict.fromkeys(groups), top)]
        size *= 4


def _best_first(records: Records, groups: Records, scores: Scores, count: int) -> list[Records]:
    """The records of each of so many groups, best first, ties by id."""
    ordered = records[np.lexsort((-scores[records], groups))]
    ends = np.cumsum(np.bincount(groups, minlength=count)).tolist()
    return [ordered[start:end] for start, end in pairwise([0, *ends])]


def _facets(
    scope: ScopeIndex, found: Records, filters: Mapping[str, Mask]
) -> dict[str, tuple[FacetValue, ...]]:
    """The values of each field among the records found that pass the filters of all others."""
    facets = scope.facets
    of_found = {field: mask[found] for field, mask in filters.items()}
    passing = found[_all_of(of_found, len(found))]
    counted = facets.counts(passing, set(facets.fields) - set(filters))
    for field in filters:
        passing = found[_all_of(of_found, len(found), but=field)]
        counted |= facets.counts(passing, (field,))
    return {field: counted[field] for field in facets.fields}

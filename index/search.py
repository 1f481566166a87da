"""Answering a search: filters, fused scores, identical rows collapsed, facets."""

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder, Vectors
from index.bands import (
    RELEVANCE_CUT,
    SURE,
    band_of,
    is_calibrated,
    is_far,
    is_nothing,
    uncalibrated,
)
from index.concepts import NearConcept
from index.dense import DECIMALS, Mask, Scores
from index.highlights import holds_query
from index.query import checked_text, moved, query_vectors
from index.results import FacetValue, SearchAnswer, SearchRequest
from index.scope import ScopeIndex, Scored
from index.shown import Shown
from index.snapshot import Snapshot

Records = NDArray[np.int64]

# Records among which the best groups are looked for before more are taken in.
_LOOKED_AT_FIRST = 2_048


class _Best(NamedTuple):
    """The best groups of records, and what they were found by."""

    scored: Scored
    chosen: list[Records]
    vectors: Vectors
    concept: NearConcept


class Searcher:
    """Answers requests from one snapshot with the encoder it was built with."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._calibrated = is_calibrated(snapshot.generation.about.model)

    def search(self, request: SearchRequest) -> SearchAnswer:
        """The best hits, and what the whole result set consists of.

        Where even the best record of all, filtered out or not, is not similar enough
        (`index.bands`), only records that hold all words of the query are hits, and there may be
        none. The result set is all records above the relevance cut, or as good as the last hit
        where that is below it.

        :raises UsageError: no text or too long a one, `top` below 1, an unknown field or value
            in `where`.
        """
        started = time.perf_counter()
        text = checked_text(request)
        scope = self._snapshot.scope(request.scope)
        filters = scope.facets.masks(request.where)
        best = self._best(request, text, scope, filters)
        scored, chosen = best.scored, best.chosen
        fused = np.round(scored.fused, DECIMALS)
        refusing = self._calibrated and not request.anyway
        if refusing and chosen and is_nothing(float(fused.max())):
            passing = _all_of(filters, len(scope)) & (scored.lexical > 0)
            chosen = _holding(text, scope, _best_groups(fused, scope, passing, request.top))
        found = _result_set(fused, chosen)
        meaning = band_of if self._calibrated else uncalibrated
        shown = Shown(scope, scored, text, best.vectors, self._encoder, meaning)
        return SearchAnswer(
            query=request.text,
            hits=shown.hits(chosen, marked=request.marked),
            total=int(np.count_nonzero(found & _all_of(filters, len(scope)))),
            facets=_facets(scope, found, filters) if request.marked else {},
            nearest_concept="" if is_far(best.concept.cosine) else best.concept.name,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def _best(
        self, request: SearchRequest, text: str, scope: ScopeIndex, filters: Mapping[str, Mask]
    ) -> "_Best":
        """Scores of all records, and the best groups among those that pass.

        Where no name is surely meant, names are compared in the words of the field too.
        """
        wanted = _scored_at_all(filters)
        vectors = query_vectors(text, self._encoder)
        concept = self._snapshot.concepts().nearest(vectors[0])
        names = scope.fields[0]
        leading = names.cosines(vectors, wanted)
        if self._calibrated and len(scope) and leading.max() < SURE:
            also = moved(vectors[0], concept.vector)[None]
            leading = np.maximum(leading, names.cosines(also, wanted))
        scored = scope.score(text, leading, vectors, wanted)
        fused = np.round(scored.fused, DECIMALS)
        passing = _all_of(filters, len(scope))
        return _Best(scored, _best_groups(fused, scope, passing, request.top), vectors, concept)


def _holding(text: str, scope: ScopeIndex, chosen: Sequence[Records]) -> list[Records]:
    """The groups whose text holds all words of the query: found, however unlike in meaning."""
    cards = [scope.cards[int(members[0])] for members in chosen]
    return [
        members
        for members, card in zip(chosen, cards, strict=True)
        if holds_query(text, card.name, card.description)
    ]


def _result_set(fused: Scores, chosen: Sequence[Records]) -> Mask:
    """The records that count in totals and facets."""
    if not chosen:
        return np.zeros(len(fused), np.bool_)
    cut = min(RELEVANCE_CUT, float(fused[chosen[-1][0]]))
    return np.asarray(fused >= np.float32(cut))


def _all_of(filters: Mapping[str, Mask], size: int, but: str = "") -> Mask:
    """The records that pass every filter, or every one but that of one field."""
    passing = np.ones(size, np.bool_)
    for field, mask in filters.items():
        if field != but:
            passing &= mask
    return passing


def _scored_at_all(filters: Mapping[str, Mask]) -> Mask | None:
    """The records that pass all filters, or would if one were switched; None: all records."""
    if len(filters) < 2:
        return None
    size = len(next(iter(filters.values())))
    failed = sum((~mask).astype(np.int8) for mask in filters.values())
    return np.asarray(failed <= 1).reshape(size)


def _best_groups(fused: Scores, scope: ScopeIndex, passing: Mask, top: int) -> list[Records]:
    """The records of the `top` best groups, best group first, best record first, ties by id."""
    scores = np.where(passing, fused, np.float32(0))
    found = int(np.count_nonzero(scores > 0))
    size = _LOOKED_AT_FIRST
    while True:  # the best records until they are of enough groups
        edge = np.partition(scores, -size)[-size] if size < found else np.float32(0)
        near = np.flatnonzero(scores >= edge) if edge > 0 else np.flatnonzero(scores > 0)
        near = near[np.argsort(-scores[near], kind="stable")]
        kinds, first = np.unique(scope.groups[near], return_index=True)
        if len(kinds) >= top or len(near) == found:
            break
        size = 4 * max(size, top)
    return [_best_first(scope.members(group), scores) for group in kinds[np.argsort(first)][:top]]


def _best_first(records: Records, scores: Scores) -> Records:
    """Those of these records that have a score, best first, ties by id."""
    kept = records[scores[records] > 0]
    return kept[np.argsort(-scores[kept], kind="stable")]


def _facets(
    scope: ScopeIndex, relevant: Mask, filters: Mapping[str, Mask]
) -> dict[str, tuple[FacetValue, ...]]:
    passing = np.flatnonzero(relevant & _all_of(filters, len(scope)))
    return {
        field: scope.facets.counts(
            field,
            np.flatnonzero(relevant & _all_of(filters, len(scope), but=field))
            if field in filters
            else passing,
        )
        for field in scope.facets.fields
    }

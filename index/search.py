"""Answering a search: filters, fused scores, identical rows collapsed, facets."""

import time
from collections.abc import Mapping, Sequence

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
        none. The result set is all records above
        the relevance cut, or as good as the last hit where that is below it.

        :raises UsageError: no text or too long a one, `top` below 1, an unknown field or value
            in `where`.
        """
        started = time.perf_counter()
        text = checked_text(request)
        scope = self._snapshot.scope(request.scope)
        filters = scope.facets.masks(request.where)
        wanted = _scored_at_all(filters)
        vectors = query_vectors(text, self._encoder)
        concept = self._snapshot.concepts().nearest(vectors[0])
        scored = self._scored(scope, text, vectors, concept, wanted)
        fused = np.round(scored.fused, DECIMALS)
        chosen = _best_groups(fused, scope.groups, _all_of(filters, len(scope)), request.top)
        refusing = self._calibrated and not request.anyway
        if refusing and chosen and is_nothing(float(fused.max())):
            passing = _all_of(filters, len(scope)) & (scored.lexical > 0)
            chosen = _holding(text, scope, _best_groups(fused, scope.groups, passing, request.top))
        found = _result_set(fused, chosen)
        meaning = band_of if self._calibrated else uncalibrated
        shown = Shown(scope, scored, text, vectors, self._encoder, meaning)
        return SearchAnswer(
            query=request.text,
            hits=shown.hits(chosen, marked=request.marked),
            total=int(np.count_nonzero(found & _all_of(filters, len(scope)))),
            facets=_facets(scope, found, filters),
            nearest_concept="" if is_far(concept.cosine) else concept.name,
            took_ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def _scored(
        self,
        scope: ScopeIndex,
        text: str,
        vectors: Vectors,
        concept: NearConcept,
        wanted: Mask | None,
    ) -> Scored:
        """Scores as asked; where no record is surely meant, as asked in the field's words too."""
        cosines = scope.cosines(vectors, wanted)
        scored = scope.score(text, cosines, wanted)
        if not self._calibrated or not len(scope) or scored.fused.max() >= SURE:
            return scored
        leading, *others = cosines
        again = scope.fields[0].cosines(moved(vectors[0], concept.vector)[None], wanted)
        return scope.score(text, (np.maximum(leading, again), *others), wanted)


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


def _best_groups(
    fused: Scores, groups: NDArray[np.int32], passing: Mask, top: int
) -> list[Records]:
    """The records of the `top` best groups, best group first, best record first, ties by id."""
    records = np.flatnonzero(passing & (fused > 0))
    scores = fused[records]
    kinds = np.zeros(0, np.int32)
    size = _LOOKED_AT_FIRST
    while len(kinds) < top:  # the best records until they are of enough groups
        edge = np.partition(scores, -size)[-size] if size < len(records) else np.float32(0)
        near = records[scores >= edge]  # ties at the edge included
        near = near[np.argsort(-fused[near], kind="stable")]
        kinds, first = np.unique(groups[near], return_index=True)
        kinds = kinds[np.argsort(first)]
        if len(near) == len(records):
            break
        size = 4 * max(size, top)
    wanted = np.zeros(len(groups), np.bool_)  # there are no more groups than records
    wanted[kinds[:top]] = True
    members = records[wanted[groups[records]]]
    members = members[np.argsort(-fused[members], kind="stable")]
    return [members[groups[members] == group] for group in kinds[:top]]


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

"""Answering a search: filters, fused scores, identical rows collapsed, facets, highlights."""

import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder
from errors import UsageError
from index.dense import DECIMALS, Mask, Scores
from index.fusion import RELEVANCE_CUT
from index.highlights import highlights, marks_of
from index.results import FacetValue, Hit, SearchAnswer, SearchRequest
from index.scope import ScopeIndex, Scored
from index.snapshot import Snapshot
from index.texts import indexed_form

Records = NDArray[np.int64]

# Units and member ids that one hit lists; its count is of all.
MEMBER_LIMIT = 500

# Records among which the best groups are looked for before more are taken in.
_LOOKED_AT_FIRST = 2_048

# A query is a phrase; a pasted document would take seconds to cut into words.
TEXT_LIMIT = 5_000


class Searcher:
    """Answers requests from one snapshot with the encoder it was built with."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder) -> None:
        self._snapshot = snapshot
        self._encoder = encoder

    def search(self, request: SearchRequest) -> SearchAnswer:
        """The best hits, and what the whole result set consists of.

        A hit scores above 0. The result set is all records above the relevance cut, or as good
        as the last hit where that is below it.

        :raises UsageError: no text or too long a one, `top` below 1, an unknown field or value
            in `where`.
        """
        started = time.perf_counter()
        text = _checked_text(request)
        scope = self._snapshot.scope(request.scope)
        filters = scope.facets.masks(request.where)
        vector = self._encoder.encode_queries([text])[0]
        scored = scope.score(text, vector, _scored_at_all(filters))
        fused = np.round(scored.fused, DECIMALS)
        chosen = _best_groups(fused, scope.groups, _all_of(filters, len(scope)), request.top)
        hits = _Shown(scope, scored, text).hits(chosen)
        cut = min(RELEVANCE_CUT, float(fused[chosen[-1][0]])) if chosen else RELEVANCE_CUT
        relevant = fused >= np.float32(cut)
        total = int(np.count_nonzero(relevant & _all_of(filters, len(scope))))
        return SearchAnswer(
            query=request.text,
            hits=hits,
            total=total,
            facets=_facets(scope, relevant, filters),
            nearest_concept="",
            took_ms=round((time.perf_counter() - started) * 1000, 3),
        )


def _checked_text(request: SearchRequest) -> str:
    text = indexed_form(request.text[: TEXT_LIMIT + 1])
    if not text:
        raise UsageError("search: expected a word or phrase, found none")
    if len(request.text) > TEXT_LIMIT:
        raise UsageError(
            f"search: expected at most {TEXT_LIMIT} characters, found {len(request.text)}"
        )
    if request.top < 1:
        raise UsageError(f"search: expected top to be 1 or more, found {request.top}")
    return text


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


class _Shown:
    """Turns groups of records into hits."""

    def __init__(self, scope: ScopeIndex, scored: Scored, text: str) -> None:
        self._scope = scope
        self._scored = scored
        self._marks = marks_of(text)

    def hits(self, chosen: Sequence[Records]) -> tuple[Hit, ...]:
        """One hit per group, in order."""
        return tuple(self._hit(rank, members) for rank, members in enumerate(chosen, start=1))

    def _hit(self, rank: int, members: Records) -> Hit:
        facets, cards = self._scope.facets, self._scope.cards
        record = int(members[0])
        card = cards[record]
        year = facets.value("year", record)
        return Hit(
            rank=rank,
            id=card.id,
            project_id=card.project_id,
            score=_rounded(self._scored.fused, record),
            band="",
            dense=_rounded(self._scored.dense, record),
            lexical=_rounded(self._scored.lexical, record),
            name=card.name,
            description=card.description,
            value=card.value,
            level1=facets.value("level1", record),
            level2=facets.value("level2", record),
            unit=facets.value("unit", record),
            county=facets.value("county", record),
            department=facets.value("department", record),
            project=card.project,
            year=int(year) if year else None,
            source=card.source,
            count=len(members),
            units=facets.distinct("unit", members)[:MEMBER_LIMIT],
            members=cards.ids(members[:MEMBER_LIMIT]),
            highlights=(
                *highlights("name", card.name, self._marks),
                *highlights("description", card.description, self._marks),
            ),
            corrected=card.corrected,
        )


def _rounded(scores: Scores, record: int) -> float:
    return round(float(scores[record]), DECIMALS)

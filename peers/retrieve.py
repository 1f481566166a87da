"""Finding the rows of other units that mean what a draft means, or are of its family."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Level2
from corpus.store.stored import StoredIndicator
from corpus.values import value_text
from corpus.where import settled
from index.results import Hit, SearchAnswer, SearchRequest
from peers.closeness import Scale, closeness, is_like
from peers.families import COSTS, Family
from peers.fitting import can_be
from peers.meaning import Meaning
from peers.quantities import quantity_of
from peers.records import Draft, Peer, Reach
from peers.votes import Tables
from text.concept_names import concept_of
from text.hollow_names import is_hollow
from text.name_classes import plain_name
from text.normalise import fold

Search = Callable[[SearchRequest], SearchAnswer]
Rows = Callable[[Sequence[str]], Sequence[StoredIndicator]]

HITS = 80
"""Hits looked at; rows of one wording are one hit."""
MOST_SAME = 120
MOST_FAMILY = 60
"""Rows read of the same indicator and of its family: the best of them, some milliseconds each."""

_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where peers come from: the search, rows by id, and whole tables for telling copies."""

    search: Search
    rows: Rows
    tables: Tables


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that are peers, best first; `met` counts all that the search met of the same indicator.

    `others` are hits that are neither the same nor of the family, best first.
    """

    peers: tuple[Peer, ...]
    met: int
    others: tuple[Hit, ...]


def find(draft: Draft, corpus: Corpus) -> Found:
    """Peers of a draft: the same indicator first; its family beside it.

    :raises UsageError: the draft says nothing, or a condition cannot be.
    """
    text = query_of(draft)
    hits = list(corpus.search(SearchRequest(text, top=HITS, where=draft.where, marked=False)).hits)
    meaning = Meaning.of(draft).told_by(hits)
    reached = [(hit, meaning.reach(hit)) for hit in hits]
    family = meaning.family
    if family is not None and sum(reach is not None for _, reach in reached) < _ENOUGH:
        known = {hit.id for hit in hits}
        where = _in_family(draft, family)
        request = SearchRequest(family.name, top=HITS, where=where, marked=False, anyway=True)
        more = [hit for hit in corpus.search(request).hits if hit.id not in known]
        reached += [(hit, meaning.reach(hit)) for hit in more]
    same = [hit for hit, reach in reached if reach is Reach.SAME]
    kin = [hit for hit, reach in reached if reach is Reach.FAMILY]
    return Found(
        peers=(
            *peers_of_hits(draft, same, MOST_SAME, corpus.rows, Reach.SAME),
            *peers_of_hits(draft, kin, MOST_FAMILY, corpus.rows, Reach.FAMILY),
        ),
        met=sum(hit.count for hit in same),
        others=tuple(hit for hit, reach in reached if reach is None),
    )


def _in_family(draft: Draft, family: Family) -> Mapping[str, tuple[str, ...]]:
    """Conditions for looking for a family: costs are told by their level 2, not by their names."""
    if family == COSTS and "level2" not in draft.where:
        return {**draft.where, "level2": (Level2.COST, Level2.ECONOMIC_COST)}
    return draft.where


def query_of(draft: Draft) -> str:
    """What is searched for: the name, or the description where only that says something."""
    if is_hollow(draft.name) and draft.description and not is_hollow(draft.description):
        return draft.description
    return draft.name


def peers_of_hits(
    draft: Draft, hits: Sequence[Hit], most: int, rows: Rows, reach: Reach
) -> list[Peer]:
    """Rows of hits, the best hit first, without those of the draft's own unit."""
    by_id = {own_id: hit for hit in reversed(hits) for own_id in hit.members}
    ids = list(dict.fromkeys(own_id for hit in hits for own_id in hit.members))[:most]
    own, mine = fold(draft.exclude_unit), Scale(draft.budget_wan, draft.department, draft.county)
    found = []
    for stored in rows(ids):
        if own and fold(stored.head.unit) == own:
            continue
        hit = by_id[stored.id]
        peer = peer_of(draft, stored, reach, hit.score, hit.band)
        theirs = Scale(peer.budget_wan, peer.department, peer.county)
        if not draft.scale_like or is_like(mine, theirs):
            found.append(peer)
    return found


def peer_of(draft: Draft, stored: StoredIndicator, reach: Reach, score: float, band: str) -> Peer:
    """A row as a peer of the draft, found with this score and band."""
    indicator, head = stored.indicator, stored.head
    place, level2 = settled(head), indicator.level2
    quantity = quantity_of(indicator.value, indicator.name, level2)
    mine = Scale(draft.budget_wan, draft.department, draft.county)
    return Peer(
        id=stored.id,
        project_id=stored.project_id,
        reach=reach,
        score=score,
        band=band,
        concept="" if reach is Reach.SAME else _concept(indicator.name),
        name=indicator.name,
        description=indicator.description,
        level1=indicator.level1 or "",
        level2=level2 or "",
        value=indicator.value,
        text=value_text(indicator.value),
        unit=head.unit,
        county=place.county,
        department=place.department,
        project=head.name,
        year=place.year,
        budget_wan=head.budget_wan,
        source=indicator.source,
        quantity=quantity,
        fits=can_be(indicator.name, level2, quantity)
        and can_be(draft.name, draft.level2, quantity),
        weight=closeness(mine, Scale(head.budget_wan, place.department, place.county)),
    )


def _concept(name: str) -> str:
    known = concept_of(name)
    return known.name if known else plain_name(name)

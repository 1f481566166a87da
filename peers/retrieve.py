"""Finding the rows of other units that mean what a draft means, or are of its family."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.records import Level2
from corpus.store.stored import StoredIndicator
from corpus.values import value_text
from corpus.where import settled
from index.results import Hit, SearchAnswer, SearchRequest
from knowledge.concepts import Concept
from peers.closeness import closeness, is_like
from peers.fitting import fits, is_hollow
from peers.names import (
    COSTS,
    Family,
    class_of_name,
    family_of,
    family_of_row,
    is_akin,
    plain_name,
)
from peers.quantities import quantity_of
from peers.records import Draft, Peer, Reach
from peers.votes import Tables
from text.concept_names import concept_of
from text.normalise import fold

Search = Callable[[SearchRequest], SearchAnswer]
Rows = Callable[[Sequence[str]], Sequence[StoredIndicator]]

HITS = 80
"""Hits looked at; rows of one wording are one hit."""
MOST_SAME = 120
MOST_FAMILY = 60
"""Rows read of the same indicator and of its family: the best of them, some milliseconds each."""

_SAME_BAND = "同一指标"
_SAME_SCORE = 0.62
_SURE_SCORE = 0.8
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

    `others` are hits that are neither the same nor of the family, best first. `nearest` is the
    best score, 0 where nothing was found.
    """

    peers: tuple[Peer, ...]
    met: int
    others: tuple[Hit, ...]
    nearest: float


def find(draft: Draft, corpus: Corpus) -> Found:
    """Peers of a draft: the same indicator first; its family beside it.

    :raises UsageError: the draft says nothing, or a condition cannot be.
    """
    text = query_of(draft)
    hits = list(corpus.search(SearchRequest(text, top=HITS, where=draft.where, marked=False)).hits)
    concept = concept_of(draft.name) or _told_by(hits)
    reached = [(hit, reach_of(draft, hit, concept)) for hit in hits]
    family = family_of_draft(draft)
    if family is not None and sum(reach is not None for _, reach in reached) < _ENOUGH:
        known = {hit.id for hit in hits}
        request = SearchRequest(
            family.name, top=HITS, where=_in_family(draft, family), marked=False
        )
        more = [hit for hit in corpus.search(request).hits if hit.id not in known]
        reached += [(hit, reach_of(draft, hit, concept)) for hit in more]
    same = [hit for hit, reach in reached if reach is Reach.SAME]
    kin = [hit for hit, reach in reached if reach is Reach.FAMILY]
    peers = [
        *_peers(draft, same, Reach.SAME, MOST_SAME, corpus.rows),
        *_peers(draft, kin, Reach.FAMILY, MOST_FAMILY, corpus.rows),
    ]
    return Found(
        peers=tuple(peers),
        met=sum(hit.count for hit in same),
        others=tuple(hit for hit, reach in reached if reach is None),
        nearest=max((hit.score for hit in hits), default=0.0),
    )


def family_of_draft(draft: Draft) -> Family | None:
    """The family that the draft's name, description and level 2 tell."""
    return family_of_row(draft.name, draft.description, draft.level2 or "")


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


def _told_by(hits: Sequence[Hit]) -> Concept | None:
    """The concept of the nearest hit that has one, where it is so near that it is the same."""
    close = (concept_of(hit.name) for hit in hits if hit.score >= _SURE_SCORE)
    return next((concept for concept in close if concept is not None), None)


def reach_of(draft: Draft, hit: Hit, concept: Concept | None = None) -> Reach | None:
    """Whether a hit is the same indicator as the draft, of its family, or neither (None).

    `concept` is what the draft is known to be.
    """
    if is_same(draft.name, hit, concept):
        return Reach.SAME
    family = family_of_draft(draft)
    if (
        family is not None
        and is_akin(family, family_of_row(hit.name, hit.description, hit.level2))
        and not is_hollow(hit.name)
    ):
        return None if is_hollow(draft.name) else Reach.FAMILY
    return None


def is_same(name: str, hit: Hit, concept: Concept | None = None) -> bool:
    """Whether a hit means the same as a name, of which `concept` may be known.

    Known concepts decide where both are known; else the band, where neither class of measure nor
    family contradicts it (发放人数 is near 发放及时率 and not the same). What has nothing to
    measure is like nothing else.
    """
    if fold(name) == fold(hit.name) or plain_name(name) == plain_name(hit.name):
        return True
    mine, theirs = concept or concept_of(name), concept_of(hit.name)
    if mine is not None and theirs is not None:
        return mine.name == theirs.name
    alike = hit.band == _SAME_BAND if hit.band else hit.score >= _SAME_SCORE
    if not alike or is_hollow(name) or is_hollow(hit.name):
        return False
    classes = {class_of_name(name), class_of_name(hit.name)} - {None}
    return len(classes) < 2 and family_of(name) == family_of(hit.name)


def peers_of_hits(draft: Draft, hits: Iterable[Hit], most: int, rows: Rows) -> list[Peer]:
    """The rows of hits as they are, whatever they mean, for showing them."""
    return _peers(draft, list(hits), Reach.FAMILY, most, rows)


def _peers(draft: Draft, hits: Sequence[Hit], reach: Reach, most: int, rows: Rows) -> list[Peer]:
    """Rows of hits, the best hit first, without those of the draft's own unit."""
    by_id = {own_id: hit for hit in reversed(hits) for own_id in hit.members}
    ids = list(dict.fromkeys(own_id for hit in hits for own_id in hit.members))[:most]
    own = fold(draft.exclude_unit)
    found = []
    for stored in rows(ids):
        if own and fold(stored.head.unit) == own:
            continue
        hit = by_id[stored.id]
        peer = peer_of(draft, stored, reach, hit.score, hit.band)
        if not draft.scale_like or is_like(draft, peer):
            found.append(peer)
    return found


def peer_of(draft: Draft, stored: StoredIndicator, reach: Reach, score: float, band: str) -> Peer:
    """A row as a peer of the draft, found with this score and band."""
    indicator, head = stored.indicator, stored.head
    place = settled(head)
    level2 = indicator.level2
    quantity = quantity_of(indicator.value, indicator.name, level2)
    peer = Peer(
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
        fits=quantity is not None
        and fits(indicator.name, level2, quantity.measure_class)
        and fits(draft.name, draft.level2, quantity.measure_class),
    )
    return replace(peer, weight=closeness(draft, peer))


def _concept(name: str) -> str:
    known = concept_of(name)
    return known.name if known else plain_name(name)

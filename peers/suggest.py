"""A value for an indicator from peers: find them, let them vote, summarise, or refuse."""

import time
from collections.abc import Sequence

from peers.base_rate import base_rate
from peers.estimate import Estimate, estimate, is_near
from peers.records import Draft, Peer, PeerRow, Reach, Suggested
from peers.refusal import refusal_of
from peers.retrieve import Corpus, find
from peers.shown import shown_row
from peers.siblings import siblings
from peers.summary import in_measure
from peers.votes import votes_of
from peers.wording import rephrased
from text.concept_names import concept_of

EXAMPLES = 8


def suggest(draft: Draft, corpus: Corpus) -> Suggested:
    """What other units tell about a draft's value, with all the rows that it rests on.

    :raises UsageError: the draft has no name, or a condition cannot be.
    :raises StoreError: the corpus cannot be read.
    """
    started = time.perf_counter()
    found = find(draft, corpus)
    all_votes = votes_of(found.peers, corpus.tables)
    measurable = [peer for peer in all_votes if peer.quantity is not None and peer.fits]
    told = estimate(draft, measurable)
    refusal = refusal_of(draft, found.peers, measurable, told.refusal)
    rate = base_rate(draft, measurable, told.suggestion) if told.suggestion else None
    others = siblings(draft, found.others, corpus) if refusal else ()
    concept = concept_of(draft.name)
    return Suggested(
        name=draft.name,
        concept=concept.name if concept else "",
        suggestion=told.suggestion,
        refusal=refusal,
        peers=found.met,
        units=len({peer.unit or peer.project_id for peer in all_votes if peer.reach is Reach.SAME}),
        distribution=told.distribution,
        per_budget=told.per_budget,
        base_rate=rate,
        rows=_rows(draft, told, told.votes),
        examples=_rows(draft, told, _examples(told, all_votes)),
        siblings=_rows(draft, told, others),
        rephrased=rephrased(draft, found.peers),
        took_ms=round((time.perf_counter() - started) * 1000, 3),
    )


def _examples(told: Estimate, all_votes: Sequence[Peer]) -> list[Peer]:
    """Votes near the suggestion first; in a refusal whatever there is of the same indicator."""
    counted = {peer.id for peer in told.votes}
    rest = [peer for peer in all_votes if peer.id not in counted and peer.reach is Reach.SAME]
    return [*told.votes, *rest][:EXAMPLES]


def _rows(draft: Draft, told: Estimate, peers: Sequence[Peer]) -> tuple[PeerRow, ...]:
    counted = {peer.id for peer in told.votes}
    measure = told.distribution.measure if told.distribution else ""
    found = []
    for rank, peer in enumerate(peers, start=1):
        vote = peer.id in counted
        found.append(
            shown_row(
                rank,
                peer,
                vote=vote,
                near=vote and told.suggestion is not None and is_near(peer, told.suggestion, draft),
                number=in_measure(peer.quantity, measure) if vote and peer.quantity else None,
            )
        )
    return tuple(found)

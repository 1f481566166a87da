"""Rows of peers as they are shown, with the keys of a hit."""

from peers.records import Peer, PeerRow


def shown_row(
    rank: int,
    peer: Peer,
    *,
    vote: bool = False,
    near: bool = False,
    number: float | None = None,
) -> PeerRow:
    """A peer as it is shown; `number` is in the measure of the distribution it votes in."""
    return PeerRow(
        rank=rank,
        id=peer.id,
        project_id=peer.project_id,
        reach=peer.reach,
        score=peer.score,
        band=peer.band,
        name=peer.name,
        description=peer.description,
        value=peer.text,
        level1=peer.level1,
        level2=peer.level2,
        unit=peer.unit,
        county=peer.county,
        department=peer.department,
        project=peer.project,
        year=peer.year,
        budget_wan=peer.budget_wan,
        source=peer.source,
        copies=peer.copies,
        weight=peer.weight,
        vote=vote,
        near=near,
        number=number,
    )

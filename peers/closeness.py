"""How near a peer is in scale: budget, department, county or not. Near ones weigh more."""

import math

from peers.records import Draft, Peer

LIKE_FACTOR = 4.0
"""Budgets within this factor of each other are of like scale."""

_UNKNOWN = 0.7
_OTHER_DEPARTMENT = 0.7
_OTHER_LEVEL = 0.8


def closeness(draft: Draft, peer: Peer) -> float:
    """Weight of a peer's vote, above 0 and at most 1 (1: like the draft in all that is known)."""
    weight = _of_budgets(draft.budget_wan, peer.budget_wan)
    if draft.department and peer.department != draft.department:
        weight *= _OTHER_DEPARTMENT if peer.department else math.sqrt(_OTHER_DEPARTMENT)
    if draft.county and not peer.county:
        weight *= _OTHER_LEVEL
    return round(weight, 6)


def is_like(draft: Draft, peer: Peer) -> bool:
    """Whether a peer is of like scale, as far as that is known of both."""
    if draft.budget_wan and peer.budget_wan:
        ratio = peer.budget_wan / draft.budget_wan
        if not 1 / LIKE_FACTOR <= ratio <= LIKE_FACTOR:
            return False
    same = not draft.department or not peer.department or draft.department == peer.department
    return same and (not draft.county or bool(peer.county))


def _of_budgets(mine: float | None, theirs: float | None) -> float:
    if not mine:
        return 1.0
    if not theirs:
        return _UNKNOWN
    return 1 / (1 + abs(math.log10(theirs / mine)))

"""Informative or lazy: how usual a value is in its family, and a sharper one that peers have."""

from collections import Counter
from collections.abc import Sequence

from corpus.records import Operator
from knowledge.concepts import MeasureClass
from peers.families import family_of_row
from peers.records import BaseRate, Draft, Peer, Suggestion

FEWEST = 5
USUAL = 0.5
"""A value that more of the family prints says little."""

_DUTIES = frozenset(("及时率", "到位率", "合规率", "合格率", "准确率", "覆盖率"))
"""Families of rates that are to be met in full: rule catalogue, not weak."""


def base_rate(draft: Draft, votes: Sequence[Peer], suggestion: Suggestion) -> BaseRate | None:
    """How usual the suggested value is among votes of its family; None for fewer than five.

    `votes` are those of the same indicator and of its family. The same number in the same scale
    is the same value, whatever its sign.
    """
    comparable = [
        peer
        for peer in votes
        if peer.quantity is not None
        and peer.quantity.measure_class is suggestion.measure_class
        and peer.quantity.scale in (suggestion.scale, "")
    ]
    if len(comparable) < FEWEST or suggestion.from_budget:
        return None
    family = family_of_row(draft.name, draft.description, draft.level2 or "")
    equal = [peer for peer in comparable if _number(peer) == round(suggestion.number_base, 6)]
    share = len(equal) / len(comparable)
    ceiling = (
        suggestion.measure_class is MeasureClass.SHARE
        and suggestion.number_base == 100
        and family is not None
        and family.name in _DUTIES
    )
    usual = share >= USUAL and not ceiling
    text, count = _sharper(comparable, suggestion) if usual else ("", 0)
    return BaseRate(
        family=family.name if family else draft.name,
        text=suggestion.text,
        share=round(share, 4),
        n=len(comparable),
        units=len({peer.unit or peer.project_id for peer in comparable}),
        ceiling=ceiling,
        informative=not usual,
        sharper=text,
        sharper_n=count,
    )


def _number(peer: Peer) -> float:
    return round(peer.quantity.number, 6) if peer.quantity else float("nan")


def _sharper(votes: Sequence[Peer], suggestion: Suggestion) -> tuple[str, int]:
    """The most frequent stricter value that at least two votes have, with its count."""
    target = round(suggestion.number_base, 6)
    if suggestion.measure_class is MeasureClass.DATE or suggestion.operator is Operator.AT_MOST:
        stricter = [peer for peer in votes if _number(peer) < target]
    else:
        stricter = [peer for peer in votes if _number(peer) > target]
    counts = Counter(_number(peer) for peer in stricter)
    if not counts:
        return "", 0
    number, count = max(counts.items(), key=lambda item: (item[1], -abs(item[0] - target)))
    if count < 2:
        return "", 0
    texts = Counter(peer.text for peer in stricter if _number(peer) == number)
    return max(texts, key=lambda text: (texts[text], text)), count

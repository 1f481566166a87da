"""From votes to a value to write, or the reason why there is none; pure functions of the votes."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Operator
from knowledge.concepts import MeasureClass, Polarity
from peers.confidence import LEAST, confidence
from peers.families import TOTAL_COST, family_of_row
from peers.records import (
    Distribution,
    Draft,
    Peer,
    PerBudget,
    Quantity,
    Reach,
    RefusalCode,
    Suggestion,
)
from peers.summary import (
    agreement,
    centre,
    distribution,
    in_measure,
    in_scale,
    near,
    per_budget,
    shown_measure,
    winning_scale,
)
from text.concept_names import concept_of

FEWEST_SAME = 3
"""Votes of the same indicator that carry a suggestion by themselves."""
FEWEST_FAMILY = 3
"""Votes of the family, those of the same indicator among them, that carry one."""
FEWEST_COSTS = 2
"""Votes on total cost where the budget is known: it is the budget that bounds the cost."""
CLEAR = 0.5
"""Share of the weight that one scale must have."""

_FAMILY_WEIGHT = 0.5
_BY_BUDGET = frozenset(
    (
        *(MeasureClass.COUNT, MeasureClass.MONEY, MeasureClass.AREA, MeasureClass.LENGTH),
        *(MeasureClass.MASS, MeasureClass.VOLUME),
    )
)
_WHOLE = frozenset((MeasureClass.COUNT, MeasureClass.FREQUENCY))
_IN_YUAN = frozenset((MeasureClass.MONEY, MeasureClass.UNIT_COST))
_WAN = 10_000
_SLIPS = {Polarity.LOWER: Operator.AT_LEAST, Polarity.HIGHER: Operator.AT_MOST}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What votes tell: a suggestion, or why none; and the votes and figures that it rests on."""

    suggestion: Suggestion | None
    refusal: RefusalCode | None
    votes: tuple[Peer, ...]
    distribution: Distribution | None
    per_budget: PerBudget | None


def estimate(draft: Draft, votes: Sequence[Peer]) -> Estimate:
    """What measurable votes tell about a draft; `votes` all fit (see `peers.fitting`)."""
    used, reach = _carrying(draft, votes)
    found = winning_scale(used)
    if found is None:
        return Estimate(None, RefusalCode.TOO_FEW_PEERS, (), None, None)
    measure_class, scale, share = found
    agreeing = in_scale(used, measure_class, scale)
    measure = shown_measure(agreeing)
    by_budget = per_budget(agreeing, measure) if measure_class in _BY_BUDGET else None
    suggestion = _suggestion(draft, agreeing, reach or Reach.SAME, share, by_budget)
    close = [
        peer for peer in agreeing if suggestion is not None and is_near(peer, suggestion, draft)
    ]
    summary = distribution(agreeing, measure, len(close) / len(agreeing))
    refusal = None
    if reach is None:
        refusal = RefusalCode.TOO_FEW_PEERS
    elif share < CLEAR:
        refusal = RefusalCode.MEASURES_DISAGREE
    elif suggestion is None or suggestion.confidence < LEAST:
        refusal = RefusalCode.VALUES_DISAGREE
    return Estimate(None if refusal else suggestion, refusal, tuple(agreeing), summary, by_budget)


def is_near(peer: Peer, suggestion: Suggestion, draft: Draft) -> bool:
    """Whether a vote is near the suggestion; each for its own budget where it came from that."""
    if peer.quantity is None:
        return False
    number, target = peer.quantity.number, suggestion.number_base
    if suggestion.from_budget and draft.budget_wan:
        if not peer.budget_wan:
            return False
        number, target = number / peer.budget_wan, target / draft.budget_wan
    return near(suggestion.measure_class, number, target)


def _carrying(draft: Draft, votes: Sequence[Peer]) -> tuple[list[Peer], Reach | None]:
    """The votes that are used, and what they are of; None where they are too few."""
    same = [peer for peer in votes if peer.reach is Reach.SAME]
    if len(same) >= FEWEST_SAME:
        return same, Reach.SAME
    kin = [
        replace(peer, weight=peer.weight * _FAMILY_WEIGHT)
        for peer in votes
        if peer.reach is Reach.FAMILY
    ]
    family = family_of_row(draft.name, draft.description, draft.level2 or "")
    fewest = FEWEST_COSTS if family == TOTAL_COST and draft.budget_wan else FEWEST_FAMILY
    if family is not None and len(same) + len(kin) >= fewest:
        return same + kin, Reach.FAMILY
    return (same or kin), None


def _suggestion(
    draft: Draft,
    votes: Sequence[Peer],
    reach: Reach,
    share: float,
    by_budget: PerBudget | None,
) -> Suggestion | None:
    """The value that most of the weight is near to; None where amounts of a family vary freely."""
    quantity = votes[0].quantity
    if quantity is None:
        return None
    measure_class, scale = quantity.measure_class, quantity.scale
    scaled = _scaled(draft, votes, by_budget)
    if measure_class is MeasureClass.MONEY and reach is Reach.FAMILY and not scaled:
        return None  # the amounts of other projects say nothing without the budget
    used = scaled or [(peer.quantity.number, peer.weight) for peer in votes if peer.quantity]
    numbers, weights = [number for number, _ in used], [weight for _, weight in used]
    best = numbers[centre(numbers, weights, measure_class)]
    agreed = agreement(numbers, weights, measure_class) * share
    if scaled and draft.budget_wan:
        best = draft.budget_wan if abs(best - 1) < 0.005 else _rounded(best * draft.budget_wan)
    measure = shown_measure(votes)
    number = in_measure(Quantity(measure_class, scale, best, measure), measure)
    if scaled and measure_class in _WHOLE:
        number = max(1.0, float(round(number)))
    alike = [p for p in votes if p.quantity and near(measure_class, p.quantity.number, best)]
    equal = [p for p in alike if p.quantity and p.quantity.number == best]
    operator = operator_of(draft, equal or alike or votes, measure_class, number)
    return Suggestion(
        operator=operator,
        number=number,
        measure=measure,
        text=_text(operator, number, measure, measure_class),
        confidence=round(confidence(agreed, len(used), measure_class, reach), 4),
        measure_class=measure_class,
        reach=reach,
        from_budget=bool(scaled),
        deadline=f"{int(number):02d}" if measure_class is MeasureClass.DATE else "",
        number_base=best,
        scale=scale,
    )


def _scaled(
    draft: Draft, votes: Sequence[Peer], by_budget: PerBudget | None
) -> list[tuple[float, float]]:
    """Numbers per 万元 with their weights, where these agree better and the budget is known."""
    if not draft.budget_wan or by_budget is None or not by_budget.explains_better:
        return []
    return [
        (peer.quantity.number / peer.budget_wan, peer.weight)
        for peer in votes
        if peer.quantity and peer.budget_wan
    ]


def operator_of(
    draft: Draft, votes: Sequence[Peer], measure_class: MeasureClass, number: float
) -> Operator:
    """The sign that most votes print; without any, the one that fits the meaning.

    A floor of what is better low, or a ceiling of what is better high, is a slip (rule V07) where
    other votes print another sign.

    ≥100% of a whole can only be met with equality, so it becomes =100% (rule V05).
    """
    if measure_class is MeasureClass.DATE:
        return Operator.NONE
    signs: dict[Operator, float] = defaultdict(float)
    for peer in votes:
        signs[_plain(peer.value.operator)] += peer.weight
    signs.pop(Operator.NONE, None)
    if len(signs) > 1:
        signs.pop(_SLIPS.get(_polarity(draft), Operator.NONE), None)
    operator = max(signs, key=lambda sign: (signs[sign], sign), default=Operator.NONE)
    if operator is Operator.NONE:
        operator = _usual(draft, measure_class)
    if measure_class is MeasureClass.SHARE and number == 100 and operator is Operator.AT_LEAST:
        return Operator.EQUAL
    return operator


def _polarity(draft: Draft) -> Polarity:
    concept = concept_of(draft.name)
    return concept.polarity if concept else Polarity.NONE


def _plain(operator: Operator) -> Operator:
    return {Operator.MORE: Operator.AT_LEAST, Operator.LESS: Operator.AT_MOST}.get(
        operator, operator
    )


def _usual(draft: Draft, measure_class: MeasureClass) -> Operator:
    polarity = _polarity(draft)
    if polarity is not Polarity.NONE:
        higher = polarity is Polarity.HIGHER
    else:
        higher = measure_class not in (MeasureClass.MONEY, MeasureClass.UNIT_COST)
    return Operator.AT_LEAST if higher else Operator.AT_MOST


def _text(operator: Operator, number: float, measure: str, measure_class: MeasureClass) -> str:
    if measure_class is MeasureClass.DATE:
        return f"{int(number)}月底前"
    if (
        measure_class not in _IN_YUAN
        and number >= _WAN
        and round(number / _WAN, 2) * _WAN == number
    ):
        return f"{operator}{shown(number / _WAN)}万{measure}"  # as people write it
    return f"{operator}{shown(number)}{measure}"


def shown(number: float) -> str:
    """A number as a target writes it: no needless zeros, no exponent."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _rounded(number: float) -> float:
    """Two leading digits."""
    if number <= 0:
        return number
    return round(number, 1 - math.floor(math.log10(number)))

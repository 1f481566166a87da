"""How far a suggestion can be trusted: how often one like it is near what a unit sets.

The raw figure is the share of votes that the others would have met, drawn to what is usual for
the class where votes are few. It is then mapped by a logistic curve fitted on invented units and
authored examples, leaving one unit out (`duibiao eval values --calibrate`); no row of the
evaluation data was used.
"""

import math

from knowledge.concepts import MeasureClass
from peers.records import Reach

LEAST = 0.4
"""A suggestion that would be near less often than this is not made."""

_USUAL = {MeasureClass.SHARE: 0.7, MeasureClass.DATE: 0.7}
_USUAL_ELSE = 0.35
_DRAWN = 2.0  # votes that the usual figure counts for

CURVES = {Reach.SAME: (0.907, 0.295), Reach.FAMILY: (0.579, 0.574)}
"""Slope and offset of the logistic curve, by reach."""


def raw_confidence(agreement: float, votes: int, measure_class: MeasureClass) -> float:
    """Share of votes met by the others (`peers.summary.agreement`), drawn to the usual."""
    usual = _USUAL.get(measure_class, _USUAL_ELSE)
    return (agreement * votes + usual * _DRAWN) / (votes + _DRAWN)


def confidence(agreement: float, votes: int, measure_class: MeasureClass, reach: Reach) -> float:
    """How often such a suggestion is near what a unit sets, 0 to 1."""
    raw = raw_confidence(agreement, votes, measure_class)
    slope, offset = CURVES[reach]
    return 1 / (1 + math.exp(-(slope * logit(raw) + offset)))


def logit(share: float) -> float:
    """Logarithm of the odds; shares are kept from 0 and 1."""
    kept = min(max(share, 0.02), 0.98)
    return math.log(kept / (1 - kept))

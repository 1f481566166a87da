"""What a score means: how alike the query and a record are, in four words."""

from enum import StrEnum


class Band(StrEnum):
    """How alike two texts are, best first.

    `UNKNOWN` is that of every score of a model that the bands are not calibrated for.
    """

    SAME = "同一指标"
    KIND = "同类"
    RELATED = "相关"
    NONE = "无"
    UNKNOWN = ""


# The lowest score of each band with the default model, chosen on the hand-labelled pairs and
# queries of `eval/data`, none of which the model was trained on; `duibiao eval bands` says what
# holds there.
SAME_FROM = 0.70
KIND_FROM = 0.56
RELATED_FROM = 0.44

SURE = 0.66
"""A query with no name of this cosine is asked again, moved towards its nearest concept.

Where even then no record is good enough (`index.floor`), nothing is similar.
"""

# Records below this score do not count in facets and totals.
RELEVANCE_CUT = RELATED_FROM

# A query with a smaller cosine to all concepts is nearest to none.
_NEAR_CONCEPT = 0.45


def is_calibrated(model: str) -> bool:
    """Whether scores of a model mean what the bands say; "" is the default model."""
    return not model


def band_of(score: float, related_from: float = RELATED_FROM) -> Band:
    """The band of a fused score (0 to 1) of the default model.

    `related_from` is lower for a query that even a farther record answers (`index.floor`).
    """
    if score >= SAME_FROM:
        return Band.SAME
    if score >= KIND_FROM:
        return Band.KIND
    return Band.RELATED if score >= related_from else Band.NONE


def uncalibrated(_score: float) -> Band:
    """The band of any score of another model."""
    return Band.UNKNOWN


def is_far(cosine: float) -> bool:
    """Whether a concept at this cosine is too far from a query to be named."""
    return cosine < _NEAR_CONCEPT

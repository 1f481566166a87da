"""What a draft means, and which hits mean the same or are of its family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from index.bands import Band
from index.results import Hit
from knowledge.concepts import Concept, MeasureClass
from peers.families import Family, family_of, family_of_row, is_akin
from peers.records import Draft, Reach
from text.concept_names import concept_of
from text.hollow_names import is_hollow
from text.name_classes import class_of_name, plain_name

_SURE_SCORE = 0.8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the name of a draft tells, read once: its concept (None: unknown), family and class.

    `hollow`: it has nothing to measure, so that only equal names mean the same.
    """

    name: str
    plain: str
    concept: Concept | None
    family: Family | None
    own_family: Family | None
    measure_class: MeasureClass | None
    hollow: bool

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Read a draft; its description and level 2 tell a family where the name does not."""
        return cls(
            name=draft.name,
            plain=plain_name(draft.name),
            concept=concept_of(draft.name),
            family=family_of_row(draft.name, draft.description, draft.level2 or ""),
            own_family=family_of(draft.name),
            measure_class=class_of_name(draft.name),
            hollow=is_hollow(draft.name),
        )

    def told_by(self, hits: Sequence[Hit]) -> Self:
        """The same with the concept of the nearest hit, where that is as good as equal."""
        if self.concept is not None:
            return self
        close = (concept_of(hit.name) for hit in hits if hit.score >= _SURE_SCORE)
        concept = next((found for found in close if found is not None), None)
        return replace(self, concept=concept)

    def reach(self, hit: Hit) -> Reach | None:
        """Whether a hit is the same indicator, of the family, or neither (None)."""
        if self.is_same(hit):
            return Reach.SAME
        if self.family is None or self.hollow or is_hollow(hit.name):
            return None
        akin = is_akin(self.family, family_of_row(hit.name, hit.description, hit.level2))
        return Reach.FAMILY if akin else None

    def is_same(self, hit: Hit) -> bool:
        """Whether a hit means the same.

        Known concepts decide where both are known; else the band, where neither class of measure
        nor family contradicts it (发放人数 is near 发放及时率 and not the same).
        """
        if self.plain == plain_name(hit.name):
            return True
        theirs = concept_of(hit.name)
        if self.concept is not None and theirs is not None:
            return self.concept.name == theirs.name
        if hit.band != Band.SAME or self.hollow or is_hollow(hit.name):
            return False
        told = class_of_name(hit.name)
        agree = self.measure_class is None or told is None or told is self.measure_class
        return agree and self.own_family == family_of(hit.name)

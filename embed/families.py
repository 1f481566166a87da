"""Texts that mean the same by the handful: the phrasings of one indicator concept."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embed.features import Bags, Vocabulary
from knowledge.concepts import Concept

Ids = NDArray[np.int64]
Family = tuple[str, ...]
"""The standard name of a concept, then its phrasings."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Families without what a trial must not see: `(phrasing, name)` of unseen concepts and texts.

    `concepts` holds all phrasings of every tenth concept, which `families` lacks altogether;
    `phrasings` holds one phrasing of every other concept. `names` are the names of all concepts.
    """

    families: tuple[Family, ...]
    concepts: tuple[tuple[str, str], ...]
    phrasings: tuple[tuple[str, str], ...]
    names: tuple[str, ...]


def families_of(concepts: Iterable[Concept]) -> tuple[Family, ...]:
    """The texts of concepts, each once; concepts of one name are one family."""
    found: dict[str, dict[str, None]] = {}
    for concept in concepts:
        texts = dict.fromkeys((concept.name, *concept.phrasings))
        found.setdefault(concept.name, {}).update(texts)
    return tuple(tuple(texts) for texts in found.values())


def hold_out(families: Sequence[Family]) -> HeldOut:
    """Part families for a trial, by hash of the names, so that the same ones stay held out."""
    kept: list[Family] = []
    concepts: list[tuple[str, str]] = []
    phrasings: list[tuple[str, str]] = []
    for name, *others in families:
        if _hash(name) % 10 == 0:
            concepts += [(text, name) for text in others]
            continue
        if len(others) > 1:
            phrasings.append((others.pop(_hash(name + "x") % len(others)), name))
        kept.append((name, *others))
    names = tuple(family[0] for family in families)
    return HeldOut(tuple(kept), tuple(concepts), tuple(phrasings), names)


def _hash(text: str) -> int:
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16)


@dataclass(frozen=True, slots=True)
class BaggedFamilies:
    """Features of all texts: those of family `f` are the texts `firsts[f]` to `firsts[f + 1]`."""

    bags: Bags
    firsts: Ids

    @classmethod
    def of(cls, vocabulary: Vocabulary, families: Sequence[Family]) -> "BaggedFamilies":
        """Bag the texts of families that have at least two."""
        several = [family for family in families if len(family) > 1]
        firsts = np.cumsum([0, *map(len, several)], dtype=np.int64)
        return cls(vocabulary.bags([text for family in several for text in family]), firsts)

    def rounds(self, size: int, draw: np.random.Generator) -> Iterator[tuple[Ids, Ids, Ids]]:
        """Every text once, at random, `size` at a time (a rest of less than half waits).

        Yields the texts `(size,)`, one text of every family `(families,)`, and the family of each
        of the texts `(size,)`. A text of the batch meets another of its family: all other
        families' texts are what it must be told from, those it is confused with among them.
        """
        sizes = np.diff(self.firsts)
        family = np.repeat(np.arange(len(sizes)), sizes)
        order = draw.permutation(len(family))
        for start in range(0, len(order) - size // 2 + 1, size):
            texts = order[start : start + size]
            one = self.firsts[:-1] + draw.integers(sizes)
            of = family[texts]
            within = texts - self.firsts[of]
            step = draw.integers(1, sizes[of])
            one[of] = self.firsts[of] + (within + step) % sizes[of]
            yield texts, one, of

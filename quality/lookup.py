"""Which concept a printed name is, also where no list holds just these words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embed.encoder import Encoder, Vectors
from knowledge.concepts import Concept, concepts
from text.concept_names import concept_of

# Nearer than this a phrase means the same in nine of ten of our labelled pairs
# (eval/data/band_pairs.jsonl); below it the answer is "unknown".
NEAR = 0.9


@dataclass(frozen=True, slots=True)
class Known:
    """A concept for a name; `exact`: the name is its standard name or one of its phrasings."""

    concept: Concept
    exact: bool


class ConceptLookup:
    """Concepts by name, else by the nearest phrase; the phrases are encoded at the first need."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder
        self._found: dict[str, Known | None] = {}

    def of(self, name: str) -> Known | None:
        """The concept of a name, None where it is unknown."""
        if name not in self._found:
            exact = concept_of(name)
            self._found[name] = Known(exact, True) if exact else self._near(name)
        return self._found[name]

    def learn(self, names: Iterable[str]) -> None:
        """Look many names up at once, which is faster than one by one."""
        new = [name for name in dict.fromkeys(names) if name not in self._found and name.strip()]
        unknown = []
        for name in new:
            exact = concept_of(name)
            if exact is None:
                unknown.append(name)
            else:
                self._found[name] = Known(exact, True)
        if unknown and self._encoder is not None:
            self._found |= dict(zip(unknown, self._nearest(unknown, self._encoder), strict=True))

    def exact(self, name: str) -> Concept | None:
        """The concept that just these words tell; never by nearness."""
        return concept_of(name)

    def _near(self, name: str) -> Known | None:
        if self._encoder is None or not name.strip():
            return None
        return self._nearest([name], self._encoder)[0]

    def _nearest(self, names: Sequence[str], encoder: Encoder) -> list[Known | None]:
        cosines = encoder.encode_queries(list(names)) @ self._phrases.T
        best = np.argmax(cosines, axis=1)
        near = cosines[np.arange(len(names)), best] >= NEAR
        return [
            Known(self._owners[owner], False) if is_near else None
            for owner, is_near in zip(best.tolist(), near.tolist(), strict=True)
        ]

    @cached_property
    def _owners(self) -> tuple[Concept, ...]:
        return tuple(one for one in concepts() for _ in range(1 + len(one.phrasings)))

    @cached_property
    def _phrases(self) -> Vectors:
        """`(phrases, dim)` float32, in the order of `_owners`."""
        if self._encoder is None:
            raise AssertionError("phrases are asked for only with an encoder")
        return self._encoder.encode_documents(
            [text for one in concepts() for text in (one.name, *one.phrasings)]
        )

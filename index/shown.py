"""What is shown of the records found: hits with their texts, scores, bands and highlights."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Encoder, Vectors
from index.bands import Band
from index.cards import Card
from index.dense import DECIMALS, Scores
from index.highlights import highlights, holds_query, marks_of
from index.results import Highlight, Hit
from index.scope import ScopeIndex
from index.scoring import Scoring
from index.texts import indexed_form
from index.why import carrying_words, semantic_highlights

Records = NDArray[np.int64]

# What the facets tell of a record.
_TOLD = ("level1", "level2", "unit", "county", "department", "year")

MEMBER_LIMIT = 500
"""Units and member ids that one hit lists; its count is of all."""


class Shown:
    """Turns groups of records into hits.

    `vectors` are those of the query `text` and of its parts, `(m, dim)`; `meaning` gives
    the band of a score.
    """

    def __init__(
        self,
        scope: ScopeIndex,
        scoring: Scoring,
        text: str,
        vectors: Vectors,
        encoder: Encoder,
        meaning: Callable[[float], Band],
    ) -> None:
        self._scope = scope
        self._scoring = scoring
        self._text = text
        self._marks = marks_of(text)
        self._vectors = vectors
        self._encoder = encoder
        self._meaning = meaning

    def hits(self, chosen: Sequence[Records], *, marked: bool = True) -> tuple[Hit, ...]:
        """One hit per group, in order; with highlights unless not `marked`."""
        best = np.asarray([members[0] for members in chosen], np.int64)
        cards = self._scope.cards.of_records(best)
        marks = self._highlights(cards) if marked else [() for _ in cards]
        told = zip(*(self._scope.facets.values(field, best) for field in _TOLD), strict=True)
        scores = zip(
            _rounded(self._scoring.fused[best]),
            _rounded(self._scoring.dense[best]),
            _rounded(self._scoring.lexical[best]),
            strict=True,
        )
        return tuple(
            [
                self._hit(rank, *of_one)
                for rank, of_one in enumerate(
                    zip(chosen, cards, marks, told, scores, strict=True), start=1
                )
            ]
        )

    def _band(self, score: float, card: Card) -> Band:
        """The band of its score; a record that holds the query's words is related in any case."""
        band = self._meaning(score)
        if band is Band.NONE and holds_query(self._text, card.name, card.description):
            return Band.RELATED
        return band

    def _highlights(self, cards: Sequence[Card]) -> list[tuple[Highlight, ...]]:
        """The query's own words, and in names the words that carry the match without them."""
        names = [indexed_form(card.name) for card in cards]
        carrying = carrying_words(names, self._marks[0], self._vectors[0], self._encoder)
        found = []
        for card, carried in zip(cards, carrying, strict=True):
            lexical = (
                *highlights("name", card.name, self._marks),
                *highlights("description", card.description, self._marks),
            )
            found.append((*lexical, *semantic_highlights("name", card.name, carried, lexical)))
        return found

    def _hit(
        self,
        rank: int,
        members: Records,
        card: Card,
        marks: tuple[Highlight, ...],
        told: Sequence[str],
        scores: Sequence[float],
    ) -> Hit:
        """The hit of a group; `told` are the `_TOLD` of its best record, `scores` its three."""
        level1, level2, unit, county, department, year = told
        score, dense, lexical = scores
        alone = len(members) == 1
        return Hit(
            rank=rank,
            id=card.id,
            project_id=card.project_id,
            score=score,
            band=self._band(score, card),
            dense=dense,
            lexical=lexical,
            name=card.name,
            description=card.description,
            value=card.value,
            level1=level1,
            level2=level2,
            unit=unit,
            county=county,
            department=department,
            project=card.project,
            year=int(year) if year else None,
            source=card.source,
            count=len(members),
            units=(unit,) if alone else self._units(members),
            members=(card.id,) if alone else self._scope.cards.ids(members[:MEMBER_LIMIT]),
            highlights=marks,
            corrected=card.corrected,
        )

    def _units(self, members: Records) -> tuple[str, ...]:
        """The units of some records, each once, in the order in which they are met."""
        units = dict.fromkeys(self._scope.facets.values("unit", members))
        return tuple(units)[:MEMBER_LIMIT]


def _rounded(scores: Scores) -> list[float]:
    return [round(score, DECIMALS) for score in scores.tolist()]

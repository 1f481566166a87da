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
        cards = [self._scope.cards[int(members[0])] for members in chosen]
        marks = self._highlights(cards) if marked else [() for _ in cards]
        return tuple(
            self._hit(rank, members, card, found)
            for rank, (members, card, found) in enumerate(
                zip(chosen, cards, marks, strict=True), start=1
            )
        )

    def _band(self, record: int, card: Card) -> Band:
        """The band of its score; a record that holds the query's words is related in any case."""
        band = self._meaning(_rounded(self._scoring.fused, record))
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

    def _hit(self, rank: int, members: Records, card: Card, marks: tuple[Highlight, ...]) -> Hit:
        facets, cards = self._scope.facets, self._scope.cards
        record = int(members[0])
        year = facets.value("year", record)
        return Hit(
            rank=rank,
            id=card.id,
            project_id=card.project_id,
            score=_rounded(self._scoring.fused, record),
            band=self._band(record, card),
            dense=_rounded(self._scoring.dense, record),
            lexical=_rounded(self._scoring.lexical, record),
            name=card.name,
            description=card.description,
            value=card.value,
            level1=facets.value("level1", record),
            level2=facets.value("level2", record),
            unit=facets.value("unit", record),
            county=facets.value("county", record),
            department=facets.value("department", record),
            project=card.project,
            year=int(year) if year else None,
            source=card.source,
            count=len(members),
            units=facets.distinct("unit", members)[:MEMBER_LIMIT],
            members=cards.ids(members[:MEMBER_LIMIT]),
            highlights=marks,
            corrected=card.corrected,
        )


def _rounded(scores: Scores, record: int) -> float:
    return round(float(scores[record]), DECIMALS)

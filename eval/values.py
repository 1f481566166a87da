"""How good are suggested values: one unit is left out at a time and its rows are asked for.

A class of measure is right or wrong; an operator is scored where the row prints one; a number is
right within 5 points (shares), a month (deadlines) or a factor of two (all else), in the same
scale. Two baselines answer the same rows: the most common value of the level 2, and the value of
the row whose text is nearest by character TF-IDF.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Operator
from eval.value_rows import HeldOut, printed_sign
from knowledge.concepts import MeasureClass
from peers.records import Suggested
from peers.summary import near
from service.suggest import Advisor

Printed = tuple[MeasureClass, str, float, Operator]


@dataclass(frozen=True, slots=True)
class Guess:
    """What one system says of one row; `confidence` orders its answers."""

    measure_class: MeasureClass
    scale: str
    number: float
    operator: Operator
    confidence: float


@dataclass(frozen=True, slots=True)
class Score:
    """Of one guess: what is right; None where the row prints no operator."""

    measure_class: bool
    operator: bool | None
    number: bool


def guesses_of_peers(rows: Sequence[HeldOut], advisor: Advisor) -> list[Guess | None]:
    """The product's answers; None where it refuses."""
    return [guess_of(advisor.suggest(row.draft)) for row in rows]


def guess_of(answer: Suggested) -> Guess | None:
    """An answer as a guess; None for a refusal."""
    told = answer.suggestion
    if told is None:
        return None
    return Guess(told.measure_class, told.scale, told.number_base, told.operator, told.confidence)


def guesses_of_level2(rows: Sequence[HeldOut]) -> list[Guess | None]:
    """The most common value of the row's level 2 in other units."""
    by_level: dict[object, Counter[tuple[MeasureClass, str, float, Operator]]] = defaultdict(
        Counter
    )
    own: dict[tuple[object, str], Counter[tuple[MeasureClass, str, float, Operator]]]
    own = defaultdict(Counter)
    for row in rows:
        by_level[row.draft.level2][_value(row)] += 1
        own[row.draft.level2, row.unit][_value(row)] += 1
    found: list[Guess | None] = []
    for row in rows:
        others = by_level[row.draft.level2] - own[row.draft.level2, row.unit]
        if not others:
            found.append(None)
            continue
        value, count = min(others.items(), key=lambda item: (-item[1], str(item[0])))
        found.append(Guess(*value, confidence=count / others.total()))
    return found


def guesses_of_nearest(rows: Sequence[HeldOut]) -> list[Guess | None]:
    """The value of the row of another unit whose text is nearest by character TF-IDF."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [f"{row.draft.name} {row.draft.description}".strip() for row in rows]
    matrix = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    alike = (matrix @ matrix.T).toarray()
    units = np.asarray([row.unit for row in rows])
    found: list[Guess | None] = []
    for number, row in enumerate(rows):
        scores = np.where(units == row.unit, -1.0, alike[number])
        best = int(np.argmax(scores))
        found.append(
            Guess(*_value(rows[best]), confidence=float(scores[best])) if scores[best] > 0 else None
        )
    return found


def _value(row: HeldOut) -> Printed:
    quantity = row.quantity
    return quantity.measure_class, quantity.scale, quantity.number, row.operator


def score(row: HeldOut, guess: Guess | None) -> Score:
    """What is right in a guess; nothing is where there is none."""
    if guess is None:
        return Score(False, False if row.operator else None, False)
    truth = row.quantity
    right = guess.measure_class is truth.measure_class
    comparable = right and (guess.scale == truth.scale or "" in (guess.scale, truth.scale))
    operator = printed_sign(guess.operator, truth) if row.operator else None
    return Score(
        right,
        None if operator is None else operator is row.operator,
        comparable and near(truth.measure_class, guess.number, truth.number),
    )

"""When an answer is "nothing similar": what has strange words must be found the better.

Words of which no known indicator and no record holds even a part are mostly not of public
administration, or of a matter that the corpus has not; vectors still find something near them.
A query of familiar words, however rough, mostly has an answer, and its best record may be farther.
"""

from index.concepts import KnownConcepts
from index.lexical import LexicalIndex
from text.words import bigrams

# Chosen on the development half of `own2` (`eval.own_set`) so that no more queries with an answer
# are refused there than by one bound for all (0.44), and as many as can be of those without one;
# `duibiao eval retrieval --set own2` says what holds on the half kept back, `--set own` on the
# older set. A logistic regression over twelve more signals (cosines of vectors and concepts, words
# found, gaps between hits, lengths) ranked no better there than this.
FAMILIAR_FLOOR = 0.40
STRANGE_FLOOR = 0.53


def floor_of(best: float, text: str, concepts: KnownConcepts, words: LexicalIndex) -> float:
    """The score that the best record of a query must have to be an answer.

    From `FAMILIAR_FLOOR` to `STRANGE_FLOOR`, by the share of the query's character pairs that are
    strange. `best` is the best score known so far: from `STRANGE_FLOOR` on it is enough for any
    query, and the words are not looked at.
    """
    pairs = bigrams(text) if best < STRANGE_FLOOR else []
    if not pairs:
        return FAMILIAR_FLOOR
    known = zip(pairs, concepts.hold(pairs), strict=True)
    strange = sum(not (of_concept or pair in words) for pair, of_concept in known)
    return FAMILIAR_FLOOR + (STRANGE_FLOOR - FAMILIAR_FLOOR) * strange / len(pairs)

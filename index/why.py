"""Why a record matched where the query's own words do not stand in it.

Each word of the record's text is left out in turn (leave one out): a word without which the text
is clearly less like the query carried the match.
"""

from collections.abc import Collection, Sequence

import numpy as np

from embed.encoder import Encoder, Vectors
from index.highlights import folded
from index.results import Highlight
from text.words import words

# A word that carries a match takes away at least so much of the cosine.
_LEAST = 0.03

# Longer texts are prose; leaving out one word of many says little.
_MOST_WORDS = 24


def carrying_words(
    texts: Sequence[str], asked: Collection[str], query: Vectors, encoder: Encoder
) -> tuple[tuple[str, ...], ...]:
    """For each text the words that carry its likeness to a query vector `(dim,)`, as they stand.

    Words that are asked for themselves are left out. Nothing for a text of one word, or one that
    is not like the query at all.
    """
    cut = [_others(text, asked) for text in texts]
    variants = [text for text, found in zip(texts, cut, strict=True) if found]
    for text, found in zip(texts, cut, strict=True):
        variants.extend(text.replace(word, "", 1) for word in found)
    if not variants:
        return tuple(() for _ in texts)
    scores = encoder.encode_documents(variants) @ query
    whole = iter(scores[: sum(map(bool, cut))].tolist())
    without = iter(scores[sum(map(bool, cut)) :].tolist())
    return tuple(
        _missed(found, next(whole), np.asarray([next(without) for _ in found])) if found else ()
        for found in cut
    )


def _others(text: str, asked: Collection[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word for word in words(text) if word in text))
    if not 1 < len(found) <= _MOST_WORDS:
        return ()
    return tuple(word for word in found if word not in asked)


def _missed(found: Sequence[str], whole: float, without: Vectors) -> tuple[str, ...]:
    taken = (whole - without).tolist()
    return tuple(word for word, loss in zip(found, taken, strict=True) if loss >= _LEAST)


def semantic_highlights(
    field: str, text: str, carrying: Sequence[str], marked: Sequence[Highlight]
) -> tuple[Highlight, ...]:
    """Where the carrying words stand, without what is marked already as the query's own words."""
    plain, places = folded(text)
    taken = [(mark.start, mark.end) for mark in marked if mark.field == field]
    found = []
    for word in carrying:
        at = plain.find(word)
        if at < 0:
            continue
        start, end = places[at], places[at + len(word) - 1] + 1
        if all(end <= first or last <= start for first, last in taken):
            found.append(Highlight(field, start, end, "semantic"))
            taken.append((start, end))
    return tuple(sorted(found, key=lambda mark: mark.start))

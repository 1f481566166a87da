"""Why a record matched where the query's own words do not stand in it.

Each word of the record's text is left out in turn (leave one out): a word without which the text
is clearly less like the query carried the match.
"""

from collections.abc import Collection, Sequence
from itertools import chain

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
    shorter = [
        [text.replace(word, "", 1) for word in found]
        for text, found in zip(texts, cut, strict=True)
    ]
    whole = [text for text, found in zip(texts, cut, strict=True) if found]
    variants = list(dict.fromkeys([*whole, *chain.from_iterable(shorter)]))
    if not variants:
        return tuple(() for _ in texts)
    scores = dict(zip(variants, (encoder.encode_documents(variants) @ query).tolist(), strict=True))
    return tuple(
        tuple(
            word
            for word, variant in zip(found, without, strict=True)
            if scores[text] - scores[variant] >= _LEAST
        )
        for text, found, without in zip(texts, cut, shorter, strict=True)
    )


def _others(text: str, asked: Collection[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(word for word in words(text) if word in text))
    if not 1 < len(found) <= _MOST_WORDS:
        return ()
    return tuple(word for word in found if word not in asked)


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

"""Where the words of a query stand in a text."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from index.results import Highlight
from text.normalise import fold
from text.words import bigrams, words

_FOLDED = re.compile(r"[\u4e00-\u9fff0-9a-z%()]*")


def marks_of(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to look for: the query's words, and its bigrams where no word is found.

    One lone Chinese character marks nothing useful and is left out.
    """
    return tuple(dict.fromkeys(telling_words(query))), tuple(dict.fromkeys(bigrams(query)))


def highlights(field: str, text: str, marks: Sequence[Sequence[str]]) -> tuple[Highlight, ...]:
    """Spans of the first marks of which any stands in the text; overlapping spans are one."""
    plain, places = folded(text)
    for wanted in marks:
        found = [mark for mark in wanted if mark in plain]
        if found:
            return tuple([Highlight(field, *span) for span in _spans(plain, places, found)])
    return ()


def _spans(plain: str, places: Sequence[int], marks: Iterable[str]) -> list[tuple[int, int]]:
    """Where marks stand in a text of this folded form; those that meet or overlap are one."""
    found = []
    for mark in marks:
        at = plain.find(mark)
        while at >= 0:
            found.append((places[at], places[at + len(mark) - 1] + 1))
            at = plain.find(mark, at + 1)
    found.sort()
    joined = found[:1]
    for start, end in found[1:]:
        first, last = joined[-1]
        if start > last:
            joined.append((start, end))
        elif end > last:
            joined[-1] = first, end
    return joined


def holds_query(query: str, *texts: str) -> bool:
    """Whether all words of a query stand in these texts together."""
    wanted = telling_words(query)
    plain = "\n".join(folded(text)[0] for text in texts)
    return bool(wanted) and all(word in plain for word in wanted)


def telling_words(query: str) -> list[str]:
    """The words of a query that say something where they stand; a lone character does not."""
    return [word for word in words(query) if len(word) > 1 or word.isdecimal()]


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The text folded character by character, and where each one stood."""
    if _FOLDED.fullmatch(text):
        return text, range(len(text))
    plain, places = [], []
    for place, character in enumerate(text):
        folded = fold(unicodedata.normalize("NFKC", character))
        plain.append(folded)
        places.extend([place] * len(folded))
    return "".join(plain), places

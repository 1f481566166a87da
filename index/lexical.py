"""BM25 over the words of unique texts, as a table of ready scores per term.

The variant is Lucene's, with idf = ln(1 + (N - df + 0.5) / (df + 0.5)). What a term adds to the
score of a text is known when the index is built, so a query only sums.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.files import FolderReader, FolderWriter
from text.terms import Terms
from text.terms import terms as line_terms
from text.words import bigrams, words

K1 = 1.2  # how soon repeating a word stops counting; the usual value
B = 0.75  # how much the length of a text is held against it; the usual value

# A term that more than this share of the texts holds is frequent; of so many what they add to
# each text is kept at hand.
_FREQUENT = 0.1
_SPREADS = 64

_BITS = 63  # of a number that is not negative

Cutter = Callable[[Sequence[str]], Terms]
Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]


def terms(text: str) -> list[str]:
    """The terms of a text; its lines (name, description) are apart: no bigram spans two of them."""
    return list(chain.from_iterable(map(line_terms, text.split("\n"))))


class LexicalIndex:
    """Texts numbered from 0, and for each term the texts that hold it, and how often.

    The postings of term `t` are `texts[starts[t]:starts[t + 1]]`, their `counts[...]` and what
    they score, `weights[...]`.
    """

    def __init__(
        self,
        vocabulary: dict[str, int],
        starts: Numbers,
        texts: NDArray[np.int32],
        counts: NDArray[np.int32],
        lengths: Numbers,
    ) -> None:
        self._vocabulary = vocabulary
        self._starts = starts
        self._texts = texts
        self._counts = counts
        self._lengths = lengths
        self._mean = _mean(lengths)
        self._spread = lru_cache(_SPREADS)(self._made_spread)

    @classmethod
    def from_texts(cls, texts: Sequence[str], cutter: Cutter = Terms.of) -> "LexicalIndex":
        """Index texts; the place in the sequence is the number. `cutter` cuts their lines."""
        vocabulary: dict[str, int] = {}
        cut = _cut(texts, vocabulary, cutter)
        return _ordered(vocabulary, cut.terms, cut.texts, cut.counts, cut.lengths)

    @classmethod
    def load(cls, files: FolderReader, name: str) -> "LexicalIndex":
        """Read what `save` wrote under this name.

        :raises IndexDamagedError: a file is missing or no plain array.
        """
        vocabulary = {term: number for number, term in enumerate(files.lines(f"{name}.terms.txt"))}
        return cls(
            vocabulary,
            files.array(f"{name}.starts.npy"),
            files.array(f"{name}.texts.npy"),
            files.array(f"{name}.counts.npy"),
            files.array(f"{name}.lengths.npy"),
        )

    def save(self, files: FolderWriter, name: str) -> None:
        """Write terms, postings and counts under this name."""
        files.lines(f"{name}.terms.txt", self._vocabulary)
        files.array(f"{name}.starts.npy", self._starts)
        files.array(f"{name}.texts.npy", self._texts)
        files.array(f"{name}.counts.npy", self._counts)
        files.array(f"{name}.lengths.npy", self._lengths)

    def changed(self, places: Numbers, texts: Sequence[str]) -> "LexicalIndex":
        """The same as an index of other texts of which most are here already.

        Text `n` of the new index is the one numbered `places[n]` here, or where that is -1 the
        next one of `texts`. What no text holds any more is forgotten.
        """
        vocabulary = dict(self._vocabulary)
        cut = _cut(texts, vocabulary, Terms.of)
        fresh = np.flatnonzero(places < 0)
        lengths = np.zeros(len(places), np.int64)
        lengths[places >= 0] = self._lengths[places[places >= 0]]
        lengths[fresh] = cut.lengths
        moved = np.full(len(self) + 1, -1, np.int64)
        moved[places[places >= 0]] = np.flatnonzero(places >= 0)
        stays = moved[self._texts] >= 0
        old_terms = np.repeat(np.arange(len(self._vocabulary)), np.diff(self._starts))
        terms = np.concatenate([old_terms[stays], cut.terms])
        holders = np.concatenate([moved[self._texts[stays]], fresh[cut.texts]])
        counts = np.concatenate([self._counts[stays], cut.counts])
        held = np.bincount(terms, minlength=len(vocabulary)) > 0
        kept = {name: number for number, name in enumerate(compress(vocabulary, held.tolist()))}
        return _ordered(kept, (np.cumsum(held) - 1)[terms], holders, counts, lengths)

    def __len__(self) -> int:
        return len(self._lengths)

    def __contains__(self, term: object) -> bool:
        """Whether a text holds a term: a word, or a pair of characters."""
        return term in self._vocabulary

    def hold_together(self, words: Sequence[str]) -> bool:
        """Whether a text may hold all of these words: one has every pair of their characters."""
        pairs = dict.fromkeys(chain.from_iterable(map(bigrams, words)))
        numbers = [self._vocabulary.get(pair) for pair in pairs]
        holding: NDArray[np.int32] | None = None
        for number in numbers:
            if number is None:
                return False
            texts = self._texts[self._starts[number] : self._starts[number + 1]]
            holding = texts if holding is None else np.intersect1d(holding, texts, True)
        return holding is None or len(holding) > 0

    def scores(self, query: str) -> Scores:
        """BM25 of the query with every text, `(n,)` float32; 0 where they share no term."""
        scores = np.zeros(len(self), np.float32)
        for term, times in Counter(terms(query)).items():
            number = self._vocabulary.get(term)
            if number is None:
                continue
            start, end = self._starts[number : number + 2].tolist()
            if end - start > _FREQUENT * len(self):
                scores += _times(times, self._spread(number))
            else:
                gain = _times(times, self._weights[start:end])
                np.add.at(scores, self._texts[start:end], gain)  # faster than scores[...] += gain
        return scores

    @cached_property
    def _weights(self) -> Scores:
        """What each posting scores."""
        holding = np.diff(self._starts)
        gain = np.repeat(_idf(holding, len(self)), holding)
        gain *= _tf(self._counts, self._lengths[self._texts], self._mean)
        return gain.astype(np.float32)

    def _made_spread(self, number: int) -> Scores:
        """What a frequent term adds to every text: adding that is faster than text by text."""
        here = slice(self._starts[number], self._starts[number + 1])
        found = np.zeros(len(self), np.float32)
        found[self._texts[here]] = self._weights[here]
        return found

    def best_possible(self, query: str) -> float:
        """What a text that is the query itself would score.

        A word of which no text holds even a part counts in full. Other terms that no text holds
        are left out: bigrams from the end of one word to the start of the next, and long words
        whose parts are counted anyway.
        """
        known = self._vocabulary
        strange = {word for word in words(query) if known.keys().isdisjoint(bigrams(word))}
        counts = Counter(term for term in terms(query) if term in known or term in strange)
        if not counts:
            return 0.0
        numbers = [known.get(term, -1) for term in counts]
        holding = [self._starts[n + 1] - self._starts[n] if n >= 0 else 0 for n in numbers]
        times, length = np.asarray(list(counts.values())), np.asarray(counts.total())
        gain = _idf(np.asarray(holding), len(self)) * _tf(times, length, self._mean)
        return float(times @ gain)

    def shares(self, query: str) -> Scores:
        """Scores from 0 to 1, the share of `best_possible`: comparable from query to query."""
        best = self.best_possible(query)
        scores = self.scores(query)
        if best > 0:
            scores /= np.float32(best)
            np.minimum(scores, np.float32(1), out=scores)
        return scores


class _Cut(NamedTuple):
    """Terms of texts: which term in which text how often, and how many terms each text has."""

    terms: Numbers
    texts: Numbers
    counts: Numbers
    lengths: Numbers


def _cut(texts: Sequence[str], vocabulary: dict[str, int], cutter: Cutter) -> _Cut:
    """Cut texts into terms; new ones enter the vocabulary."""
    lines = [text.split("\n") for text in texts]
    found = cutter(list(chain.from_iterable(lines)))
    numbers = [vocabulary.setdefault(name, len(vocabulary)) for name in found.names]
    line_owners = np.repeat(np.arange(len(texts)), [len(each) for each in lines])
    owners = np.repeat(line_owners, found.lengths)
    # one number per (term, text), so that one sort both counts and orders them
    pairs = np.asarray(numbers, np.int64)[found.ids] * max(1, len(texts)) + owners
    pairs, counts = np.unique(pairs, return_counts=True)
    term, holder = np.divmod(pairs, max(1, len(texts)))
    return _Cut(term, holder, counts, np.bincount(owners, minlength=len(texts)))


def _ordered(
    vocabulary: dict[str, int], terms: Numbers, texts: Numbers, counts: Numbers, lengths: Numbers
) -> LexicalIndex:
    """An index of postings in any order."""
    texts, counts = _sorted(terms, texts, counts)
    holding = np.bincount(terms, minlength=len(vocabulary))
    starts = np.concatenate(([0], np.cumsum(holding)))
    return LexicalIndex(
        vocabulary, starts, texts.astype(np.int32), counts.astype(np.int32), lengths
    )


def _sorted(terms: Numbers, texts: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Texts and counts by term and text, of which there is one count each."""
    bits = [int(numbers.max(initial=0)).bit_length() for numbers in (terms, texts, counts)]
    if sum(bits) > _BITS:
        order = np.lexsort((texts, terms))
        return texts[order], counts[order]
    _, of_text, of_count = bits  # one number for all three: sorted some ten times faster
    packed = (((terms << of_text) | texts) << of_count) | counts
    packed.sort()
    return (packed >> of_count) & ((1 << of_text) - 1), packed & ((1 << of_count) - 1)


def _times(times: int, gain: Scores) -> Scores:
    """What a term of the query adds that stands there so many times: mostly once."""
    return gain if times == 1 else np.float32(times) * gain


def _mean(lengths: Numbers) -> float:
    return (float(lengths.mean()) if len(lengths) else 0.0) or 1.0


def _idf(holding: Numbers, size: int) -> NDArray[np.float64]:
    return np.log1p((size - holding + 0.5) / (holding + 0.5))


def _tf(counts: NDArray[np.integer[Any]], lengths: Numbers, mean: float) -> NDArray[np.float64]:
    return counts / (counts + K1 * (1 - B + B * lengths / mean))

"""The start of training: which features a model knows, and PPMI-SVD vectors for them.

Words that keep the same company get similar vectors: co-occurrence counts in a window, positive
pointwise mutual information, truncated SVD (Levy, Goldberg and Dagan 2015). Characters and
bigrams inherit the company of the words they stand in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from text.words import words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_CHUNK = 1_500_000  # words counted at a time, for memory


@dataclass(frozen=True, slots=True)
class Corpus:
    """Cut texts as numbers: `ids` `(words,)` int32 with -1 between lines; `words` by number."""

    words: tuple[str, ...]
    counts: NDArray[np.int64]
    ids: NDArray[np.int32]


def read_corpus(lines: Iterable[str]) -> Corpus:
    """Cut lines into words and number them, most frequent first (ties by the word)."""
    numbers: dict[str, int] = {}
    parts: list[NDArray[np.int32]] = []
    for line in lines:
        found = [numbers.setdefault(word, len(numbers)) for word in words(line) if _counts(word)]
        parts.append(np.array([*found, -1], dtype=np.int32))
    ids = np.concatenate(parts)
    counts = np.bincount(ids[ids >= 0], minlength=len(numbers))
    names = list(numbers)
    order = sorted(range(len(names)), key=lambda n: (-counts[n], names[n]))
    renumber = np.empty(len(names) + 1, dtype=np.int32)
    renumber[order] = np.arange(len(names), dtype=np.int32)
    renumber[-1] = -1
    return Corpus(tuple(names[n] for n in order), counts[order], renumber[ids])


def _counts(word: str) -> bool:
    return not word[0].isdigit()


def choose_features(counts: Counter[str], always: Sequence[str], size: int) -> tuple[str, ...]:
    """The words to `always` know, then the most frequent features, `size` in all, sorted."""
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    chosen = dict.fromkeys(always)
    for token in ranked:
        if len(chosen) >= size:
            break
        chosen.setdefault(token)
    return tuple(sorted(chosen))


def window_counts(corpus: Corpus, rows: int, columns: int, window: int) -> "csr_matrix":
    """Sparse `(rows, columns)` counts of the most frequent words near each other.

    A neighbour at distance `d` counts `1 / d`, on both sides, up to `window` words away.
    """
    from scipy import sparse

    total = sparse.csr_matrix((rows, columns), dtype=np.float32)
    ids = np.where(corpus.ids < max(rows, columns), corpus.ids, -2)
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK + window]
        line = np.cumsum(part == -1)
        for distance in range(1, window + 1):
            left, right = part[:-distance], part[distance:]
            near = (left >= 0) & (right >= 0) & (line[:-distance] == line[distance:])
            near[_CHUNK:] = False
            total = total + _count_both(left[near], right[near], (rows, columns), 1 / distance)
    return total


def _count_both(
    left: NDArray[np.int32], right: NDArray[np.int32], shape: tuple[int, int], weight: float
) -> "csr_matrix":
    from scipy import sparse

    row = np.concatenate([left, right])
    column = np.concatenate([right, left])
    known = (row < shape[0]) & (column < shape[1])
    values = np.full(int(known.sum()), weight, dtype=np.float32)
    return sparse.coo_matrix((values, (row[known], column[known])), shape=shape).tocsr()


def parts_of(word: str) -> Iterator[str]:
    """The word, the characters and the bigrams inside it, each once."""
    inner = [*word, *(word[i : i + 2] for i in range(len(word) - 1))]
    yield from dict.fromkeys([word, *inner] if not word.isascii() else [word])


def start_vectors(
    tokens: Sequence[str], corpus: Corpus, near: "csr_matrix", dim: int, seed: int
) -> NDArray[np.float32]:
    """`(tokens, dim)` float32 rows of length one; a token without company gets its characters'."""
    from scipy import sparse

    number = {token: n for n, token in enumerate(tokens)}
    links = [
        (number[part], w)
        for w, word in enumerate(corpus.words[: near.shape[0]])
        for part in parts_of(word)
        if part in number
    ]
    rows, columns = np.array(links).T
    inside = sparse.coo_matrix(
        (np.ones(len(links), dtype=np.float32), (rows, columns)),
        shape=(len(tokens), near.shape[0]),
    ).tocsr()
    vectors = _svd(ppmi(inside @ near), dim, seed)
    return _fill(tokens, number, _unit(vectors))


def ppmi(counts: "csr_matrix") -> "csr_matrix":
    """Positive PMI with the context distribution smoothed by the power .75."""
    matrix = counts.tocoo()
    row_sums = np.asarray(counts.sum(axis=1)).ravel()
    column_sums = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    share = column_sums / column_sums.sum()
    pmi = np.log(matrix.data / (row_sums[matrix.row] * share[matrix.col]))
    matrix.data = np.maximum(pmi, 0).astype(np.float32)
    result = matrix.tocsr()
    result.eliminate_zeros()
    return result


def _svd(matrix: "csr_matrix", dim: int, seed: int) -> NDArray[np.float32]:
    from sklearn.utils.extmath import randomized_svd

    left, values, _ = randomized_svd(matrix, dim, n_iter=3, random_state=seed)
    vectors: NDArray[np.float32] = (left * np.sqrt(values)).astype(np.float32)
    return vectors


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.zeros_like(rows)
    np.divide(rows, lengths, out=unit, where=lengths > 1e-9)
    return unit


def _fill(
    tokens: Sequence[str], number: dict[str, int], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    for n in np.flatnonzero(~vectors.any(axis=1)).tolist():
        known = [number[part] for part in parts_of(tokens[n]) if part in number]
        vectors[n] = vectors[known].sum(axis=0)
    return _unit(vectors)

"""The default encoder: sums of static vectors, without torch."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from embed.features import Bags, Vocabulary
from embed.weights import StaticWeights

# Up to so many texts are summed without scipy, which takes longer to import than they do.
_FEW = 512


class StaticEncoder:
    """Bag of words, characters and bigrams: the sum of their vectors, L2-normalised.

    Queries and documents are encoded alike. A text without a known feature gives zeros. `folder`
    is where the weights were read from, if anywhere.
    """

    def __init__(self, weights: StaticWeights, folder: Path | None = None) -> None:
        self.folder = folder
        self._weights = weights
        self._vocabulary = Vocabulary(weights.tokens)
        self._table = weights.table()

    @classmethod
    def load(cls, folder: Path) -> "StaticEncoder":
        """Open a model folder.

        :raises ModelError: a file is missing, damaged or of another format.
        """
        return cls(StaticWeights.load(folder), folder)

    @cached_property
    def model_id(self) -> str:
        """`static-` and the digest of weights, vocabulary and dictionary."""
        return f"static-{self._weights.digest()}"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._weights.dim

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised (a text without any known part: zeros)."""
        bags = self._vocabulary.bags(texts)
        few = len(texts) <= _FEW
        return unit_rows(_sums(self._table, bags) if few else _many_sums(self._table, bags))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`."""
        return self.encode_documents(texts)


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows divided by their length; rows of zeros stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    unit: NDArray[np.float32] = np.zeros_like(rows)
    np.divide(rows, lengths, out=unit, where=lengths > 0)
    return unit


def _sums(table: NDArray[np.float32], bags: Bags) -> NDArray[np.float32]:
    """Sums of the table's rows, `(texts, dim)`, for a few texts: numpy alone."""
    sums = np.zeros((len(bags.starts) - 1, table.shape[1]), dtype=np.float32)
    # text by text: reduceat over the rows of all texts takes several times as long
    for row, (start, end) in zip(sums, pairwise(bags.starts.tolist()), strict=True):
        np.add.reduce(table.take(bags.ids[start:end], axis=0), axis=0, out=row)
    return sums


def _many_sums(table: NDArray[np.float32], bags: Bags) -> NDArray[np.float32]:
    """As `_sums`, some five times faster for many texts, at the price of importing scipy."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(bags.ids), dtype=np.float32)
    shape = (len(bags.starts) - 1, len(table))
    sums: NDArray[np.float32] = csr_matrix((ones, bags.ids, bags.starts), shape=shape) @ table
    return sums

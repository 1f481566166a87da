"""Texts to vectors in a build: each text once, those of the last generation not again."""

from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from embed.beside import EncodingProcess
from embed.encoder import Encoder, Vectors
from errors import ModelError
from index.progress import Progress

# What a progress bar says of the work.
_ENCODING = "建立索引"

# Texts encoded between two reports of progress.
_CHUNK = 4096

# From so many texts on, a second process is worth its start.
MANY_TEXTS = 6000


class Encoding:
    """Encodes the texts of one build."""

    def __init__(
        self,
        encoder: Encoder,
        known: dict[str, NDArray[np.float32]],
        progress: Progress | None = None,
        beside: EncodingProcess | None = None,
    ) -> None:
        self._encoder = encoder
        self._known = known
        self._used: set[str] = set()
        self._progress = progress
        self._beside = beside
        self._coming: tuple[list[str], Future[Vectors | None]] | None = None

    @property
    def used(self) -> int:
        """How many unique texts were asked for."""
        return len(self._used)

    def begin(self, texts: Sequence[str]) -> None:
        """Say what will be asked for, so that a second process can start on it."""
        new = self._new(texts)
        if self._beside is not None and len(new) >= MANY_TEXTS:
            self._coming = new, self._beside.encode(new)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised or zero.

        :raises ModelError: the encoder gives no usable vectors.
        """
        self._used.update(texts)
        self._take_what_came()
        new = self._new(texts)
        for start in range(0, len(new), _CHUNK):
            if self._progress:
                self._progress(start, len(new), _ENCODING)
            chunk = new[start : start + _CHUNK]
            self._keep(chunk, self._encoder.encode_documents(chunk))
        if new and self._progress:
            self._progress(len(new), len(new), _ENCODING)
        if not texts:
            return np.zeros((0, self._encoder.dim), np.float32)
        return np.stack([self._known[text] for text in texts])

    def _new(self, texts: Sequence[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in self._known]

    def _take_what_came(self) -> None:
        if self._coming is None:
            return
        (texts, coming), self._coming = self._coming, None
        if self._progress:
            self._progress(0, len(texts), _ENCODING)
        vectors = coming.result()
        if vectors is not None:
            self._keep(texts, vectors)

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        expected = (len(texts), self._encoder.dim)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise ModelError(
                f"model {self._encoder.model_id}: expected {expected[0]} finite vectors of "
                f"{expected[1]} numbers, found shape {vectors.shape} or not finite; "
                "cure: choose another model with --model"
            )
        self._known.update(zip(texts, vectors, strict=True))

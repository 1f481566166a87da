"""Texts to vectors in a build: each text once, those of the last generation not again.

Vectors of a slow encoder are also taken from its cache, and put there while the build goes on.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embed.beside import CHUNK, EncodingProcess
from embed.encoder import Encoder, Vectors
from errors import ModelError
from index.progress import Progress
from index.vector_cache import SEGMENT, VectorCache

# What a progress bar says of the work.
_ENCODING = "建立索引"

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
        cache: VectorCache | None = None,
    ) -> None:
        self._encoder = encoder
        self._known = known
        self._used: set[str] = set()
        self._progress = progress
        self._beside = beside
        self._given_away: list[str] = []
        self._cache = cache
        self._looked_up: set[str] = set()
        self._chunk = CHUNK if cache is None else SEGMENT
        if cache is not None:
            cache.sweep()

    @property
    def used(self) -> int:
        """How many unique texts were asked for."""
        return len(self._used)

    def begin(self, texts: Sequence[str]) -> None:
        """Say what will be asked for: it is looked up at once, or a second process starts on it."""
        self._look_up(texts)
        new = self._new(texts)
        if self._beside is not None and len(new) >= MANY_TEXTS:
            self._beside.begin(new)
            self._given_away = new

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised or zero.

        :raises ModelError: the encoder gives no usable vectors.
        """
        self._used.update(texts)
        self._share_the_rest()
        self._look_up(texts)
        new = self._new(texts)
        for start in range(0, len(new), self._chunk):
            self._tell(start, len(new))
            chunk = new[start : start + self._chunk]
            vectors = self._encoder.encode_documents(chunk)
            self._keep(chunk, vectors)
            if self._cache is not None:
                self._cache.add(chunk, vectors)
        if new:
            self._tell(len(new), len(new))
        if not texts:
            return np.zeros((0, self._encoder.dim), np.float32)
        return np.stack([self._known[text] for text in texts])

    def _new(self, texts: Sequence[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in self._known]

    def _look_up(self, texts: Sequence[str]) -> None:
        """Take from the cache what it has; each text is looked for once."""
        if self._cache is None:
            return
        asked = [text for text in self._new(texts) if text not in self._looked_up]
        self._looked_up.update(asked)
        self._known.update(self._cache.find(asked))

    def _share_the_rest(self) -> None:
        """Take what the other process has done, encoding from the end until the two meet."""
        given, self._given_away = self._given_away, []
        if self._beside is None or not given:
            return
        left = list(range(0, len(given), CHUNK))
        while len(self._beside.came()) < len(left):
            chunk = given[(start := left.pop()) : start + CHUNK]
            self._tell(len(given) - start, len(given))
            self._keep(chunk, self._encoder.encode_documents(chunk))
        for start, vectors in zip(left, self._beside.came(), strict=False):
            self._keep(given[start : start + CHUNK], vectors)

    def _tell(self, done: int, total: int) -> None:
        if self._progress:
            self._progress(done, total, _ENCODING)

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        expected = (len(texts), self._encoder.dim)
        if vectors.shape != expected or not np.isfinite(vectors).all():
            raise ModelError(
                f"model {self._encoder.model_id}: expected {expected[0]} finite vectors of "
                f"{expected[1]} numbers, found shape {vectors.shape} or not finite; "
                "cure: choose another model with --model"
            )
        self._known.update(zip(texts, vectors, strict=True))

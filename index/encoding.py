"""Texts to vectors and terms in a build: each text once, vectors of the last generation not again.

Vectors of a slow encoder are also taken from its cache, and put there while the build goes on.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from embed.beside import CHUNK, Chunk, EncodingProcess
from embed.encoder import Encoder, Vectors
from errors import ModelError
from index.progress import Progress
from index.vector_cache import SEGMENT, VectorCache
from text.terms import Terms

# What a progress bar says of the work.
_ENCODING = "建立索引"

# From so many texts on, a second process is worth its start.
MANY_TEXTS = 6000

# Up to so many chunks the other process encodes in less time than this one takes to load what it
# needs for its share of them.
_NOT_WORTH_A_SHARE = 24


class _Known:
    """Vectors by text, in few arrays: thousands of small ones are slow to put together."""

    def __init__(self, dim: int) -> None:
        self._numbers: dict[str, int] = {}
        self._parts = [np.zeros((0, dim), np.float32)]

    def __contains__(self, text: str) -> bool:
        return text in self._numbers

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Take the vectors `(n, dim)` of texts that are not known yet."""
        start = len(self._numbers)
        self._numbers.update(zip(texts, range(start, start + len(texts)), strict=True))
        self._parts.append(vectors)

    def add_each(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """As `add`, with each vector `(dim,)` by its text."""
        if vectors:
            self.add(list(vectors), np.stack(list(vectors.values())))

    def of(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts that are known."""
        if len(self._parts) > 1:
            self._parts = [np.concatenate(self._parts)]
        numbers = [self._numbers[text] for text in texts]
        found: Vectors = self._parts[0][np.asarray(numbers, np.int64)]
        return found


class Encoding:
    """Encodes the texts of one build, and cuts them into terms."""

    def __init__(
        self,
        encoder: Encoder,
        known: Mapping[str, NDArray[np.float32]],
        progress: Progress | None = None,
        beside: EncodingProcess | None = None,
        cache: VectorCache | None = None,
    ) -> None:
        self._encoder = encoder
        self._known = _Known(encoder.dim)
        self._known.add_each(known)
        self._used: set[str] = set()
        self._progress = progress
        self._beside = beside
        self._given_away: list[str] = []
        self._cut = 0
        self._terms = Terms.of(())
        self._places: dict[str, int] = {}  # of lines in these terms
        self._cache = cache
        self._looked_up: set[str] = set()
        self._chunk = CHUNK if cache is None else SEGMENT
        if cache is not None:
            cache.sweep()

    @property
    def used(self) -> int:
        """How many unique texts were asked for."""
        return len(self._used)

    def begin(self, texts: Sequence[str], others: Sequence[str] = ()) -> None:
        """Say what will be asked for: it is looked up at once, or a second process starts on it.

        Of `texts` the terms will be wanted too.
        """
        self._look_up([*texts, *others])
        new = self._new(texts)
        cut = len(new)
        new = self._new([*texts, *others])
        if self._beside is not None and len(new) >= MANY_TEXTS:
            self._beside.begin(new, cut)
            self._given_away, self._cut = new, cut

    def terms(self, lines: Sequence[str]) -> Terms:
        """The terms of lines."""
        self._share_the_rest()
        places = self._places
        new = [line for line in dict.fromkeys(lines) if line not in places]
        if new:
            self._put_terms(new, [Terms.of(new)])
        return self._terms.taken(np.asarray([places[line] for line in lines], np.int64))

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
        return self._known.of(texts)

    def _new(self, texts: Sequence[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in self._known]

    def _look_up(self, texts: Sequence[str]) -> None:
        """Take from the cache what it has; each text is looked for once."""
        if self._cache is None:
            return
        asked = [text for text in self._new(texts) if text not in self._looked_up]
        self._looked_up.update(asked)
        self._known.add_each(self._cache.find(asked))

    def _share_the_rest(self) -> None:
        """Take what the other process has done, working from the end until the two meet.

        A few chunks are left to the other one, unless it fails.
        """
        given, self._given_away = self._given_away, []
        if self._beside is None or not given:
            return
        left = list(range(0, len(given), CHUNK))
        own: list[Chunk] = []
        while (ahead := len(left) - len(self._beside.came())) > 0:
            if not own and ahead <= _NOT_WORTH_A_SHARE and self._beside.wait(len(left)):
                break
            texts = given[(start := left.pop()) : start + CHUNK]
            self._tell(len(given) - start, len(given))
            own.append(Chunk.of(self._encoder, texts, cut=start < self._cut))
        chunks = [*self._beside.came()[: len(left)], *reversed(own)]
        for start, chunk in zip(range(0, len(given), CHUNK), chunks, strict=True):
            self._keep(given[start : start + CHUNK], chunk.vectors)
        cut = [chunk.terms for chunk in chunks if chunk.terms is not None]
        self._put_terms(given[: CHUNK * len(cut)], cut)

    def _put_terms(self, lines: Sequence[str], parts: Sequence[Terms]) -> None:
        start = len(self._places)
        self._places.update(zip(lines, range(start, start + len(lines)), strict=True))
        self._terms = Terms.joined([self._terms, *parts])

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
        self._known.add(texts, vectors)

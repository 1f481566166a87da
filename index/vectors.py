"""The vectors of a field in parts: one of the last full build, and one of each addition since."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from embed.encoder import Vectors
from index.dense import DenseIndex, Ids, Scores
from index.files import FolderReader, FolderWriter

# So many additions, and the next build writes all parts as one.
PARTS = 24

# Scores of fewer vectors are soon worked out.
_FEW = 4_096


class Part:
    """Some vectors that stand in one file of a generation, read when they are first used."""

    def __init__(self, size: int, read: Callable[[], DenseIndex]) -> None:
        self.size = size
        self._read = read
        self._kept: tuple[str, FolderReader] | None = None

    @classmethod
    def of(cls, vectors: Vectors) -> "Part":
        """A new part."""
        dense = DenseIndex.from_vectors(vectors)
        return cls(len(dense), lambda: dense)

    @classmethod
    def load(cls, files: FolderReader, name: str, size: int) -> "Part":
        """A part that stands in a file."""

        def read() -> DenseIndex:
            try:
                dense = DenseIndex.load(files.raw(name))
            except ValueError as error:
                raise files.damaged(name, str(error)) from None
            if len(dense) != size:
                raise files.damaged(name, f"{len(dense)} vectors instead of {size}")
            return dense

        part = cls(size, read)
        part._kept = name, files
        return part

    @cached_property
    def dense(self) -> DenseIndex:
        """The vectors, in FAISS.

        :raises IndexDamagedError: the file is not in its format.
        """
        return self._read()

    def save(self, files: FolderWriter, name: str) -> None:
        """Write it, or take its file over where it stands under this name already."""
        if self._kept is not None and self._kept[0] == name:
            files.keep(name, self._kept[1])
        else:
            files.raw(name, self.dense.dump())


class VectorParts:
    """Vectors numbered from 0 through all parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self._starts = np.cumsum([0, *(part.size for part in self.parts)])

    @classmethod
    def load(cls, files: FolderReader, name: str) -> "VectorParts":
        """Read what `save` wrote under this name."""
        sizes = files.array(f"{name}.parts.npy").tolist()
        return cls([Part.load(files, _file(name, n), size) for n, size in enumerate(sizes)])

    def save(self, files: FolderWriter, name: str) -> None:
        """Write one file a part."""
        files.array(f"{name}.parts.npy", np.asarray([part.size for part in self.parts], np.int64))
        for number, part in enumerate(self.parts):
            part.save(files, _file(name, number))

    def __len__(self) -> int:
        return int(self._starts[-1])

    def with_part(self, vectors: Vectors) -> "VectorParts":
        """These and further vectors, which get the next numbers."""
        return VectorParts([*self.parts, Part.of(vectors)]) if len(vectors) else self

    def vectors(self) -> Vectors:
        """A copy of all vectors, `(n, dim)`."""
        return np.concatenate([part.dense.vectors() for part in self.parts])

    def bounds(self, queries: Vectors) -> Scores:
        """What the inner product of each vector with each query `(m, dim)` is at most, `(n, m)`."""
        return np.concatenate([_bounds(part, queries) for part in self.parts])

    def scores(self, query: Vectors, ids: Ids | None = None) -> Scores:
        """Inner products of one query `(dim,)` with the vectors of `ids` (ascending; None: all)."""
        if ids is None:
            return np.concatenate([part.dense.scores(query) for part in self.parts])
        cuts = np.searchsorted(ids, self._starts)
        return np.concatenate(
            [
                part.dense.scores(query, ids[cuts[n] : cuts[n + 1]] - self._starts[n])
                for n, part in enumerate(self.parts)
            ]
        )


def _bounds(part: Part, queries: Vectors) -> Scores:
    """Those of one part; of a small one the products themselves."""
    if part.size > _FEW:
        return part.dense.bounds.of(queries)
    return np.column_stack([part.dense.scores(query) for query in queries])


def _file(name: str, number: int) -> str:
    return f"{name}.{number}.faiss"

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

    def bounds(self, queries: Vectors, share: float) -> "PartBounds":
        """What the products of all vectors with queries `(m, dim)` are at most.

        Of a small part it is the products themselves. `share` is as that of `InnerBounds`.
        """
        return PartBounds(self.parts, queries, share)

    def scores(self, query: Vectors, ids: Ids | None = None) -> Scores:
        """Inner products of one query `(dim,)` with the vectors of `ids` (None: all), in order."""
        if ids is None:
            return np.concatenate([part.dense.scores(query) for part in self.parts])
        if len(self.parts) == 1:
            return self.parts[0].dense.scores(query, ids)
        found = np.empty(len(ids), np.float32)
        parts = np.searchsorted(self._starts, ids, side="right") - 1
        for number in np.unique(parts).tolist():
            here = parts == number
            asked = ids[here] - self._starts[number]
            found[here] = self.parts[number].dense.scores(query, asked)
        return found


class PartBounds:
    """Bounds of the vectors of all parts, known once all `tasks` are done, in any order."""

    def __init__(self, parts: Sequence[Part], queries: Vectors, share: float) -> None:
        self._parts = parts
        self._queries = queries
        large = [part.size > _FEW for part in parts]
        self._bounds = [
            part.dense.bounds(share).of(queries) if is_large else None
            for part, is_large in zip(parts, large, strict=True)
        ]
        self.tasks = [task for found in self._bounds if found is not None for task in found.tasks]

    def row(self, number: int) -> Scores:
        """The bounds of all vectors for one of the queries, and a 0, `(n + 1,)`."""
        rows = [
            part.dense.scores(self._queries[number]) if found is None else found.row(number)
            for part, found in zip(self._parts, self._bounds, strict=True)
        ]
        return np.concatenate([*rows, np.zeros(1, np.float32)])


def _file(name: str, number: int) -> str:
    return f"{name}.{number}.faiss"

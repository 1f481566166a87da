"""One field of the records of a scope: its unique texts, their vectors, who has which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.dense import Ids, Scores
from index.files import FolderReader, FolderWriter
from index.texts import NO_TEXT, Field, UniqueTexts
from index.vectors import VectorParts

Rows = NDArray[np.int32]
Records = Ids
Encode = Callable[[Sequence[str]], Vectors]

# How much of a vector tells bounds (`index.bounds`): what weighs less needs to be less close.
_SHARE = 1 / 2
_SHARE_OF_OTHERS = 1 / 4

# Where records have fewer texts than this share of all, few of the texts are met twice.
_FEW = 1 / 50


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """Vectors of the unique texts of a field; `rows[record]` is the number of its text.

    After an addition there may be texts that no record has any more.
    """

    field: Field
    texts: tuple[str, ...]
    dense: VectorParts
    rows: Rows

    @classmethod
    def of(cls, unique: UniqueTexts, encode: Encode) -> "FieldIndex":
        """Index texts in the form that is encoded."""
        dense = VectorParts([]).with_part(encode(unique.texts))
        return cls(unique.field, unique.texts, dense, unique.rows)

    @classmethod
    def load(cls, field: Field, files: FolderReader, name: str) -> "FieldIndex":
        """Read what `save` wrote under this name.

        :raises IndexDamagedError: a file is missing or not in its format.
        """
        texts = tuple(files.lines(f"{name}.texts.txt"))
        rows = files.array(f"{name}.rows.npy")
        return cls(field, texts, VectorParts.load(files, name), rows)

    def save(self, files: FolderWriter, name: str) -> None:
        """Write texts, vectors and row map under this name."""
        files.lines(f"{name}.texts.txt", self.texts)
        self.dense.save(files, name)
        files.array(f"{name}.rows.npy", self.rows)

    def grown(self, texts: Sequence[str], encode: Encode) -> "FieldIndex":
        """With the texts of further records behind those there are."""
        numbers = {text: number for number, text in enumerate(self.texts)}
        rows = [numbers.setdefault(text, len(numbers)) if text else NO_TEXT for text in texts]
        all_texts = tuple(numbers)
        dense = self.dense.with_part(encode(all_texts[len(self.texts) :]))
        both = np.concatenate([self.rows, np.asarray(rows, np.int32)])
        return FieldIndex(self.field, all_texts, dense, both)

    def taken(self, records: NDArray[np.int64]) -> "FieldIndex":
        """Of these records only, in this order."""
        return FieldIndex(self.field, self.texts, self.dense, self.rows[records])

    def used(self) -> set[str]:
        """The texts that a record has."""
        return {self.texts[number] for number in self.once(self.rows).tolist()}

    def cosines(self, queries: Vectors, records: Records) -> Scores:
        """The best cosine of each record's text with `queries`, `(m, dim)`; 0 without text."""
        texts = self.rows[records]
        once = self.once(texts)
        found = np.zeros(len(self.texts) + 1, np.float32)  # the last: NO_TEXT, -1
        found[once] = reduce(np.maximum, (self.dense.scores(query, once) for query in queries))
        return found.take(texts, mode="wrap")

    def once(self, texts: Rows | Ids) -> Ids:
        """These texts without `NO_TEXT`, each once, ascending."""
        held = np.zeros(len(self.texts) + 1, np.bool_)
        held[texts] = True
        return np.flatnonzero(held[:-1])  # the last: NO_TEXT, -1

    def bounds(self, queries: Vectors) -> "FieldBounds":
        """What the cosines of all texts with queries `(m, dim)` are at most."""
        return FieldBounds(self, queries)


class FieldBounds:
    """What the cosines of a field's texts with queries `(m, dim)` are at most.

    It is known once all `tasks` are done.
    """

    def __init__(self, field: FieldIndex, queries: Vectors) -> None:
        self.field = field
        self._queries = queries
        share = _SHARE if field.field.weight == 1 else _SHARE_OF_OTHERS
        self._found = field.dense.bounds(queries, share)
        self.tasks = self._found.tasks

    @cached_property
    def _rows(self) -> list[Scores]:
        """For each query the bounds of all texts, and of no text."""
        return [self._found.row(number) for number in range(len(self._queries))]

    def best(self, count: int) -> Scores:
        """For the best of so many queries; one more than there are texts: the last is of none."""
        return reduce(np.maximum, self._rows[:count])

    def cosines(self, texts: Ids, count: int) -> Scores:
        """As `FieldIndex.cosines` with so many of the queries, for the texts of some records.

        A text is compared with a further query only where that may be nearer than those before.
        """
        if len(texts) > _FEW * len(self.field.texts):  # each text once
            once = self.field.once(texts)
            found = np.zeros(len(self.field.texts) + 1, np.float32)  # the last: NO_TEXT, -1
            found[once] = self._best(once, count)
            return found.take(texts, mode="wrap")
        known = texts != NO_TEXT
        if known.all():
            return self._best(texts, count)
        found = np.zeros(len(texts), np.float32)
        found[known] = self._best(texts[known], count)
        return found

    def _best(self, texts: Ids, count: int) -> Scores:
        found = self.field.dense.scores(self._queries[0], texts)
        for query, most in zip(self._queries[1:count], self._rows[1:count], strict=True):
            here = np.flatnonzero(most.take(texts) > found)
            if len(here):
                cosines = self.field.dense.scores(query, texts[here])
                found[here] = np.maximum(found[here], cosines)
        return found

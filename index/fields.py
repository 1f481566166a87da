"""One field of the records of a scope: its unique texts, their vectors, who has which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.dense import Ids, Mask, Scores
from index.files import FolderReader, FolderWriter
from index.texts import NO_TEXT, Field, UniqueTexts
from index.vectors import VectorParts

Rows = NDArray[np.int32]
Records = Ids
Encode = Callable[[Sequence[str]], Vectors]


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
        return {self.texts[number] for number in np.flatnonzero(self.held()).tolist()}

    def held(self, records: Mask | None = None) -> Mask:
        """For each text whether one of these records (None: any) has it."""
        found = np.zeros(len(self.texts) + 1, np.bool_)
        found[self.rows if records is None else self.rows[records]] = True
        return found[:-1]  # the last: NO_TEXT, -1

    def cosines(self, queries: Vectors, records: Records) -> Scores:
        """The best cosine of each record's text with `queries`, `(m, dim)`; 0 without text."""
        texts = self.rows[records]
        if len(texts) > len(self.texts):  # each text once
            found = np.zeros(len(self.texts) + 1, np.float32)  # the last: NO_TEXT, -1
            if self.texts:
                found[:-1] = self.best(queries)
            return found.take(texts, mode="wrap")
        known = texts != NO_TEXT
        if known.all():
            return self.best(queries, texts)
        found = np.zeros(len(texts), np.float32)
        found[known] = self.best(queries, texts[known])
        return found

    def best(self, queries: Vectors, texts: Rows | Ids | None = None) -> Scores:
        """The best cosine of each of these texts (None: all) with queries, `(m, dim)`."""
        ids = None if texts is None else texts.astype(np.int64, copy=False)
        return reduce(np.maximum, (self.dense.scores(query, ids) for query in queries))

    def bounds(self, *groups: Vectors) -> "FieldBounds":
        """For groups of queries `(m, dim)` what the best cosine of each text is at most."""
        return FieldBounds(self, groups)


class FieldBounds:
    """What the best cosines of a field's texts are at most, once all `tasks` are done."""

    def __init__(self, field: FieldIndex, groups: Sequence[Vectors]) -> None:
        self._groups = [len(group) for group in groups]
        self._products = np.empty((sum(self._groups), len(field.texts) + 1), np.float32)
        self._products[:, -1] = 0  # of no text
        self.field = field
        self.tasks = list(field.dense.bounds(np.concatenate(groups), self._products[:, :-1]))

    def best(self) -> list[Scores]:
        """For each group one more than there are texts: the last is 0, of no text."""
        rows = iter(self._products)
        return [reduce(np.maximum, islice(rows, count)) for count in self._groups]

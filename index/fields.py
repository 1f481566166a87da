"""One field of the records of a scope: its unique texts, their vectors, who has which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice

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

# Of a smaller share of the texts each is found once by sorting, sooner than by marking all.
_SMALL_SHARE = 0.1


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
    def of(cls, field: Field, texts: Sequence[str], encode: Encode) -> "FieldIndex":
        """Index one text per record, in the form that is encoded."""
        unique = UniqueTexts.of(texts)
        dense = VectorParts([]).with_part(encode(unique.texts))
        return cls(field, unique.texts, dense, unique.rows)

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
        met = np.unique(self.rows)
        return {self.texts[number] for number in met.tolist() if number != NO_TEXT}

    def cosines(self, queries: Vectors, records: Records) -> Scores:
        """The best cosine of each record's text with `queries`, `(m, dim)`; 0 without text."""
        texts = self.rows[records]
        ids, places = _each_once(texts, len(self.texts))
        scores = np.zeros(len(ids), np.float32)
        first = int(ids.searchsorted(0))  # NO_TEXT, -1, says nothing
        if len(ids) > first:
            asked = ids[first:]
            scores[first:] = reduce(np.maximum, (self.dense.scores(q, asked) for q in queries))
        return scores[places]

    def bounds(self, *groups: Vectors) -> list[Scores]:
        """For each group of queries `(m, dim)` what the best cosine of each text is at most.

        One more than there are texts: the last is 0, of no text.
        """
        scores = np.zeros((len(groups), len(self.texts) + 1), np.float32)
        if self.texts:
            columns = iter(self.dense.bounds(np.concatenate(groups)).T)
            for best, group in zip(scores, groups, strict=True):
                best[:-1] = reduce(np.maximum, islice(columns, len(group)))
        return list(scores)

    def of_records(self, scores: Scores, records: slice = slice(None)) -> Scores:
        """Scores of texts, the last that of no text, as those of records."""
        return scores.take(self.rows[records], mode="wrap")  # faster than scores[...]


def _each_once(numbers: Rows, size: int) -> tuple[Ids, Ids]:
    """The different numbers from `NO_TEXT` to below `size`, ascending; where each one stands."""
    if len(numbers) < _SMALL_SHARE * size:
        ids, places = np.unique(numbers, return_inverse=True)
        return ids.astype(np.int64), places
    met = np.zeros(size + 1, np.bool_)
    met[numbers] = True  # NO_TEXT, -1, is the last
    met = np.roll(met, 1)
    return np.flatnonzero(met) + NO_TEXT, (np.cumsum(met) - 1)[numbers - NO_TEXT]

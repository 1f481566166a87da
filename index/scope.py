"""The index of one scope: vectors and words of its texts, and how records map to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.cards import Cards
from index.dense import DenseIndex, Mask, Scores
from index.facets import Facets
from index.files import FolderReader, FolderWriter
from index.fusion import dense_score, fused_score
from index.lexical import LexicalIndex
from index.results import Scope
from index.rows import FILTERS, Row
from index.texts import FIELDS, Field, UniqueTexts, indexed_form

Rows = NDArray[np.int32]
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class FieldIndex:
    """Vectors of the unique texts of a field; `rows[record]` is the number of its text."""

    field: Field
    texts: tuple[str, ...]
    dense: DenseIndex
    rows: Rows

    @classmethod
    def of(cls, field: Field, texts: Sequence[str], encode: Encode) -> "FieldIndex":
        """Index one text per record, in the form that is encoded."""
        unique = UniqueTexts.of(texts)
        return cls(field, unique.texts, DenseIndex.from_vectors(encode(unique.texts)), unique.rows)

    @classmethod
    def load(cls, field: Field, files: FolderReader, name: str) -> "FieldIndex":
        """Read what `save` wrote under this name.

        :raises IndexDamagedError: a file is missing or not in its format.
        """
        try:
            dense = DenseIndex.load(files.raw(f"{name}.faiss"))
        except ValueError as error:
            raise files.damaged(f"{name}.faiss", str(error)) from None
        texts = tuple(files.lines(f"{name}.texts.txt"))
        return cls(field, texts, dense, files.array(f"{name}.rows.npy"))

    def save(self, files: FolderWriter, name: str) -> None:
        """Write texts, vectors and row map under this name."""
        files.lines(f"{name}.texts.txt", self.texts)
        files.raw(f"{name}.faiss", self.dense.dump())
        files.array(f"{name}.rows.npy", self.rows)

    def cosines(self, query: Vectors, wanted: Mask | None) -> Scores:
        """The cosine of each record's text with the query; 0 without text, or if not wanted."""
        scores = np.zeros(len(self.dense) + 1, np.float32)  # the last is that of NO_TEXT, -1
        if wanted is None:
            scores[:-1] = self.dense.scores(query)
        else:
            used = np.zeros(len(scores), np.bool_)
            used[self.rows[wanted]] = True
            texts = np.flatnonzero(used[:-1])
            scores[texts] = self.dense.scores(query, texts)
        return scores[self.rows]


@dataclass(frozen=True, slots=True)
class ScopeTexts:
    """The texts of the records of one scope in their indexed form, one of each a record."""

    names: tuple[str, ...]
    descriptions: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "ScopeTexts":
        """Take the texts of rows."""
        return cls(
            tuple([indexed_form(row.name) for row in rows]),
            tuple([indexed_form(row.description) for row in rows]),
        )

    def of_field(self, field: Field) -> tuple[str, ...]:
        """The texts of one field."""
        return {"name": self.names, "description": self.descriptions}[field.name]

    def encoded(self, scope: Scope) -> Iterator[str]:
        """All that get vectors in this scope; an empty text gets none."""
        for field in FIELDS[scope]:
            yield from filter(None, self.of_field(field))


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of all records of a scope, `(n,)` float32 each; 0 for records not wanted."""

    fused: Scores
    dense: Scores
    lexical: Scores


@dataclass(frozen=True, slots=True)
class ScopeIndex:
    """Everything known of the records of one scope, numbered from 0 by ascending id.

    Records of one group have the same name and description. `words_of[record]` is the number of
    the record's text in the lexical index.
    """

    fields: tuple[FieldIndex, ...]
    lexical: LexicalIndex
    words_of: Rows
    groups: Rows
    facets: Facets
    cards: Cards

    @classmethod
    def of(
        cls, scope: Scope, rows: Sequence[Row], encode: Encode, texts: "ScopeTexts | None" = None
    ) -> "ScopeIndex":
        """Index rows that are sorted by id; `texts` are theirs, where they are at hand."""
        texts = texts or ScopeTexts.of(rows)
        pairs = list(zip(texts.names, texts.descriptions, strict=True))
        joined = UniqueTexts.of(f"{name}\n{description}".strip() for name, description in pairs)
        groups = UniqueTexts.of(_comparable(f"{name}\n{text}") for name, text in pairs)
        lexical = LexicalIndex.from_texts(joined.texts)
        facets = Facets.of(FILTERS[scope], [row.filters for row in rows])
        cards = Cards.of(rows)
        # last, as the vectors may be made in another process meanwhile
        fields = tuple(FieldIndex.of(f, texts.of_field(f), encode) for f in FIELDS[scope])
        return cls(fields, lexical, joined.rows, groups.rows, facets, cards)

    @classmethod
    def load(cls, scope: Scope, files: FolderReader) -> "ScopeIndex":
        """Read what `save` wrote for this scope.

        :raises IndexDamagedError: a file is missing or not in its format.
        """
        return cls(
            tuple(
                FieldIndex.load(field, files, f"{scope}.{field.name}") for field in FIELDS[scope]
            ),
            LexicalIndex.load(files, f"{scope}.lexical"),
            files.array(f"{scope}.words.npy"),
            files.array(f"{scope}.groups.npy"),
            Facets.load(files, f"{scope}.facets"),
            Cards.load(files, f"{scope}.cards"),
        )

    def save(self, scope: Scope, files: FolderWriter) -> None:
        """Write everything for this scope."""
        for field in self.fields:
            field.save(files, f"{scope}.{field.field.name}")
        self.lexical.save(files, f"{scope}.lexical")
        files.array(f"{scope}.words.npy", self.words_of)
        files.array(f"{scope}.groups.npy", self.groups)
        self.facets.save(files, f"{scope}.facets")
        self.cards.save(files, f"{scope}.cards")

    def __len__(self) -> int:
        return len(self.cards)

    def encoded(self) -> Iterator[tuple[str, Vectors]]:
        """Every text that has a vector, with it."""
        for field in self.fields:
            yield from zip(field.texts, field.dense.vectors(), strict=True)

    def score(self, text: str, vector: Vectors, wanted: Mask | None = None) -> Scored:
        """Score the records (all, or those wanted) for a query and its vector `(dim,)`."""
        leading, *others = (field.cosines(vector, wanted) for field in self.fields)
        weights = [field.field.weight for field in self.fields[1:]]
        dense = dense_score(leading, list(zip(weights, others, strict=True)))
        shares = np.append(self.lexical.shares(text), np.float32(0))  # the last: NO_TEXT
        lexical = shares[self.words_of]
        if wanted is not None:
            lexical[~wanted] = 0
        return Scored(fused_score(dense, lexical), dense, lexical)


def _comparable(form: str) -> str:
    """As `text.normalise.fold`, of a text that has its indexed form already."""
    return form.replace(" ", "").lower()

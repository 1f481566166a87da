"""The index of one scope: vectors and words of its texts, and how records map to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Self

import numpy as np
from numpy.typing import NDArray

from embed.encoder import Vectors
from index.cards import Cards
from index.dense import Mask
from index.facets import Facets
from index.fields import Encode, FieldIndex, Rows
from index.files import FolderReader, FolderWriter
from index.lexical import Cutter, LexicalIndex
from index.results import Scope
from index.rows import FILTERS, Row
from index.texts import FIELDS, Field, IndexedForms, UniqueTexts
from text.terms import Terms

Records = NDArray[np.int64]

_SIDE = 2**31  # more texts than a field can have


@dataclass(frozen=True, slots=True)
class ScopeTexts:
    """The texts of the records of one scope in their indexed form, one of each a record."""

    names: tuple[str, ...]
    descriptions: tuple[str, ...]
    projects: tuple[str, ...]
    goals: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Row], forms: IndexedForms) -> "ScopeTexts":
        """Take the texts of rows."""
        return cls(
            tuple([forms[row.name] for row in rows]),
            tuple([forms[row.description] for row in rows]),
            tuple([forms[row.project] for row in rows]),
            tuple([forms[row.goal] for row in rows]),
        )

    def of_field(self, field: Field) -> tuple[str, ...]:
        """The texts of one field."""
        return {
            "name": self.names,
            "description": self.descriptions,
            "project": self.projects,
            "goal": self.goals,
        }[field.name]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of a scope needs neither vectors nor terms.

    `lines` are the names and descriptions that are cut into terms, each pair once.
    """

    fields: tuple[UniqueTexts, ...]
    groups: Rows
    facets: Facets
    cards: Cards
    lines: tuple[str, ...]
    words_of: Rows

    @classmethod
    def of(cls, scope: Scope, rows: Sequence[Row], forms: IndexedForms) -> Self:
        """Prepare rows that are sorted by id."""
        texts = ScopeTexts.of(rows, forms)
        fields = tuple(UniqueTexts.of(field, texts.of_field(field)) for field in FIELDS[scope])
        lines = [_joined(*pair) for pair in zip(texts.names, texts.descriptions, strict=True)]
        numbers = {line: number for number, line in enumerate(dict.fromkeys(lines))}
        return cls(
            fields,
            _groups(fields),
            Facets.of(FILTERS[scope], [row.filters for row in rows]),
            Cards.of(rows),
            tuple(numbers),
            np.asarray([numbers[line] for line in lines], np.int32),
        )


@dataclass(frozen=True)  # without slots: what is worked out of it once is kept in it
class ScopeIndex:
    """Everything known of the records of one scope, numbered from 0 by ascending id.

    `words_of[record]` is the number of the record's name and description in the lexical index,
    `groups[record]` that of all records where these are the same. `owners[record]` is the number
    of its project in the snapshot's list.
    """

    fields: tuple[FieldIndex, ...]
    lexical: LexicalIndex
    words_of: Rows
    groups: Rows
    owners: Rows
    facets: Facets
    cards: Cards

    @classmethod
    def of(
        cls,
        prepared: Prepared,
        owners: Rows,
        encode: Encode,
        cutter: Cutter = Terms.of,
    ) -> "ScopeIndex":
        """Index what was prepared of rows that are sorted by id."""
        lexical = LexicalIndex.from_texts(prepared.lines, cutter)
        return cls(
            tuple(FieldIndex.of(texts, encode) for texts in prepared.fields),
            lexical,
            prepared.words_of,
            prepared.groups,
            owners,
            prepared.facets,
            prepared.cards,
        )

    def changed(
        self, scope: Scope, stays: Mask, owners: Rows, rows: Sequence[Row], encode: Encode
    ) -> "ScopeIndex":
        """What `of` would make of the records that stay and these further rows.

        `owners` are those of the records that stay, then of the rows. Only the texts that are new
        are encoded and cut into words.
        """
        texts = ScopeTexts.of(rows, IndexedForms())
        kept = np.flatnonzero(stays)
        cards = self.cards.taken(kept).grown(rows)
        order = cards.in_order()
        fields = tuple(
            field.taken(kept).grown(texts.of_field(field.field), encode).taken(order)
            for field in self.fields
        )
        facets = self.facets.taken(kept).grown([row.filters for row in rows]).taken(order)
        old = np.concatenate([self.words_of[kept], np.full(len(rows), -1, np.int32)])[order]
        lexical, words_of = _changed_words(self.lexical, fields, old)
        return ScopeIndex(
            fields, lexical, words_of, _groups(fields), owners[order], facets, cards.taken(order)
        )

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
            files.array(f"{scope}.owners.npy"),
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
        files.array(f"{scope}.owners.npy", self.owners)
        self.facets.save(files, f"{scope}.facets")
        self.cards.save(files, f"{scope}.cards")

    def __len__(self) -> int:
        return len(self.cards)

    def members(self, group: int) -> Records:
        """The records of a group, in their order."""
        order, starts = self._by_group
        found: Records = order[starts[group] : starts[group + 1]]
        return found

    @cached_property
    def _by_group(self) -> tuple[Records, Records]:
        """All records by their group, and where each group starts."""
        counts = np.bincount(self.groups)
        return np.argsort(self.groups, kind="stable"), np.concatenate(([0], np.cumsum(counts)))

    @cached_property
    def places(self) -> tuple[Records, ...]:
        """The rows of each field in long numbers, by which numpy takes at once."""
        return tuple(field.rows.astype(np.int64) for field in self.fields)

    @cached_property
    def words_places(self) -> Records:
        """As `words_of`, in long numbers."""
        return self.words_of.astype(np.int64)

    def encoded(self) -> Iterator[tuple[str, Vectors]]:
        """Every text that has a vector, with it."""
        for field in self.fields:
            if field.texts:
                yield from zip(field.texts, field.dense.vectors(), strict=True)


def _joined(name: str, description: str) -> str:
    """The text that is cut into words; its fields stay apart."""
    return f"{name}\n{description}".strip()


def _pairs(fields: Sequence[FieldIndex]) -> NDArray[np.int64]:
    """One number per record that is equal where name and description are."""
    rows = {field.field.name: field.rows for field in fields}
    names = rows["name"].astype(np.int64) + 1
    descriptions = rows.get("description")
    return names * _SIDE + (0 if descriptions is None else descriptions.astype(np.int64) + 1)


def _changed_words(
    lexical: LexicalIndex, fields: Sequence[FieldIndex], old: Rows
) -> tuple[LexicalIndex, Rows]:
    """The lexical index of records after a change, and the number of each record's text in it.

    `old[record]` is its number before, -1 for a record that is new; its text may still be known.
    """
    _, first, words_of = np.unique(_pairs(fields), return_index=True, return_inverse=True)
    places = np.full(len(first), -1, np.int64)
    np.maximum.at(places, words_of, old)
    texts = {field.field.name: field for field in fields}

    def said(name: str, record: int) -> str:
        field = texts.get(name)
        number = -1 if field is None else int(field.rows[record])
        return "" if field is None or number < 0 else field.texts[number]

    fresh = first[places < 0].tolist()
    new = [_joined(said("name", record), said("description", record)) for record in fresh]
    return lexical.changed(places, new), words_of.astype(np.int32)


def _groups(fields: Sequence[FieldIndex] | Sequence[UniqueTexts]) -> Rows:
    """A number for each record, equal where name and description are but for case and space."""
    code = np.zeros(len(fields[0].rows), np.int64)
    for field in fields:
        if field.field.name in ("name", "description"):
            numbers: defaultdict[str, int] = defaultdict(count().__next__)
            plain = [numbers[text] for text in _comparable([*field.texts, ""])]
            code = code * _SIDE + np.asarray(plain, np.int64)[field.rows]  # the last: NO_TEXT, -1
    groups: Rows = np.unique(code, return_inverse=True)[1].astype(np.int32)
    return groups


def _comparable(forms: Iterable[str]) -> list[str]:
    """As `text.normalise.fold`, of texts that have their indexed form already: one line each."""
    return "\n".join(forms).replace(" ", "").lower().split("\n")

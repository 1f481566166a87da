"""A kept draft: the target table that one person is writing, row by row, and where rows came from.

Texts are cleaned when a row is made, so that what is read back is what was written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.layouts.levels import parent_of
from corpus.records import Indicator, Level1, Level2, Project, Source, Value
from corpus.values import parse_value
from errors import DraftLimitError
from text.normalise import one_line

MOST_ROWS = 200
"""Rows of a draft; no disclosed table is nearly as long."""
LONGEST = 2_000
"""Characters of one text."""
_MOST_ORIGINS = 5
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The row of the corpus that a row was taken from; `record` is its id."""

    record: str
    unit: str = ""
    project: str = ""
    year: int | None = None
    name: str = ""
    value: str = ""
    source: Source = Source()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row of a draft. `value` is the target value as it is written; `note` says how it came.

    Make rows with `kept_row`, which cleans their texts.
    """

    name: str = ""
    value: str = ""
    level1: Level1 | None = None
    level2: Level2 | None = None
    description: str = ""
    basis: str = ""
    note: str = ""
    origins: tuple[Origin, ...] = ()

    @property
    def read_value(self) -> Value:
        """The target value with its sign, number and measure, as a document's would be read."""
        return parse_value(
            self.value,
            name=self.name,
            description=self.description,
            level1=self.level1 or "",
            level2=self.level2 or "",
        )

    def indicator(self, row: int = 0) -> Indicator:
        """The row as the rules judge it."""
        return Indicator(
            name=self.name,
            value=self.read_value,
            level1=self.level1,
            level2=self.level2,
            description=self.description,
            basis=self.basis,
            source=Source(row=row),
        )


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A row that was deleted last, and the place where it stood."""

    at: int
    row: KeptRow


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft. `token` is its secret name, `revision` counts what was written, `changed` is when.

    `budget_wan` is 万元; `removed` are the rows that the last deletion took.
    """

    token: str = ""
    revision: int = 0
    changed: str = ""
    project: str = ""
    unit: str = ""
    department: str = ""
    budget_wan: float | None = None
    rows: tuple[KeptRow, ...] = ()
    removed: tuple[RemovedRow, ...] = ()

    def judged(self) -> Project:
        """The draft as a project that the rules judge; rows count from 1."""
        return Project(
            unit=self.unit,
            name=self.project,
            budget_wan=self.budget_wan,
            department=self.department,
            indicators=tuple(row.indicator(n) for n, row in enumerate(self.rows, start=1)),
        )


def clean(text: str, what: str = "text") -> str:
    """A text as a draft keeps it: one line, without what no file format can hold.

    :raises DraftLimitError: it is longer than `LONGEST`.
    """
    said = one_line(_UNPRINTABLE.sub("", text))
    if len(said) > LONGEST:
        raise DraftLimitError(
            f"draft: expected {what} of at most {LONGEST} characters, found {len(said)}; "
            "cure: shorten it"
        )
    return said


def kept_row(
    name: str,
    value: str = "",
    *,
    level1: Level1 | None = None,
    level2: Level2 | None = None,
    description: str = "",
    basis: str = "",
    note: str = "",
    origins: Iterable[Origin] = (),
) -> KeptRow:
    """A row with its texts cleaned; level 1 is the one above level 2 where that is given.

    :raises DraftLimitError: a text is too long.
    """
    if level2 is not None:
        level1 = parent_of(level2, level1)
    return KeptRow(
        name=clean(name, "a name"),
        value=clean(value, "a value"),
        level1=level1,
        level2=level2,
        description=clean(description, "a description"),
        basis=clean(basis, "a basis"),
        note=clean(note, "a note"),
        origins=tuple(origins)[:_MOST_ORIGINS],
    )


def with_rows(draft: KeptDraft, rows: Sequence[KeptRow]) -> KeptDraft:
    """The draft with other rows; those it had and has no more can be brought back once.

    :raises DraftLimitError: there are more than `MOST_ROWS`.
    """
    if len(rows) > MOST_ROWS:
        raise DraftLimitError(
            f"draft: expected at most {MOST_ROWS} rows, found {len(rows)}; "
            "cure: begin another draft for the rest"
        )
    return replace(draft, rows=tuple(rows))


def without(draft: KeptDraft, places: Iterable[int]) -> KeptDraft:
    """The draft without the rows at these places (from 0), which `restored` brings back."""
    gone = {place for place in places if 0 <= place < len(draft.rows)}
    if not gone:
        return draft
    removed = tuple(RemovedRow(place, draft.rows[place]) for place in sorted(gone))
    kept = tuple(row for place, row in enumerate(draft.rows) if place not in gone)
    return replace(draft, rows=kept, removed=removed)


def restored(draft: KeptDraft) -> KeptDraft:
    """The draft with the rows that the last deletion took, where they stood.

    :raises DraftLimitError: there would be too many.
    """
    rows = list(draft.rows)
    for one in draft.removed:
        rows.insert(min(one.at, len(rows)), one.row)
    return replace(with_rows(draft, rows), removed=())


def in_form_order(rows: Sequence[KeptRow]) -> tuple[KeptRow, ...]:
    """Rows by level 1 and level 2 in the order of the official forms; those without come last."""
    first, second = list(Level1), list(Level2)

    def place(row: KeptRow) -> tuple[int, int]:
        return (
            first.index(row.level1) if row.level1 else len(first),
            second.index(row.level2) if row.level2 else len(second),
        )

    return tuple(sorted(rows, key=place))

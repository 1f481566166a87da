"""Corrections: what a person changed in rows that were misread, laid over what was read.

A correction names its row as it was read (place, row, name) with the field, the text read and
the text that is right. It is applied whenever the rows of its document are stored, so it survives
reading the document again; where its row cannot be told for certain, it is left out and says why.
Everything here works on rows and texts; `corpus.store.correcting` keeps them in the database.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from corpus.records import Indicator, Inferred, Parsed, Project
from corpus.store import rows
from corpus.store.content import Content, Row, TableRows, pack
from corpus.store.corrected import ROW
from corpus.store.correction_fields import (
    INDICATOR_FIELDS,
    PROJECT_FIELDS,
    indicator_with,
    project_with,
    text_of,
)
from corpus.store.identity import identity_of
from corpus.where import located
from text.normalise import fold

_TELLS_PLACE = frozenset(
    ("unit", "unit_code", "code", "name", "province", "city", "county", "department")
)
_FOLDERS = 2  # the innermost folders of a path: those above mostly are of the machine

GONE = "the row no longer stands in the document"
SAID_NOW = "the document itself says so now"


class Part(StrEnum):
    """What a correction is of: the head of a project, or one of its indicators."""

    PROJECT = "project"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The row of a correction as it was read; `project` is the code or name of its project."""

    part: Part
    project: str
    place: str
    row: int
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as it is applied: `old` is the text read, `new` the text that is right."""

    id: int
    document_id: str
    anchor: Anchor
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a change: the table and row (0: its head) it is laid over, by position.

    `reason` says why it has no effect, "" where it has.
    """

    change: int
    table: int = 0
    row: int = 0
    reason: str = ""


Wanted = dict[tuple[int, int], list[Change]]  # by table and row


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row as it was read, with its place in the content."""

    anchor: Anchor
    table: int
    row: int
    record: Project | Indicator


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows with corrections laid over them, what became of each, and which rows are taken out.

    `taken` holds table and row positions (row 0: the whole table). What is taken out keeps its
    place in `content`, so that the other rows keep their positions.
    """

    content: Content
    effects: tuple[Effect, ...]
    taken: frozenset[tuple[int, int]] = frozenset()


def fields_of(part: Part) -> tuple[str, ...]:
    """The fields of a part that can be corrected."""
    return PROJECT_FIELDS if part is Part.PROJECT else INDICATOR_FIELDS


def anchor_at(content: Content, table: int, row: int) -> tuple[Anchor, Project | Indicator]:
    """The anchor and record at a position of what was read; row 0 is the head."""
    found = content.tables[table - 1]
    project = rows.head_from(tuple(found.head))
    if row == 0:
        return _head_anchor(project), project
    indicator = rows.indicator_from(tuple(found.indicators[row - 1]))
    return _row_anchor(project, indicator), indicator


def laid_over(
    content: Content, document_id: str, changes: Sequence[Change], path: str = ""
) -> Laid:
    """The rows with all changes that still fit.

    What is inferred of a project follows a corrected unit, code or place; `path` is where the
    document stands, which may tell its place, too.
    """
    candidates = tuple(_candidates(content))
    effects = tuple(_effect(change, document_id, candidates, changes) for change in changes)
    wanted: Wanted = {}
    for change, effect in zip(changes, effects, strict=True):
        if not effect.reason:
            wanted.setdefault((effect.table, effect.row), []).append(change)
    if not wanted:
        return Laid(content, effects)
    heads = _heads(content, wanted, path)
    tables = [
        _corrected(table, head, position, document_id, wanted)
        for position, (table, head) in enumerate(zip(content.tables, heads, strict=True), start=1)
    ]
    taken = {place for place, said in wanted.items() if any(one.field == ROW for one in said)}
    return Laid(
        replace(content, digest=_digest(content, wanted), packed=pack(tables)),
        effects,
        frozenset(taken),
    )


def _candidates(content: Content) -> Iterator[_Candidate]:
    for table, found in enumerate(content.tables, start=1):
        project = rows.head_from(tuple(found.head))
        yield _Candidate(_head_anchor(project), table, 0, project)
        for row, said in enumerate(found.indicators, start=1):
            indicator = rows.indicator_from(tuple(said))
            yield _Candidate(_row_anchor(project, indicator), table, row, indicator)


def _head_anchor(project: Project) -> Anchor:
    source = project.source
    return Anchor(
        Part.PROJECT, project.code or project.name, source.place, source.row, project.name
    )


def _row_anchor(project: Project, indicator: Indicator) -> Anchor:
    return Anchor(
        Part.INDICATOR,
        project.code or project.name,
        indicator.source.place,
        indicator.source.row,
        indicator.name,
        indicator.area,
    )


def _effect(
    change: Change,
    document_id: str,
    candidates: Iterable[_Candidate],
    changes: Sequence[Change],
) -> Effect:
    """Which row a change is of: in the same bytes the one at its place, else the only one."""
    anchor = change.anchor
    names = {fold(anchor.name)} | {
        fold(other.new) for other in changes if other.anchor == anchor and other.field == "name"
    }
    named = [
        one
        for one in candidates
        if one.anchor.part is anchor.part
        and fold(one.anchor.name) in names
        and fold(one.anchor.area) == fold(anchor.area)
    ]
    fitting = [one for one in named if fold(text_of(one.record, change.field)) == fold(change.old)]
    if change.document_id == document_id:
        here = [one for one in fitting if _place(one.anchor) == _place(anchor)]
        fitting = here or fitting
    if len(fitting) > 1:
        own = [one for one in fitting if fold(one.anchor.project) == fold(anchor.project)]
        fitting = own or fitting
    if len(fitting) == 1:
        return Effect(change.id, fitting[0].table, fitting[0].row)
    return Effect(change.id, reason=_reason(change, named, len(fitting)))


def _place(anchor: Anchor) -> tuple[str, int]:
    return anchor.place, anchor.row


def _reason(change: Change, named: Sequence[_Candidate], fitting: int) -> str:
    if fitting:
        return f"{fitting} rows of the document read so: it cannot be told which one is meant"
    if not named:
        return GONE
    said = {text_of(one.record, change.field) for one in named}
    if fold(change.new) in map(fold, said) and change.field != ROW:
        return SAID_NOW
    return f"the document now says {min(said)[:60]!r} there"


def _heads(content: Content, wanted: Wanted, path: str) -> tuple[Project, ...]:
    """The heads of all tables as they are to be, without their rows."""
    heads: list[Project] = []
    elsewhere: set[int] = set()
    for position, table in enumerate(content.tables, start=1):
        project = rows.head_from(tuple(table.head))
        for change in _in_order(wanted.get((position, 0), ()), PROJECT_FIELDS):
            project = project_with(project, change.field, change.new)
            if change.field in _TELLS_PLACE:
                project = replace(project, inferred=Inferred())
                elsewhere.add(position)
        heads.append(project)
    if not elsewhere:
        return tuple(heads)
    where = PurePosixPath(path.replace("\\", "/"))
    folder = "/".join(where.parts[-_FOLDERS - 1 : -1])
    told = located(Parsed(tuple(heads)), where.name, folder).projects
    return tuple(
        there if position in elsewhere else head
        for position, (head, there) in enumerate(zip(heads, told, strict=True), start=1)
    )


def _corrected(
    table: TableRows, head: Project, position: int, document_id: str, wanted: Wanted
) -> TableRows:
    return TableRows(
        identity=identity_of(head, document_id, position),
        head=rows.head_row(head),
        goals=table.goals,
        indicators=[
            _corrected_row(row, wanted[position, number], head.year)
            if (position, number) in wanted
            else row
            for number, row in enumerate(table.indicators, start=1)
        ],
    )


def _corrected_row(row: Row, changes: Iterable[Change], year: int | None) -> Row:
    indicator = rows.indicator_from(tuple(row))
    for change in _in_order(changes, INDICATOR_FIELDS):
        indicator = indicator_with(indicator, change.field, change.new, year)
    return rows.indicator_row(indicator)


def _in_order(changes: Iterable[Change], fields: tuple[str, ...]) -> list[Change]:
    """By field, and of several of one field (of the document and of its path) the latest last."""
    found = [change for change in changes if change.field in fields]
    return sorted(found, key=lambda change: (fields.index(change.field), change.id))


def _digest(content: Content, wanted: Wanted) -> str:
    """Another name for rows that are other ones; the same corrections give the same name."""
    said = sorted(
        (table, row, change.field, change.new)
        for (table, row), changes in wanted.items()
        for change in changes
    )
    text = json.dumps([content.digest, said])
    return hashlib.sha256(text.encode("ascii")).hexdigest()

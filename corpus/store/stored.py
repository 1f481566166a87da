"""What the store gives back: records with their ids, documents, files skipped, figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.records import Goal, Indicator, Masked, Project, Remark, Source
from corpus.store.identity import indicator_id

NOTHING_MASKED = Masked()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A field that a person has put right: of which record (by id), and what was read there."""

    id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StoredProject:
    """An active project; `sources` names every table of the same disclosure, the shown one first.

    `document_id` is the document that the shown table comes from. `positions` are the places of
    the indicators in their table where a correction has taken rows out of it, else ().
    """

    id: str
    project: Project
    sources: tuple[Source, ...]
    document_id: str
    corrections: tuple[Corrected, ...] = ()
    positions: tuple[int, ...] = ()

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """The ids of the indicators, in their order."""
        places = self.positions or range(1, len(self.project.indicators) + 1)
        return tuple([indicator_id(self.id, place) for place in places])

    @property
    def corrected(self) -> frozenset[str]:
        """The ids of all records that hold something put right: indicators, or the project."""
        return frozenset(one.id for one in self.corrections)


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of a document; where not `active`, another document shows the same project.

    `position` is its place in the document.
    """

    position: int
    active: bool
    stored: StoredProject


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record stands: document, position of its table, and of its row (0: the head)."""

    document_id: str
    table: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """A correction: `name` and `old` as they were read and shown, `new` as it was put right.

    `record` is the id of the project or indicator that it is laid over now and `at` its place, ""
    and None where there is none. Where it has no effect, `reason` says why.
    """

    id: int
    record: str
    part: str
    document_id: str
    document: str
    paths: tuple[str, ...]
    place: str
    row: int
    project: str
    name: str
    area: str
    field: str
    old: str
    new: str
    made: str
    at: RecordPlace | None
    reason: str

    @property
    def in_effect(self) -> bool:
        """Whether it is laid over a row now."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class StoredIndicator:
    """An indicator of an active project; `head` is that project without its rows."""

    id: str
    project_id: str
    head: Project
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class StoredGoal:
    """A goal of an active project; `head` is that project without its rows."""

    id: str
    project_id: str
    head: Project
    goal: Goal


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document; the counts are of all it holds, active or shown from another document.

    `path` is the first of `paths`, "" where none is known. `masked` counts the personal data that
    stand in it and are not kept.
    """

    id: str
    name: str
    path: str
    paths: tuple[str, ...]
    size: int
    added: str
    projects: int
    goals: int
    indicators: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    masked: Masked = NOTHING_MASKED


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was not read, and why."""

    path: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorpusStats:
    """Figures of the whole corpus; records are counted where they are active.

    `projects` counts budget projects, `whole_unit` the targets of whole departments. `by_year`
    counts projects of either kind by their year, printed or else inferred ("" unknown);
    `by_level2` and `by_value_kind` count indicators. `masked` counts, over all documents, the
    personal data that stand in them and are not kept.
    """

    documents: int
    skipped: int
    units: int
    projects: int
    whole_unit: int
    goals: int
    indicators: int
    by_year: Mapping[str, int]
    by_level2: Mapping[str, int]
    by_value_kind: Mapping[str, int]
    masked: Masked = NOTHING_MASKED

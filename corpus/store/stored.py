"""What the store gives back: records with their ids, documents, files skipped, figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.records import Goal, Indicator, Project, Remark, Source


@dataclass(frozen=True, slots=True)
class StoredProject:
    """An active project; `sources` names every table of the same disclosure, the shown one first.

    `document_id` is the document that the shown table comes from.
    """

    id: str
    project: Project
    sources: tuple[Source, ...]
    document_id: str


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

    `path` is the first of `paths`, "" where none is known.
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
    `by_level2` and `by_value_kind` count indicators.
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

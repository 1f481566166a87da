"""Boilerplate as it is asked for: families, their members, shares of units and documents."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from corpus.records import Indicator, Project, ProjectKind, Source
from corpus.store.identity import goal_id
from corpus.store.stored import StoredIndicator, StoredProject
from corpus.values import value_text
from errors import IndexDamagedError, UsageError
from index.files import FolderReader, FolderWriter
from index.generations import current_name
from peers.boilerplate import files
from peers.boilerplate.files import Clusters
from peers.boilerplate.records import (
    CopiedTables,
    Family,
    Kind,
    Member,
    MemberText,
    Share,
)
from service.home import Home
from service.office_text import csv_text

if TYPE_CHECKING:
    from peers.boilerplate.grouping import Encode

DEFAULT_TOP = 50


@dataclass(frozen=True, slots=True)
class DocumentShare:
    """How much of a document is boilerplate, as `Share` says; `file` is its name."""

    file: str
    document_id: str
    texts: int
    shared: int
    echo: int
    share: float


@dataclass(frozen=True, slots=True)
class ClustersRequest:
    """Which families are asked for.

    `min_units` leaves families of fewer units out, `unit` keeps those that a unit uses, and
    `standard` also gives those that are rightly shared.
    """

    of: Kind = Kind.NAME
    top: int = DEFAULT_TOP
    min_units: int = 1
    unit: str = ""
    standard: bool = True


@dataclass(frozen=True, slots=True)
class ClustersAnswer:
    """Families, those of most units first; `total` counts those that were asked for, shown or not.

    `share_by_unit`, `share_by_document` and `copied_tables` are of the whole corpus, or of the
    unit that was asked for. `behind`: the corpus has changed since families were looked for.
    """

    of: Kind
    clusters: tuple[Family, ...]
    total: int
    share_by_unit: tuple[Share, ...]
    share_by_document: tuple[DocumentShare, ...]
    copied_tables: tuple[CopiedTables, ...]
    behind: bool


@dataclass(frozen=True, slots=True)
class MembersAnswer:
    """A family with all its members, the likest first."""

    cluster: Family
    members: tuple[MemberText, ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text of a document, and its family where it has one."""

    id: str
    kind: Kind
    text: str
    family: Family | None

    @property
    def idle(self) -> bool:
        """Whether it is boilerplate: an echo, or shared by units without right."""
        return self.family is not None and self.family.idle


@dataclass(frozen=True, slots=True)
class MarkedProject:
    """A project of a document with all its texts, goals first, then row by row."""

    project: Project
    texts: tuple[MarkedText, ...]


class ClusterReader:
    """The boilerplate of a home, found when its index was built, held open for many questions.

    Many threads may ask at once; what is asked again is not read again.
    """

    def __init__(self, home: Home, found: Clusters) -> None:
        self._home = home
        self._found = found

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open the boilerplate of the valid index.

        :raises SearchIndexError: the index is missing or damaged.
        """
        return cls(home, Clusters.open(home.index_dir))

    @property
    def generation(self) -> str:
        """The name of the generation that answers."""
        return self._found.generation

    @property
    def behind(self) -> bool:
        """Whether the corpus has changed since families were looked for."""
        return self._found.behind

    @property
    def copied_tables(self) -> tuple[CopiedTables, ...]:
        """The pairs of units with copied tables, those with most first."""
        return self._found.copied

    def is_stale(self) -> bool:
        """Whether another generation is valid by now; reads one small file."""
        try:
            return current_name(self._home.index_dir) != self._found.generation
        except IndexDamagedError:
            return True

    def places(self, request: ClustersRequest) -> tuple[int, ...]:
        """Where the families that are asked for stand, all of them; see `families`.

        :raises UsageError: `min_units` is below 1.
        """
        _from_one("min-units", request.min_units)
        told = self._found.briefs(request.of)
        few = told.shared & (told.units < request.min_units)
        out = few if request.standard else few | told.standard
        places = tuple(np.flatnonzero(~out).tolist())
        if not request.unit:
            return places
        found = self._found.families_at(request.of, places)
        return tuple(
            place
            for place, family in zip(places, found, strict=True)
            if any(count.unit == request.unit for count in family.by_unit)
        )

    def families(self, of: Kind, places: Iterable[int]) -> tuple[Family, ...]:
        """Families of a kind by their places."""
        return self._found.families_at(of, places)

    def answer(self, request: ClustersRequest) -> ClustersAnswer:
        """The first families that are asked for, and shares.

        :raises UsageError: `top` or `min_units` is below 1.
        """
        _from_one("top", request.top)
        wanted = self.places(request)
        whose = request.unit
        return ClustersAnswer(
            of=request.of,
            clusters=self.families(request.of, wanted[: request.top]),
            total=len(wanted),
            share_by_unit=tuple(
                share for share in self._found.by_unit if whose in ("", share.name)
            ),
            share_by_document=self.document_shares(whose),
            copied_tables=tuple(
                pair for pair in self._found.copied if whose in ("", pair.unit, pair.other_unit)
            ),
            behind=self.behind,
        )

    def document_shares(self, unit: str = "") -> tuple[DocumentShare, ...]:
        """How much of each document is boilerplate, of all units or ("" for all) of one."""
        with self._home.store() as store:
            names = {document.id: document.name for document in store.documents()}
            if unit:
                own = {one.document_id for one in store.projects() if one.project.unit == unit}
                names = {name: file for name, file in names.items() if name in own}
        return tuple(
            DocumentShare(names[one.name], one.name, one.texts, one.shared, one.echo, one.share)
            for one in self._found.by_document
            if one.name in names
        )

    def members(self, family_id: str) -> MembersAnswer:
        """All members of a family with what they say and where.

        Members that the corpus holds no more are left out; `behind` tells that.

        :raises UsageError: there is no such family.
        """
        family = self._found.family(family_id)
        listed = self._found.members(family_id)
        with self._home.store() as store:
            if family.kind in _TEXTS:
                said = {one.id: one for one in store.indicators_at([one.id for one in listed])}
                return MembersAnswer(
                    family,
                    tuple(
                        _of_row(family.kind, member, said[member.id])
                        for member in listed
                        if member.id in said
                    ),
                )
            wanted = {member.project_id for member in listed}
            projects = {one.id: one for one in store.projects(wanted)}
        shown = (
            _of_project(family.kind, member, projects[member.project_id])
            for member in listed
            if member.project_id in projects
        )
        return MembersAnswer(family, tuple(member for member in shown if member is not None))

    def document(self, document_id: str) -> tuple[MarkedProject, ...]:
        """The texts of a document with the families that they belong to, table by table.

        :raises UsageError: there is no such document.
        """
        with self._home.store() as store:
            tables = [table.stored for table in store.tables(document_id) if table.active]
        ids = {one for stored in tables for one in (*stored.indicator_ids, *_goal_ids(stored))}
        found = self._found.of_records(ids, [stored.id for stored in tables])
        return tuple(
            MarkedProject(stored.project, tuple(_marked_texts(stored, found))) for stored in tables
        )


def clusters(home: Home, request: ClustersRequest) -> ClustersAnswer:
    """The boilerplate families of a home, as `ClusterReader.answer` has them.

    :raises UsageError: `top` or `min_units` is below 1.
    :raises SearchIndexError: the index is missing or damaged.
    """
    return ClusterReader.open(home).answer(request)


def members(home: Home, family_id: str) -> MembersAnswer:
    """All members of a family, as `ClusterReader.members` has them.

    :raises UsageError: there is no such family.
    :raises SearchIndexError: the index is missing or damaged.
    """
    return ClusterReader.open(home).members(family_id)


def _marked_texts(
    stored: StoredProject, found: Mapping[tuple[Kind, str], Family]
) -> Iterator[MarkedText]:
    whole = stored.project.kind is ProjectKind.WHOLE_UNIT
    kind = Kind.PARAGRAPH if whole else Kind.GOAL
    for own_id, goal in zip(_goal_ids(stored), stored.project.goals, strict=True):
        yield MarkedText(own_id, kind, goal.text, found.get((kind, own_id)))
    for own_id, row in zip(stored.indicator_ids, stored.project.indicators, strict=True):
        for kind, text_of in _TEXTS.items():
            yield MarkedText(own_id, kind, text_of(row), found.get((kind, own_id)))


def _goal_ids(stored: StoredProject) -> list[str]:
    return [goal_id(stored.id, number) for number in range(1, len(stored.project.goals) + 1)]


def to_csv(found: MembersAnswer) -> bytes:
    """All members as .csv, to be opened by Excel (UTF-8 with BOM); no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("模板", csv_text(found.cluster.template)))
    writer.writerow(("相似度", "单位", "年度", "项目", "指标", "原文", "文件", "位置", "行"))
    for one in found.members:
        source = one.source
        cells: tuple[object, ...] = (
            one.score,
            one.unit,
            one.year or "",
            one.project,
            one.name,
            one.text,
        )
        cells += (source.file, source.place, source.row)
        writer.writerow(csv_text(str(cell)) for cell in cells)
    return text.getvalue().encode("utf-8-sig")


def write_boilerplate(
    folder: FolderWriter,
    projects: Iterable[StoredProject],
    encode: "Encode",
    revision: str,
) -> None:
    """Find the boilerplate of all projects and write it into a generation."""
    from peers.boilerplate.build import boilerplate_of  # much that reading does not need

    files.save(folder, boilerplate_of(projects, encode), revision)


def keep_boilerplate(folder: FolderWriter, last: FolderReader | None) -> None:
    """Take over what the last generation has, if anything (see `behind`)."""
    if last is not None:
        files.keep(folder, last)


def _from_one(name: str, number: int) -> None:
    if number < 1:
        raise UsageError(f"--{name} expects a number from 1, found {number}")


_TEXTS: Mapping[Kind, Callable[[Indicator], str]] = {
    Kind.NAME: lambda row: row.name,
    Kind.VALUE: lambda row: value_text(row.value),
    Kind.DESCRIPTION: lambda row: row.description,
}
"""The texts of a row that families are made of."""


def _of_row(kind: Kind, member: Member, stored: StoredIndicator) -> MemberText:
    row = stored.indicator
    return _said(member, stored.head, row.name, _TEXTS[kind](row), row.source)


def _of_project(kind: Kind, member: Member, stored: StoredProject) -> MemberText | None:
    """A goal or a table; None where the goal is gone."""
    project = stored.project
    if kind is Kind.TABLE:
        return _said(
            member, project, project.name, f"{len(project.indicators)} 条指标", project.source
        )
    ids = _goal_ids(stored)
    if member.id not in ids:
        return None
    goal = project.goals[ids.index(member.id)]
    return _said(member, project, goal.section, goal.text, goal.source)


def _said(member: Member, project: Project, name: str, text: str, source: Source) -> MemberText:
    return MemberText(
        id=member.id,
        project_id=member.project_id,
        unit=member.unit,
        project=project.name,
        year=member.year,
        name=name,
        text=text,
        score=member.score,
        stage=member.stage,
        source=source,
    )

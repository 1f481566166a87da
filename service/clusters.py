"""Boilerplate as it is asked for: families, their members, shares of units and documents."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Project, ProjectKind, Source
from corpus.store.identity import goal_id
from corpus.store.stored import StoredProject
from corpus.values import value_text
from errors import UsageError
from index.files import FolderReader, FolderWriter
from peers.boilerplate import files
from peers.boilerplate.build import boilerplate_of, is_idle
from peers.boilerplate.files import Clusters
from peers.boilerplate.grouping import Encode
from peers.boilerplate.records import (
    CopiedTables,
    Family,
    Form,
    Kind,
    Member,
    MemberText,
    Share,
)
from service.home import Home

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
        return self.family is not None and is_idle(self.family)


@dataclass(frozen=True, slots=True)
class MarkedProject:
    """A project of a document with all its texts, goals first, then row by row."""

    project: Project
    texts: tuple[MarkedText, ...]


def clusters(home: Home, request: ClustersRequest) -> ClustersAnswer:
    """The boilerplate families of a home, found when its index was built.

    :raises UsageError: `top` or `min_units` is below 1.
    :raises SearchIndexError: the index is missing or damaged.
    """
    for name, number in (("top", request.top), ("min-units", request.min_units)):
        if number < 1:
            raise UsageError(f"--{name} expects a number from 1, found {number}")
    found = Clusters.open(home.index_dir)
    wanted = [family for family in found.families(request.of) if _is_wanted(family, request)]
    whose = request.unit
    pairs = found.copied
    return ClustersAnswer(
        of=request.of,
        clusters=tuple(wanted[: request.top]),
        total=len(wanted),
        share_by_unit=tuple(share for share in found.by_unit if whose in ("", share.name)),
        share_by_document=_document_shares(home, found.by_document, whose),
        copied_tables=tuple(pair for pair in pairs if whose in ("", pair.unit, pair.other_unit)),
        behind=found.behind,
    )


def members(home: Home, family_id: str) -> MembersAnswer:
    """All members of a family with what they say and where.

    Members that the corpus holds no more are left out; `ClustersAnswer.behind` tells that.

    :raises UsageError: there is no such family.
    :raises SearchIndexError: the index is missing or damaged.
    """
    found = Clusters.open(home.index_dir)
    family = found.family(family_id)
    listed = found.members(family_id)
    with home.store() as store:
        projects = {one.id: one for one in store.projects({member.project_id for member in listed})}
    shown = (
        _member_text(family.kind, member, projects[member.project_id])
        for member in listed
        if member.project_id in projects
    )
    return MembersAnswer(family, tuple(member for member in shown if member is not None))


def document(home: Home, document_id: str) -> tuple[MarkedProject, ...]:
    """The texts of a document with the families that they belong to, table by table.

    :raises UsageError: there is no such document.
    :raises SearchIndexError: the index is missing or damaged.
    """
    with home.store() as store:
        tables = [table.stored for table in store.tables(document_id) if table.active]
    ids = {one for stored in tables for one in (*stored.indicator_ids, *_goal_ids(stored))}
    found = Clusters.open(home.index_dir).of_records(ids)
    return tuple(
        MarkedProject(stored.project, tuple(_marked_texts(stored, found))) for stored in tables
    )


def _marked_texts(
    stored: StoredProject, found: Mapping[tuple[Kind, str], Family]
) -> Iterator[MarkedText]:
    whole = stored.project.kind is ProjectKind.WHOLE_UNIT
    kind = Kind.PARAGRAPH if whole else Kind.GOAL
    for own_id, goal in zip(_goal_ids(stored), stored.project.goals, strict=True):
        yield MarkedText(own_id, kind, goal.text, found.get((kind, own_id)))
    for own_id, row in zip(stored.indicator_ids, stored.project.indicators, strict=True):
        texts = {
            Kind.NAME: row.name,
            Kind.VALUE: value_text(row.value),
            Kind.DESCRIPTION: row.description,
        }
        for kind, text in texts.items():
            yield MarkedText(own_id, kind, text, found.get((kind, own_id)))


def _goal_ids(stored: StoredProject) -> list[str]:
    return [goal_id(stored.id, number) for number in range(1, len(stored.project.goals) + 1)]


def to_csv(found: MembersAnswer) -> bytes:
    """All members as .csv, to be opened by Excel (UTF-8 with BOM); no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("模板", found.cluster.template))
    writer.writerow(("相似度", "单位", "年度", "项目", "指标", "原文", "文件", "位置", "行"))
    for one in found.members:
        source = one.source
        cells = (one.score, one.unit, one.year or "", one.project, one.name, one.text)
        writer.writerow(map(_cell, (*cells, source.file, source.place, source.row)))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """What a spreadsheet would take for a formula gets a quotation mark in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def write_boilerplate(
    folder: FolderWriter,
    projects: Iterable[StoredProject],
    encode: Encode,
    revision: str,
) -> None:
    """Find the boilerplate of all projects and write it into a generation."""
    files.save(folder, boilerplate_of(projects, encode), revision)


def keep_boilerplate(folder: FolderWriter, last: FolderReader | None) -> None:
    """Take over what the last generation has, if anything (see `behind`)."""
    if last is not None:
        files.keep(folder, last)


def _is_wanted(family: Family, request: ClustersRequest) -> bool:
    if family.units < request.min_units and family.form is Form.SHARED:
        return False
    if family.standard and not request.standard:
        return False
    return not request.unit or any(count.unit == request.unit for count in family.by_unit)


def _document_shares(home: Home, shares: Sequence[Share], unit: str) -> tuple[DocumentShare, ...]:
    with home.store() as store:
        names = {document.id: document.name for document in store.documents()}
        if unit:
            own = {one.document_id for one in store.projects() if one.project.unit == unit}
            names = {name: file for name, file in names.items() if name in own}
    return tuple(
        DocumentShare(names[one.name], one.name, one.texts, one.shared, one.echo, one.share)
        for one in shares
        if one.name in names
    )


def _member_text(kind: Kind, member: Member, stored: StoredProject) -> MemberText | None:
    """The member with its text; None where its row is gone."""
    project = stored.project
    if kind is Kind.TABLE:
        return _said(
            member, project, project.name, f"{len(project.indicators)} 条指标", project.source
        )
    if kind in (Kind.GOAL, Kind.PARAGRAPH):
        ids = _goal_ids(stored)
        if member.id not in ids:
            return None
        goal = project.goals[ids.index(member.id)]
        return _said(member, project, goal.section, goal.text, goal.source)
    if member.id not in stored.indicator_ids:
        return None
    row = project.indicators[stored.indicator_ids.index(member.id)]
    text = {
        Kind.NAME: row.name,
        Kind.DESCRIPTION: row.description,
        Kind.VALUE: value_text(row.value),
    }[kind]
    return _said(member, project, row.name, text, row.source)


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

"""The boilerplate of a home: found when its index is built, held open to be asked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import numpy as np

from corpus.store.stored import StoredProject
from errors import IndexDamagedError, UsageError
from index.files import FolderReader, FolderWriter
from index.generations import current_name
from peers.boilerplate import files
from peers.boilerplate.files import Clusters
from peers.boilerplate.records import CopiedTables, Family, Kind
from service.cluster_records import (
    ClustersAnswer,
    ClustersRequest,
    DocumentShare,
    MarkedProject,
    MembersAnswer,
)
from service.cluster_texts import TEXTS, goal_ids, marked_texts, of_project, of_row
from service.home import Home

if TYPE_CHECKING:
    from peers.boilerplate.grouping import Encode


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
            if family.kind in TEXTS:
                said = {one.id: one for one in store.indicators_at([one.id for one in listed])}
                return MembersAnswer(
                    family,
                    tuple(
                        of_row(family.kind, member, said[member.id])
                        for member in listed
                        if member.id in said
                    ),
                )
            wanted = {member.project_id for member in listed}
            projects = {one.id: one for one in store.projects(wanted)}
        shown = (
            of_project(family.kind, member, projects[member.project_id])
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
        ids = {one for stored in tables for one in (*stored.indicator_ids, *goal_ids(stored))}
        found = self._found.of_records(ids, [stored.id for stored in tables])
        return tuple(
            MarkedProject(stored.project, tuple(marked_texts(stored, found))) for stored in tables
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

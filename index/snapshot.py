"""One generation opened for searching."""

from pathlib import Path

from index.concepts import KnownConcepts
from index.files import FolderReader
from index.generations import Generation, open_current
from index.results import Scope
from index.scope import ScopeIndex

PROJECTS = "projects.txt"
"""Lists the projects that the owners of records number: id and stamp, by id."""


class Snapshot:
    """A generation held open: it answers the same whatever is built meanwhile."""

    def __init__(self, generation: Generation, files: FolderReader) -> None:
        self.generation = generation
        self._files = files
        self._scopes: dict[Scope, ScopeIndex] = {}
        self._concepts: KnownConcepts | None = None

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Open the valid generation of an index folder, all hashes verified.

        :raises IndexMissingError: none was built.
        :raises IndexDamagedError: a file is missing or not what was written; it is named.
        """
        return cls(*open_current(folder))

    @property
    def files(self) -> FolderReader:
        """All files of the generation."""
        return self._files

    def scope(self, scope: Scope) -> ScopeIndex:
        """The index of a scope, read when it is first asked for."""
        if scope not in self._scopes:
            self._scopes[scope] = ScopeIndex.load(scope, self._files)
        return self._scopes[scope]

    def concepts(self) -> KnownConcepts:
        """The concepts with their vectors, read when they are first asked for."""
        if self._concepts is None:
            self._concepts = KnownConcepts.load(self._files)
        return self._concepts

    def projects(self) -> dict[str, str]:
        """The stamp of each project that is indexed, by id; their order numbers them."""
        lines = (line.split(" ") for line in self._files.lines(PROJECTS))
        return {project: stamp for project, stamp in lines}

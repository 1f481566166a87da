"""Boilerplate as it is asked for and answered: families, members, shares, marked texts."""

from dataclasses import dataclass

from corpus.records import Project
from peers.boilerplate.records import CopiedTables, Family, Kind, MemberText, Share

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

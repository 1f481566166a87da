"""What is asked for a whole table, and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from corpus.records import Level1, Level2, Source
from peers.records import PeerRow, Refusal, Suggestion


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """A project that needs a table. `budget_wan` is 万元; rows of `exclude_unit` are no peers."""

    name: str
    purpose: str = ""
    department: str = ""
    county: str = ""
    budget_wan: float | None = None
    exclude_unit: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class SimilarProject:
    """A project of another unit that the table is drawn from."""

    id: str
    project: str
    unit: str
    county: str
    department: str
    year: int | None
    budget_wan: float | None
    score: float
    source: Source


@dataclass(frozen=True, slots=True)
class Support:
    """How many (`k`) of the `n` similar projects have such a row."""

    k: int
    n: int


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of the table with the rows of peers that it comes from.

    `description` is the fullest that a peer prints, "" where none says more than the name.
    `suggestion` is None where peers tell no value; `refusal` says why.
    """

    level1: Level1
    level2: Level2
    name: str
    description: str
    suggestion: Suggestion | None
    refusal: Refusal | None
    support: Support
    examples: tuple[PeerRow, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """An official group: rows in the table, and how many similar projects measure something."""

    level1: Level1
    level2: Level2
    rows: int
    support: Support


@dataclass(frozen=True, slots=True)
class DraftTable:
    """The table, the projects it is drawn from, and what of the official groups it covers."""

    project: str
    budget_wan: float | None
    similar_projects: tuple[SimilarProject, ...]
    indicators: tuple[DraftRow, ...]
    coverage: tuple[Covered, ...]

"""What is asked of the index, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from corpus.records import Source
from index.bands import Band


class Scope(StrEnum):
    """What sort of record is searched."""

    INDICATOR = "indicator"
    GOAL = "goal"
    PROJECT = "project"


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question. `where` maps a field to the values of which one must hold.

    Fields of `where`: province, city, county, unit, department, year and, for indicators,
    level1, level2, value_kind, measurable (true or false). `marked` off leaves highlights and
    facets out, where only the records are wanted. `anyway` asks for the best records also where
    nothing is similar.
    """

    text: str
    scope: Scope = Scope.INDICATOR
    top: int = 20
    where: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    marked: bool = True
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span of characters, `text[start:end]`, of the hit's field `name` or `description`.

    `kind` is `lexical` for words of the query, `semantic` for other words without which the
    record would be clearly less like the query.
    """

    field: str
    start: int
    end: int
    kind: str = "lexical"


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: records whose name and description are identical, shown by their best one.

    `score` (0 to 1) is the fused score, `dense` the cosine, `lexical` the share of the query's
    words found (0 to 1). `value` is the target value as people read it; for a goal `name` is the
    clause, for a project its name (the unit's name for a whole unit) and `description` its
    purpose. `count` is the number of records collapsed, `units` the units they come from and
    `members` their ids, best first (at most `index.shown.MEMBER_LIMIT` of either). `band` says
    in words what the score means (`index.bands`). `corrected`: a person has put the record right.
    """

    rank: int
    id: str
    project_id: str
    score: float
    band: Band
    dense: float
    lexical: float
    name: str
    description: str
    value: str
    level1: str
    level2: str
    unit: str
    county: str
    department: str
    project: str
    year: int | None
    source: Source
    count: int
    units: tuple[str, ...]
    members: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that a filter could take, and how many records it would leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The hits, best first; none where nothing is similar enough.

    `total` and `facets` count records of the whole result set.

    The result set is every record above the relevance cut, and those of the hits shown. A
    field's own filter is left out of its facet, so that a user can see what switching would give.
    `nearest_concept` is the known indicator that the query is nearest to, "" when far from all.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[FacetValue, ...]]
    nearest_concept: str
    took_ms: float

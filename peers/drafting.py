"""A whole indicator table from what similar projects really print."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from corpus.records import Indicator, Level1, Level2, Operator
from corpus.store.stored import StoredIndicator, StoredProject
from corpus.where import settled
from errors import UsageError
from index.results import Scope, SearchRequest
from knowledge.concepts import MeasureClass
from peers.closeness import Scale, closeness
from peers.confidence import confidence
from peers.estimate import shown
from peers.families import TOTAL_COST, family_of
from peers.fitting import can_be
from peers.quantities import quantity_of
from peers.records import Draft, PeerRow, Reach, Suggestion
from peers.retrieve import Corpus, peer_of
from peers.shown import shown_row
from peers.suggest import suggest
from peers.tables import Covered, DraftRow, DraftTable, ProjectDraft, SimilarProject, Support
from text.concept_names import concept_of
from text.hollow_names import is_hollow
from text.name_classes import plain_name
from text.normalise import fold

PROJECTS = 12
"""Similar projects that a table is drawn from."""

_HITS = 40
_LEAST_SCORE = 0.35
_OF_BEST = 0.6
_OF_A_UNIT = 2
_LOOKED_AT = 30
_EXAMPLES = 4

Projects = Callable[[str], StoredProject]

# Level 2 in the order of the forms, its level 1, and how many rows a table has of it at most.
_ORDER: tuple[tuple[Level2, Level1, int], ...] = (
    (Level2.QUANTITY, Level1.OUTPUT, 4),
    (Level2.QUALITY, Level1.OUTPUT, 2),
    (Level2.TIMELINESS, Level1.OUTPUT, 1),
    (Level2.COST, Level1.COST, 1),
    (Level2.ECONOMIC, Level1.BENEFIT, 1),
    (Level2.SOCIAL, Level1.BENEFIT, 2),
    (Level2.ECOLOGICAL, Level1.BENEFIT, 1),
    (Level2.SUSTAINABLE, Level1.BENEFIT, 1),
    (Level2.SATISFACTION, Level1.SATISFACTION, 1),
)
_AS_COST = frozenset((Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST))


@dataclass(frozen=True, slots=True)
class _Met:
    """One row of a similar project."""

    project: StoredProject
    row: Indicator
    own_id: str
    level2: Level2
    rank: int
    score: float


def draft_table(draft: ProjectDraft, corpus: Corpus, projects: Projects) -> DraftTable:
    """The rows that similar projects have, those with most support first in each group.

    :raises UsageError: the draft has no name, or a condition cannot be.
    :raises StoreError: the corpus cannot be read.
    """
    if not draft.name.strip():
        raise UsageError("draft: expected the name of a project, found none")
    similar = similar_projects(draft, corpus, projects)
    stored = [project for project, _ in similar]
    met = list(_rows_of(stored, [score for _, score in similar]))
    found: list[DraftRow] = []
    coverage: list[Covered] = []
    for level2, level1, most in _ORDER:
        here = [one for one in met if one.level2 is level2]
        rows = _table_rows(draft, here, (level1, level2), most, len(stored), corpus)
        found += rows
        projects_here = len({one.project.id for one in here})
        coverage.append(Covered(level1, level2, len(rows), Support(projects_here, len(stored))))
    shown_projects = tuple(_similar(project, score) for project, score in similar)
    return DraftTable(draft.name, draft.budget_wan, shown_projects, tuple(found), tuple(coverage))


def similar_projects(
    draft: ProjectDraft, corpus: Corpus, projects: Projects
) -> list[tuple[StoredProject, float]]:
    """Projects of other units with their scores, those nearest in meaning and scale first.

    Where the best is far better than the rest, only those near it are taken; at most two of a
    unit. One name may be that of many projects, so the nearest in scale are chosen among them.
    """
    text = f"{draft.name} {draft.purpose}".strip()
    request = SearchRequest(text, Scope.PROJECT, _HITS, draft.where, marked=False)
    hits = corpus.search(request).hits
    least = max(_LEAST_SCORE, _OF_BEST * hits[0].score) if hits else 1.0
    near = [hit for hit in hits if hit.score >= least]
    scores = {own_id: hit.score for hit in reversed(near) for own_id in hit.members}
    ids = [own_id for hit in near for own_id in hit.members][:_LOOKED_AT]
    mine = Scale(draft.budget_wan, draft.department, draft.county)
    found = sorted(
        _stored(ids, projects),
        key=lambda stored: (-scores[stored.id] * closeness(mine, _scale(stored)), stored.id),
    )
    taken: Counter[str] = Counter()
    chosen = []
    for stored in found:
        unit = fold(stored.project.unit)
        taken[unit or stored.id] += 1
        own = bool(draft.exclude_unit) and unit == fold(draft.exclude_unit)
        if not own and taken[unit or stored.id] <= _OF_A_UNIT:
            chosen.append((stored, scores[stored.id]))
    return chosen[:PROJECTS]


def _scale(stored: StoredProject) -> Scale:
    place = settled(stored.project)
    return Scale(stored.project.budget_wan, place.department, place.county)


def _stored(ids: Iterable[str], projects: Projects) -> Iterator[StoredProject]:
    """Named projects with rows; those that the store no longer has are left out."""
    for own_id in ids:
        with suppress(UsageError):
            stored = projects(own_id)
            if stored.project.indicators and stored.project.name:
                yield stored


def _rows_of(stored: Sequence[StoredProject], scores: Sequence[float]) -> Iterator[_Met]:
    """Rows that name something to measure, with cost levels of the newer tree put together."""
    for rank, project in enumerate(stored):
        for row, own_id in zip(project.project.indicators, project.indicator_ids, strict=True):
            if row.level2 is None or is_hollow(row.name):
                continue
            level2 = Level2.COST if row.level2 in _AS_COST else row.level2
            quantity = quantity_of(row.value, row.name, row.level2)
            if can_be(row.name, row.level2, quantity):
                yield _Met(project, row, own_id, level2, rank, scores[rank])


def _table_rows(
    draft: ProjectDraft,
    here: Sequence[_Met],
    levels: tuple[Level1, Level2],
    most: int,
    total: int,
    corpus: Corpus,
) -> list[DraftRow]:
    groups: dict[str, list[_Met]] = defaultdict(list)
    for one in here:
        groups[_kind(one.row.name)].append(one)
    bare = []
    if levels[1] is Level2.COST and draft.budget_wan and TOTAL_COST.name not in groups:
        bare = [_bare_cost(draft.budget_wan, total)]
    ranked = sorted(groups.values(), key=lambda group: (-_support(group), group[0].rank))
    return bare + [_table_row(draft, group, levels, total, corpus) for group in ranked[:most]]


def _kind(name: str) -> str:
    """Rows of one kind are one row of the table: a family of rates or costs, else a concept."""
    family = family_of(name)
    if family is not None:
        return family.name
    concept = concept_of(name)
    return concept.name if concept else plain_name(name)


def _support(group: Sequence[_Met]) -> int:
    return len({one.project.id for one in group})


def _table_row(
    draft: ProjectDraft,
    group: Sequence[_Met],
    levels: tuple[Level1, Level2],
    total: int,
    corpus: Corpus,
) -> DraftRow:
    best = _best_named(group)
    asked = Draft(
        name=best.row.name,
        description=best.row.description,
        level2=levels[1],
        project=draft.name,
        department=draft.department,
        county=draft.county,
        budget_wan=draft.budget_wan,
        exclude_unit=draft.exclude_unit,
    )
    told = suggest(asked, corpus)
    suggestion = told.suggestion
    is_total = family_of(best.row.name) == TOTAL_COST
    if suggestion is None and is_total and draft.budget_wan:
        suggestion = _from_budget(draft.budget_wan)
    return DraftRow(
        level1=levels[0],
        level2=levels[1],
        name=best.row.name,
        description=_description(group, best),
        suggestion=suggestion,
        refusal=None if suggestion else told.refusal,
        support=Support(_support(group), total),
        examples=tuple(_example(n, one, asked) for n, one in enumerate(group[:_EXAMPLES], 1)),
    )


def _best_named(group: Sequence[_Met]) -> _Met:
    """The row with the name that most of the group print, from the most similar project."""
    names = Counter(fold(one.row.name) for one in group)
    return min(group, key=lambda one: (-names[fold(one.row.name)], one.rank, one.own_id))


def _description(group: Sequence[_Met], best: _Met) -> str:
    own = fold(best.row.name)
    said = [one.row.description for one in group if fold(one.row.name) == own]
    longest = max(said, key=len, default="")
    return "" if fold(longest) == own else longest


def _from_budget(budget_wan: float) -> Suggestion:
    """A cost that may not pass the budget; trusted like one peer that agrees."""
    return Suggestion(
        operator=Operator.AT_MOST,
        number=budget_wan,
        measure="万元",
        text=f"≤{shown(budget_wan)}万元",
        confidence=round(confidence(1.0, 1, MeasureClass.MONEY, Reach.FAMILY), 4),
        measure_class=MeasureClass.MONEY,
        reach=Reach.FAMILY,
        from_budget=True,
        number_base=budget_wan,
        scale="万元",
    )


def _bare_cost(budget_wan: float, total: int) -> DraftRow:
    """The cost row where no similar project has one: its source is the budget given."""
    return DraftRow(
        level1=Level1.COST,
        level2=Level2.COST,
        name="项目总成本",
        description="",
        suggestion=_from_budget(budget_wan),
        refusal=None,
        support=Support(0, total),
        examples=(),
    )


def _example(rank: int, one: _Met, asked: Draft) -> PeerRow:
    stored = StoredIndicator(one.own_id, one.project.id, one.project.project, one.row)
    return shown_row(rank, peer_of(asked, stored, Reach.SAME, one.score, ""))


def _similar(stored: StoredProject, score: float) -> SimilarProject:
    project = stored.project
    place = settled(project)
    return SimilarProject(
        id=stored.id,
        project=project.name,
        unit=project.unit,
        county=place.county,
        department=place.department,
        year=place.year,
        budget_wan=project.budget_wan,
        score=score,
        source=project.source,
    )

"""What the corpus tells a review: examples that pass, values, habits and twins of a project."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from corpus.records import Indicator, Level2, Project, Source, Value
from corpus.store.stored import StoredProject
from corpus.values import parse_value
from corpus.where import settled
from index.bands import Band
from index.results import Hit, SearchRequest
from knowledge.concepts import Concept
from peers.alignment import Profile, assign, profile_of, similarities
from peers.estimate import Estimate
from peers.quantities import quantity_of
from peers.records import Draft, Peer, Reach
from peers.scales import scale_of
from peers.similar import most_similar
from peers.summary import in_measure
from quality.check import is_sound_row
from quality.context import PeerHabit, PeerValues, Twin, is_standard
from quality.findings import PeerExample
from quality.lookup import ConceptLookup
from service.projects import PEERS, Projects
from service.search import Session
from service.suggest import Advisor
from text.concept_names import concept_of
from text.hollow_names import is_hollow
from text.name_classes import plain_name
from text.normalise import fold

_HITS = 12
_LONGEST = 200  # characters of a name or description that are searched for
_FEWEST_PEERS = 4
_ALIKE = 0.5


class CorpusAnswers:
    """Answers a review from the corpus; each question once, however often it is asked.

    Rows of the unit under review are no peers of its own. `suggesting` off leaves suggested
    values and outliers out, which cost some milliseconds a row.
    """

    def __init__(
        self,
        session: Session,
        projects: Projects,
        advisor: Advisor,
        lookup: ConceptLookup,
        *,
        suggesting: bool = True,
    ) -> None:
        self._session = session
        self._projects = projects
        self._advisor = advisor
        self._lookup = lookup
        self._suggesting = suggesting
        self._examples: dict[tuple[str, ...], PeerExample | None] = {}
        self._told: dict[tuple[object, ...], Estimate | None] = {}
        self._near: tuple[Hashable, Profile, tuple[tuple[StoredProject, Profile], ...]] | None = (
            None
        )

    def example(self, row: Indicator, project: Project) -> PeerExample | None:
        """A row of another unit for the same indicator that no row rule finds weak."""
        told_by = row.description if self._suggesting else ""
        key = (fold(row.name), told_by, str(row.level2 or ""), project.unit)
        if key not in self._examples:
            self._examples[key] = self._example(row, project)
        return self._examples[key]

    def _example(self, row: Indicator, project: Project) -> PeerExample | None:
        """The first sound row; a name that says nothing measurable has none (社会影响力)."""
        if not row.name.strip() or is_hollow(row.name):
            return None
        if self._suggesting:  # the rows that a value would rest on are at hand
            told = self._estimate(_draft_of(row, project))
            votes = told.votes if told else ()
            same = (vote for vote in votes if vote.reach is Reach.SAME)
            return self._first_sound(map(_shown_vote, same), project)
        where = {"level2": (row.level2.value,)} if row.level2 else {}
        request = SearchRequest(row.name[:_LONGEST], top=_HITS, where=where, marked=False)
        concept = concept_of(row.name)
        hits = (
            hit
            for hit in self._session.search(request).hits
            if hit.band == Band.SAME and _is_or_unknown(hit.name, concept)
        )
        return self._first_sound(map(_shown_hit, hits), project)

    def _first_sound(
        self, rows: Iterable[tuple[PeerExample, Indicator]], project: Project
    ) -> PeerExample | None:
        for example, row in rows:
            if example.unit != project.unit and is_sound_row(row, project, self._lookup):
                return example
        return None

    def suggestion(self, row: Indicator, project: Project) -> str:
        """The value that peers support, "" where they support none."""
        told = self._estimate(_draft_of(row, project))
        return told.suggestion.text if told and told.suggestion else ""

    def values(self, row: Indicator, project: Project) -> PeerValues | None:
        """Numbers of the same indicator in other units, on the scale of this row's own measure."""
        own = quantity_of(row.value, row.name, row.level2)
        if own is None:
            return None
        # Asked without the project, the answer serves every draft that has this indicator.
        told = self._estimate(
            Draft(row.name[:_LONGEST], row.description[:_LONGEST], level2=row.level2)
        )
        if told is None or told.distribution is None:
            return None
        measure = told.distribution.measure
        if not measure or scale_of(measure)[:2] != (own.measure_class, own.scale):
            return None
        votes = [vote for vote in told.votes if vote.reach is Reach.SAME and vote.quantity]
        votes = [vote for vote in votes if vote.unit != project.unit]
        budget, number = project.budget_wan, in_measure(own, measure)
        scaled = bool(budget and told.per_budget and told.per_budget.explains_better)
        if scaled and budget:
            votes = [vote for vote in votes if vote.budget_wan]
            number, shown = number / budget, f"{measure}/万元"
        else:
            shown = measure
        numbers = tuple(_number(vote, measure, scaled) for vote in votes)
        units = len({vote.unit for vote in votes})
        return PeerValues(round(number, 4), numbers, units, shown, scaled) if numbers else None

    def _estimate(self, draft: Draft) -> Estimate | None:
        if not self._suggesting or not draft.name.strip():
            return None
        about = (draft.description, draft.level2, draft.budget_wan, draft.exclude_unit)
        key = (fold(draft.name), *about, draft.department, draft.county)
        if key not in self._told:
            self._told[key] = self._advisor.estimate(draft)
        return self._told[key]

    def habits(self, project: Project) -> Sequence[PeerHabit] | None:
        """What the projects most like this one measure, in how many of them, and it does not."""
        asked, near = self._neighbours(project)
        ranked = most_similar(asked, near, PEERS)
        alike = {one.id for one in ranked if one.score >= _ALIKE}
        others = [profile for stored, profile in near if stored.id in alike]
        if len(others) < _FEWEST_PEERS:
            return None
        counts: Counter[str] = Counter()
        shown: dict[str, Indicator] = {}
        for other in others:
            taken = {pair.right for pair in assign(similarities(asked, other))}
            extra = [n for n in range(len(other.weights)) if n not in taken]
            named = {self._habit_name(other, n): other.project.indicators[n] for n in extra}
            counts.update(named.keys())
            shown |= {name: row for name, row in named.items() if name not in shown}
        return [
            PeerHabit(name, str(shown[name].level2 or ""), count, len(others))
            for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            if count > 1
        ]

    def _habit_name(self, profile: Profile, row: int) -> str:
        concept = profile.concepts[row]
        return concept.name if concept else plain_name(profile.project.indicators[row].name)

    def twin(self, project: Project) -> Twin | None:
        """Another unit's project with the most rows of equal name and value, but for fixed sets."""
        own = _stated(project)
        if not own:
            return None
        _, near = self._neighbours(project)
        others = [stored.project for stored, _ in near if stored.project.unit != project.unit]
        same = [(len(own & _stated(other)), other) for other in others]
        best = max(same, key=lambda one: one[0], default=None)
        if best is None or not best[0]:
            return None
        return Twin(best[1].unit, best[1].name or "部门整体", best[0], len(own))

    def _neighbours(
        self, project: Project
    ) -> tuple[Profile, tuple[tuple[StoredProject, Profile], ...]]:
        """The project's profile, and projects of the corpus that are not the very same one."""
        about = _about(project)
        if self._near is None or self._near[0] != about:
            asked = profile_of(project, self._session.encoder)
            near = self._projects.like(asked)
            others = tuple(one for one in near if not _is_same(one[0].project, project))
            self._near = (about, asked, others)
        return self._near[1], self._near[2]


def _about(project: Project) -> Hashable:
    """All that its neighbours are told by: the head, and what each row measures."""
    rows = tuple(
        (
            row.name,
            row.level1,
            row.level2,
            row.level2_raw,
            row.value.canonical_measure,
            row.value.kind,
        )
        for row in project.indicators
    )
    return (replace(project, indicators=(), goals=(), source=Source()), rows)


def _number(vote: Peer, measure: str, scaled: bool) -> float:
    number = in_measure(vote.quantity, measure) if vote.quantity else 0.0
    return number / vote.budget_wan if scaled and vote.budget_wan else number


def _is_same(stored: Project, project: Project) -> bool:
    """The draft itself, published before: same unit, name and year."""
    return (
        fold(stored.unit) == fold(project.unit)
        and fold(stored.name) == fold(project.name)
        and settled(stored).year == settled(project).year
    )


def _stated(project: Project) -> frozenset[tuple[str, str]]:
    return frozenset(
        (plain_name(row.name), fold(row.value.operator + row.value.raw))
        for row in project.indicators
        if not is_standard(row)
    )


def _draft_of(row: Indicator, project: Project) -> Draft:
    place = settled(project)
    return Draft(
        name=row.name[:_LONGEST],
        description=row.description[:_LONGEST],
        level2=row.level2,
        department=place.department,
        county=place.county,
        budget_wan=project.budget_wan,
        exclude_unit=project.unit,
    )


def _is_or_unknown(name: str, concept: Concept | None) -> bool:
    """Whether a name may be a concept: where both are known, they have to be one."""
    known = concept_of(name)
    return concept is None or known is None or concept == known


def _shown_hit(hit: Hit) -> tuple[PeerExample, Indicator]:
    value = parse_value(hit.value, name=hit.name, description=hit.description, level2=hit.level2)
    example = PeerExample(hit.id, hit.name, hit.value, hit.unit, hit.project, hit.year, hit.source)
    return example, _row(hit.name, hit.description, hit.level2, value)


def _shown_vote(vote: Peer) -> tuple[PeerExample, Indicator]:
    example = PeerExample(
        vote.id, vote.name, vote.text, vote.unit, vote.project, vote.year, vote.source
    )
    return example, _row(vote.name, vote.description, vote.level2, vote.value)


def _row(name: str, description: str, level2: str, value: Value) -> Indicator:
    level = Level2(level2) if level2 in tuple(Level2) else None
    return Indicator(name=name, value=value, level2=level, description=description)

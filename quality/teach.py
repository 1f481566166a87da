"""Teaching by example: a good and a weak row of the same indicator, and the rules between them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from corpus.measurable import is_measurable
from corpus.records import Indicator, Project
from corpus.store.stored import StoredProject
from corpus.values import value_text
from corpus.where import settled
from knowledge.rules import Rule, RuleScope, Severity, rules
from quality.check import check_project
from quality.findings import GRAVE, Finding
from quality.lookup import ConceptLookup
from text.concept_names import concept_of
from text.normalise import fold

_SPOILT_TABLES = frozenset(("P02", "P03"))
_SHORTEST_NAME = 3
_SAYS_SOMETHING = 8  # characters of a description beyond the name; 完成情况 says nothing
_CHOICES = 4  # reasons that a question offers


@dataclass(frozen=True, slots=True)
class TaughtRow:
    """A row of the corpus as an example. `concept` tells indicators that mean the same."""

    id: str
    project_id: str
    concept: str
    department: str
    project: Project
    row: Indicator

    @property
    def level2(self) -> str:
        """二级指标, "" where it is unknown."""
        return str(self.row.level2 or "")

    @property
    def value(self) -> str:
        """The target value as people read it."""
        return value_text(self.row.value)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is weak: the rule, and what it says of this row."""

    rule: Rule
    severity: Severity
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class TeachingPair:
    """A weak and a good row of one indicator from different units.

    `reasons` are errors and warnings, `broken` the ids of all rules that find something, hints
    too. `alike` counts further weak rows of this indicator that break the same rules.
    """

    concept: str
    weak: TaughtRow
    good: TaughtRow
    reasons: tuple[Reason, ...]
    broken: frozenset[str]
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """Which of two rows is weak, and why? `rows[weak]` is, by the rule `choices[answer]`."""

    pair: TeachingPair
    rows: tuple[TaughtRow, TaughtRow]
    weak: int
    choices: tuple[Rule, ...]
    answer: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """All pairs, the most different ones first, and all good rows by department and level 2.

    The good rows of pairs were looked at closer (`is_good` of `lessons_of`), the others not yet.
    """

    pairs: tuple[TeachingPair, ...]
    good: tuple[TaughtRow, ...]


def lessons_of(
    projects: Iterable[StoredProject],
    is_good: Callable[[TaughtRow], bool] = lambda row: True,
    *,
    level2: str = "",
    department: str = "",
) -> Lessons:
    """Judge all rows and put weak ones beside good ones of other units.

    Rules judge by the names they know word for word; `is_good` may look closer at the rows that
    are to be shown as good. A good row has no finding at all, also no hint. `level2` and
    `department` (as records spell them) keep only such rows.
    """
    good: dict[str, list[TaughtRow]] = defaultdict(list)
    weak: list[_Weak] = []
    lookup = ConceptLookup()
    for stored in projects:
        told = settled(stored.project).department
        if department and told != department:
            continue
        for taught, findings, spoilt in _judged(stored, told, lookup):
            if level2 not in ("", taught.level2):
                continue
            if not findings and not spoilt and _is_example(taught):
                good[taught.concept].append(taught)
            reasons = _reasons(findings)
            if reasons:
                weak.append(_Weak(taught, reasons, frozenset(one.rule.id for one in findings)))
    rows = [row for rows in good.values() for row in rows]
    return Lessons(
        _varied(_paired(weak, _Good(good, is_good))),
        tuple(sorted(rows, key=lambda row: (row.department, row.level2, row.concept, row.id))),
    )


def quiz(pairs: Sequence[TeachingPair], questions: int, seed: int = 1) -> tuple[Question, ...]:
    """So many questions (fewer where there are fewer pairs), the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - the order of questions, no secret
    known = [rule for rule in rules().values() if rule.scope is RuleScope.ROW]
    found = []
    for pair in rng.sample(list(pairs), min(questions, len(pairs))):
        answer = pair.reasons[0].rule
        wrong = [rule for rule in known if rule.id not in pair.broken]
        others = rng.sample(wrong, _CHOICES - 1)
        choices = [answer, *others]
        rng.shuffle(choices)
        weak = rng.randrange(2)
        rows = (pair.weak, pair.good) if weak == 0 else (pair.good, pair.weak)
        found.append(Question(pair, rows, weak, tuple(choices), choices.index(answer)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Weak:
    """A weak row, why it is, and all rules that find something in it."""

    taught: TaughtRow
    reasons: tuple[Reason, ...]
    broken: frozenset[str]


class _Good:
    """Good rows by indicator; whether one may be shown is asked when it first matters."""

    def __init__(
        self, rows: dict[str, list[TaughtRow]], is_good: Callable[[TaughtRow], bool]
    ) -> None:
        self._rows = rows
        self._is_good = is_good

    def best(self, weak: TaughtRow) -> TaughtRow | None:
        """The good row of another unit that is nearest to a weak one and says most."""
        others = [
            row
            for row in self._rows.get(weak.concept, ())
            if row.project.unit != weak.project.unit and row.level2 == weak.level2
        ]
        others.sort(key=lambda row: (*_distance(row, weak), row.id))
        return next((row for row in others if self._is_good(row)), None)


def _distance(row: TaughtRow, weak: TaughtRow) -> tuple[int, ...]:
    own_words = fold(row.row.description).replace(fold(row.row.name), "")
    says_most = -(2 * (len(own_words) >= _SAYS_SOMETHING) + bool(row.row.basis))
    years = abs((row.project.year or 0) - (weak.project.year or 0))
    return (
        row.department != weak.department,
        fold(row.row.name) != fold(weak.row.name),
        says_most,
        years,
    )


def _judged(
    stored: StoredProject, department: str, lookup: ConceptLookup
) -> Iterator[tuple[TaughtRow, list[Finding], bool]]:
    """Each row that may be taught, what is found in it, and whether its whole table is spoilt."""
    findings = check_project(stored.project, lookup).findings
    spoilt = any(one.rule.id in _SPOILT_TABLES for one in findings)
    by_row: dict[int | None, list[Finding]] = defaultdict(list)
    for one in findings:
        by_row[one.position].append(one)
    for number, row in enumerate(stored.project.indicators):
        taught = _taught(stored, number, row, department)
        if taught is not None:
            yield taught, by_row[number], spoilt


def _taught(stored: StoredProject, number: int, row: Indicator, told: str) -> TaughtRow | None:
    if not stored.project.unit or len(fold(row.name)) < _SHORTEST_NAME:
        return None
    concept = concept_of(row.name)
    return TaughtRow(
        id=stored.indicator_ids[number],
        project_id=stored.id,
        concept=concept.name if concept else fold(row.name),
        department=told,
        project=stored.project,
        row=row,
    )


def _is_example(taught: TaughtRow) -> bool:
    return taught.row.level2 is not None and is_measurable(taught.row.value)


def _reasons(found: Iterable[Finding]) -> tuple[Reason, ...]:
    """The grave findings of a row, the gravest first; none where there are only hints."""
    order = tuple(Severity)
    grave = [one for one in found if one.severity in GRAVE]
    grave.sort(key=lambda one: order.index(one.severity))
    return tuple(Reason(one.rule, one.severity, one.message, one.suggestion) for one in grave)


def _paired(weak: Iterable[_Weak], good: _Good) -> list[TeachingPair]:
    """One pair for each indicator and set of rules; those that are alike are counted."""
    first: dict[tuple[object, ...], TeachingPair] = {}
    alike: Counter[tuple[object, ...]] = Counter()
    for one in weak:
        taught, reasons = one.taught, one.reasons
        key = (taught.concept, taught.level2, *(reason.rule.id for reason in reasons))
        if key in first:
            alike[key] += 1
            continue
        best = good.best(taught)
        if best is not None:
            first[key] = TeachingPair(taught.concept, taught, best, reasons, one.broken)
    return [replace(pair, alike=alike[key]) for key, pair in first.items()]


def _varied(pairs: Iterable[TeachingPair]) -> tuple[TeachingPair, ...]:
    """Errors before warnings; the first pair of every rule before the second of any."""
    by_rule: dict[str, list[TeachingPair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda one: (-one.alike, one.concept, one.weak.id)):
        by_rule[pair.reasons[0].rule.id].append(pair)
    order = list(rules())
    ranked = [
        (place, order.index(rule), pair)
        for rule, found in by_rule.items()
        for place, pair in enumerate(found)
    ]
    return tuple(pair for *_, pair in sorted(ranked, key=lambda one: one[:2]))

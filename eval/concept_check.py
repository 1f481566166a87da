"""Are the concepts whole, apart from each other, and written without the evaluation queries?

Queries are only compared: what is reported is our own text, for rewording.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from math import ceil
from pathlib import Path

from errors import UsageError
from knowledge.concepts import CONCEPTS_FOLDER, LEVEL2, Concept, read_concepts
from text.normalise import fold

QUERIES_FILE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "queries.jsonl"

NEAR_NAMES = 0.85
NEAR_TEXTS = 0.9
ALIKE = 0.9
FEWEST_PHRASINGS = 6
MOST_PHRASINGS = 12
FEWEST_FAR = 2
FAR = 0.5

_BLOCKING = 0.6
Pair = tuple[int, int, float]


class Fault(StrEnum):
    """What a finding is about."""

    SAME_NAME = "same_name"
    SAME_TEXT = "same_text"
    NEAR_NAME = "near_name"
    NEAR_TEXT = "near_text"
    FEW_PHRASINGS = "few_phrasings"
    MANY_PHRASINGS = "many_phrasings"
    ALIKE_PHRASINGS = "alike_phrasings"
    NO_FAR_PHRASINGS = "no_far_phrasings"
    UNKNOWN_NAME = "unknown_name"
    NEAR_QUERY = "near_query"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a concept: our text, and the other concept or text that it meets.

    `similarity` is null where nothing was compared; `other` is empty for an evaluation query.
    """

    fault: Fault
    department: str
    concept: str
    text: str
    other: str = ""
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """Concepts and phrasings of a department."""

    department: str
    concepts: int
    phrasings: int


@dataclass(frozen=True, slots=True)
class Level2Count:
    """Concepts under a 二级指标."""

    level2: str
    concepts: int


@dataclass(frozen=True, slots=True)
class FaultCount:
    """Findings of one fault."""

    fault: Fault
    findings: int


@dataclass(frozen=True, slots=True)
class ConceptFigures:
    """Sizes, and what was found; `queries` is null where there are none to compare with."""

    concepts: int
    phrasings: int
    queries: int | None
    departments: tuple[DepartmentCount, ...]
    level2: tuple[Level2Count, ...]
    faults: tuple[FaultCount, ...]
    findings: tuple[Finding, ...]


def check(folder: Path | None = None, queries: Path | None = None) -> ConceptFigures:
    """Check the concepts of a folder (default: ours) against each other and against queries.

    `queries` is a file of JSON lines with `query` (default: `../shared/eval/queries.jsonl` beside
    the checkout, where it exists).

    :raises KnowledgeError: the folder holds no concepts, or damaged ones.
    :raises UsageError: the file of queries is missing or damaged.
    """
    found = read_concepts(folder or CONCEPTS_FOLDER)
    asked = _read_queries(queries)
    findings = (
        *_doubles(found),
        *_near(found),
        *(finding for concept in found for finding in _thin(concept)),
        *_unknown_names(found),
        *(() if asked is None else _near_queries(found, asked)),
    )
    counted = Counter(finding.fault for finding in findings)
    by_department: dict[str, list[Concept]] = defaultdict(list)
    for concept in found:
        by_department[concept.department].append(concept)
    levels = Counter(concept.level2 for concept in found)
    return ConceptFigures(
        concepts=len(found),
        phrasings=_phrasings(found),
        queries=None if asked is None else len(asked),
        departments=tuple(
            DepartmentCount(name, len(own), _phrasings(own)) for name, own in by_department.items()
        ),
        level2=tuple(Level2Count(level2, levels[level2]) for level2 in LEVEL2),
        faults=tuple(FaultCount(fault, counted[fault]) for fault in Fault),
        findings=findings,
    )


def similarity(one: str, other: str) -> float:
    """Dice coefficient of the character bigrams of two folded texts, 0 to 1."""
    return _dice(_bigrams(fold(one)), _bigrams(fold(other)))


def near_pairs(texts: Sequence[str], at_least: float) -> Iterator[Pair]:
    """Pairs of texts (places, lower first) of this similarity or more.

    Two sets so near share one of the rarest few of their bigrams, so only such pairs are compared.
    """
    grams = [_bigrams(fold(text)) for text in texts]
    frequency = Counter(gram for own in grams for gram in own)
    least = at_least / (2 - at_least)  # share of the larger set that must lie in both
    holders: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        rare = sorted(own, key=lambda gram: (frequency[gram], gram))
        prefix = rare[: len(own) - ceil(least * len(own) - 1e-9) + 1]
        met = {earlier for gram in prefix for earlier in holders[gram]}
        for earlier in sorted(met):
            found = _dice(grams[earlier], own)
            if found >= at_least:
                yield earlier, place, found
        for gram in prefix:
            holders[gram].append(place)


def _bigrams(folded: str) -> frozenset[str]:
    pairs = (folded[at : at + 2] for at in range(len(folded) - 1))
    return frozenset(pairs) if len(folded) > 1 else frozenset((folded,))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _phrasings(found: Sequence[Concept]) -> int:
    return sum(len(concept.phrasings) for concept in found)


def _texts(found: Sequence[Concept]) -> list[tuple[str, Concept]]:
    return [(text, c) for c in found for text in (c.name, *c.phrasings)]


def _doubles(found: Sequence[Concept]) -> Iterator[Finding]:
    told: dict[str, Concept] = {}
    names: dict[str, Concept] = {}
    for concept in found:
        first = names.setdefault(fold(concept.name), concept)
        if first is not concept:
            yield _finding(Fault.SAME_NAME, concept, concept.name, first.department)
    for text, concept in _texts(found):
        first = told.setdefault(fold(text), concept)
        if first.name != concept.name:
            yield _finding(Fault.SAME_TEXT, concept, text, first.name)


def _near(found: Sequence[Concept]) -> Iterator[Finding]:
    for one, other, dice in near_pairs([c.name for c in found], _BLOCKING):
        names = (found[one].name, found[other].name)
        closest = max(dice, SequenceMatcher(None, *names).ratio())
        if names[0] != names[1] and closest >= NEAR_NAMES:
            yield _finding(Fault.NEAR_NAME, found[other], names[1], names[0], closest)
    texts = _texts(found)
    for one, other, dice in near_pairs([text for text, _ in texts], NEAR_TEXTS):
        (earlier, first), (later, second) = texts[one], texts[other]
        named = earlier == first.name and later == second.name  # told by their names already
        if first.name != second.name and fold(earlier) != fold(later) and not named:
            yield _finding(Fault.NEAR_TEXT, second, later, f"{first.name}: {earlier}", dice)


def _thin(concept: Concept) -> Iterator[Finding]:
    texts = concept.phrasings
    if len(texts) < FEWEST_PHRASINGS:
        yield _finding(Fault.FEW_PHRASINGS, concept, "", str(len(texts)))
    if len(texts) > MOST_PHRASINGS:
        yield _finding(Fault.MANY_PHRASINGS, concept, "", str(len(texts)))
    for at, text in enumerate(texts):
        for earlier in (concept.name, *texts[:at]):
            ratio = SequenceMatcher(None, earlier, text).ratio()
            if ratio > ALIKE:
                yield _finding(Fault.ALIKE_PHRASINGS, concept, text, earlier, ratio)
    named = set(concept.name)
    far = sum(len(set(text) & named) <= FAR * len(named) for text in texts)
    if far < FEWEST_FAR:
        yield _finding(Fault.NO_FAR_PHRASINGS, concept, "", str(far))


def _unknown_names(found: Sequence[Concept]) -> Iterator[Finding]:
    names = {concept.name for concept in found}
    for concept in found:
        for name in concept.confused_with:
            if name not in names or name == concept.name:
                yield _finding(Fault.UNKNOWN_NAME, concept, name)


def _near_queries(found: Sequence[Concept], asked: Sequence[str]) -> Iterator[Finding]:
    """Our phrasings, not our names: a standard name may well be what is asked."""
    texts = [(text, concept) for concept in found for text in concept.phrasings]
    nearest: dict[int, float] = {}
    for query, ours, dice in near_pairs([*asked, *(text for text, _ in texts)], NEAR_TEXTS):
        if query < len(asked) <= ours:
            nearest[ours] = max(dice, nearest.get(ours, 0.0))
    for place, dice in nearest.items():
        text, concept = texts[place - len(asked)]
        yield _finding(Fault.NEAR_QUERY, concept, text, "", dice)


def _finding(
    fault: Fault, concept: Concept, text: str, other: str = "", near: float | None = None
) -> Finding:
    rounded = None if near is None else round(near, 3)
    return Finding(fault, concept.department, concept.name, text, other, rounded)


def _read_queries(path: Path | None) -> list[str] | None:
    if path is None and not QUERIES_FILE.is_file():
        return None
    path = path or QUERIES_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [str(json.loads(line)["query"]) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"expected JSON lines with query in {path}, found {type(error).__name__}: {error}"
        ) from error

"""Indicators of two tables laid one to one: the assignment that is best as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.records import Indicator, Level1, Level2, Project
from embed.encoder import Encoder, Vectors
from knowledge.concepts import Concept, MeasureClass
from text.concept_names import concept_of
from text.hollow_names import fits_anywhere, is_bare, is_category
from text.name_classes import class_of_name, plain_name

Similarities = NDArray[np.float64]

# Two rows less alike than this are no pair: chosen on our own labelled pairs of projects
# (`duibiao eval alignment`), where a lower one joins rows that have nothing in common.
FLOOR = 0.65

_SAME_CONCEPT = 0.95
_OTHER_CONCEPT = 0.7
_OTHER_LEVEL = 0.85
_OTHER_CLASS = 0.8
_ROLE = 0.55
_LONGEST_AIM = 1000  # characters of a goal that are compared
_HOLLOW_WEIGHT = 0.25
_COMMON_WEIGHT = 0.5
_AMOUNTS = (MeasureClass.MONEY, MeasureClass.UNIT_COST)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A project made comparable: a vector, a concept and a weight for each indicator.

    `vectors` is `(rows, dim)` float32; `weights` say how much a row tells of its project (a bare
    合格率 little, 满意度 and total cost half, as every table has them). `traits` are what is held
    against the cosine of names. `head` is the vector of the project's name, `aim` that of purpose
    and goal, zeros where these are empty.
    """

    project: Project
    vectors: Vectors
    concepts: tuple[Concept | None, ...]
    weights: NDArray[np.float64]
    traits: "Traits"
    head: NDArray[np.float32]
    aim: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What is known of each row, `(rows,)` each; "" is unknown and contradicts nothing.

    Plain name, name of the concept, level 2, kind of quantity, its part in the table (who is
    content, what it costs, by when), and whether it is a cost.
    """

    name: NDArray[np.str_]
    concept: NDArray[np.str_]
    level2: NDArray[np.str_]
    kind: NDArray[np.str_]
    role: NDArray[np.str_]
    cost: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that belong together: their positions in either table, and how alike they are."""

    left: int
    right: int
    similarity: float


def profile_of(project: Project, encoder: Encoder) -> Profile:
    """A project's vectors and traits."""
    return profiles_of((project,), encoder)[0]


def profiles_of(projects: Sequence[Project], encoder: Encoder) -> tuple[Profile, ...]:
    """The profiles of several projects; all their texts are encoded at once."""
    if not projects:
        return ()
    texts = [_texts(project) for project in projects]
    vectors = encoder.encode_documents([text for own in texts for text in own])
    ends = np.cumsum([len(own) for own in texts])[:-1]
    return tuple(map(_profile, projects, np.split(vectors, ends)))


def _texts(project: Project) -> list[str]:
    """Names of the rows, the project's name, and what it is for."""
    aim = " ".join((project.purpose, project.goal[:_LONGEST_AIM])).strip()
    return [*(row.name for row in project.indicators), project.name or project.unit, aim]


def _profile(project: Project, vectors: Vectors) -> Profile:
    rows = project.indicators
    concepts = tuple(concept_of(row.name) for row in rows)
    return Profile(
        project=project,
        vectors=vectors[: len(rows)],
        concepts=concepts,
        weights=np.array([_weight(row) for row in rows]),
        traits=Traits(
            name=np.array([plain_name(row.name) for row in rows], np.str_),
            concept=np.array([concept.name if concept else "" for concept in concepts], np.str_),
            level2=np.array([row.level2 or "" for row in rows], np.str_),
            kind=np.array([_kind(row) for row in rows], np.str_),
            role=np.array([_role(row) for row in rows], np.str_),
            cost=np.array([is_cost(row) for row in rows], np.bool_),
        ),
        head=vectors[len(rows)],
        aim=vectors[len(rows) + 1],
    )


def _weight(row: Indicator) -> float:
    hollow = is_category(row.name, row.level2_raw) or is_bare(row.name) or fits_anywhere(row.name)
    if hollow and row.level2 is not Level2.SATISFACTION:
        return _HOLLOW_WEIGHT
    common = row.level2 is Level2.SATISFACTION or is_cost(row)
    return _COMMON_WEIGHT if common else 1.0


def is_cost(row: Indicator) -> bool:
    """Whether a row stands below cost, in either official tree."""
    costs = (Level2.COST, Level2.ECONOMIC_COST)
    return row.level2 in costs or (row.level1 is Level1.COST and row.level2 is None)


def similarities(left: Profile, right: Profile) -> Similarities:
    """`(rows of left, rows of right)`, 0 to 1: how alike any two indicators are.

    The cosine of the names, held against what is known: one concept or two, level 2, the kind of
    quantity, and the part that both play in their tables.
    """
    found: Similarities = (left.vectors @ right.vectors.T).astype(np.float64)
    same = left.traits.name[:, None] == right.traits.name[None, :]
    found[same] = 1.0
    one, other, both = _held("concept", left, right)
    alike = both & (one == other)
    found = np.where(alike, np.maximum(found, _SAME_CONCEPT), found)
    found = np.where(both & ~alike & ~same, found * _OTHER_CONCEPT, found)
    one, other, both = _held("level2", left, right)
    found = np.where(both & (one != other), found * _OTHER_LEVEL, found)
    apart = both & (left.traits.cost[:, None] != right.traits.cost[None, :])
    one, other, both = _held("kind", left, right)
    found = np.where((both & (one != other)) | apart, found * _OTHER_CLASS, found)
    one, other, both = _held("role", left, right)
    found = np.where(both & (one == other), np.maximum(found, _ROLE + (1 - _ROLE) * found), found)
    return np.clip(found, 0.0, 1.0)


def _held(
    trait: str, left: Profile, right: Profile
) -> tuple[NDArray[np.str_], NDArray[np.str_], NDArray[np.bool_]]:
    """A trait of the rows of either side, to be compared, and where both are known."""
    one, other = getattr(left.traits, trait)[:, None], getattr(right.traits, trait)[None, :]
    return one, other, (one != "") & (other != "")


def _role(row: Indicator) -> str:
    """The part that a row plays in every table, whatever it is about; "" for all other rows."""
    told = class_of_name(row.name)
    if row.level2 is Level2.SATISFACTION:
        return "satisfaction"
    if is_cost(row):
        return "unit cost" if told is MeasureClass.UNIT_COST or _is_rate(row) else "cost"
    return "due" if row.level2 is Level2.TIMELINESS and told is MeasureClass.DATE else ""


def _is_rate(row: Indicator) -> bool:
    return "/" in row.value.canonical_measure


def _kind(row: Indicator) -> str:
    """Share, amount of money, time or count, as far as the name tells."""
    told = class_of_name(row.name)
    if told is MeasureClass.SHARE:
        return "share"
    if told in _AMOUNTS:
        return "money"
    if told in (MeasureClass.DATE, MeasureClass.DURATION):
        return "time"
    return "count" if told is MeasureClass.COUNT else ""


def assign(found: Similarities, floor: float = FLOOR) -> tuple[Pair, ...]:
    """The one-to-one assignment with the greatest sum above the floor, in the order of the left.

    Pairs below the floor are worth nothing, so that no row is forced on another.
    """
    if not found.size:
        return ()
    from scipy.optimize import linear_sum_assignment

    worth = np.where(found >= floor, found - floor + 1e-6, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return tuple(
        Pair(int(row), int(column), round(float(found[row, column]), 4))
        for row, column in zip(rows, columns, strict=True)
        if found[row, column] >= floor
    )


def overlap(left: Profile, right: Profile, pairs: Sequence[Pair]) -> float:
    """How far two tables measure the same, 0 to 1: weighted pairs of all rows of both."""
    whole = float(left.weights.sum() + right.weights.sum())
    if not whole:
        return 0.0
    shared = sum(
        pair.similarity * (left.weights[pair.left] + right.weights[pair.right]) for pair in pairs
    )
    return float(shared / whole)

"""How well projects are aligned and ranked: on pairs of projects that we labelled ourselves.

`data/project_pairs.jsonl` names two projects each, of the sample documents or of `../shared/seeds`:
`alike` (0 nothing in common, 1 a trait, 2 like work, 3 the same kind of project) and the
indicators that a reviewer would lay on one line. The floor of the alignment was chosen on them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from corpus.parse import read_document
from corpus.records import Project
from embed import open_encoder
from errors import InputError, UsageError
from eval.quality import Counts, json_lines
from peers.alignment import FLOOR, Profile, assign, profile_of, similarities
from peers.similar import likeness
from text.name_classes import plain_name

PAIRS_FILE = Path(__file__).parent / "data" / "project_pairs.jsonl"

_ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = {"samples": _ROOT / "corpus" / "samples", "seeds": _ROOT.parent / "shared" / "seeds"}


@dataclass(frozen=True, slots=True)
class ProjectPair:
    """Two labelled projects; `pairs` are plain names of indicators that belong together."""

    id: str
    left: Profile
    right: Profile
    alike: int
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AlignmentLine:
    """One pair of projects: its grade, its score, and the indicators aligned."""

    id: str
    left: str
    right: str
    alike: int
    score: float
    labelled: int
    right_pairs: int
    wrong_pairs: tuple[tuple[str, str], ...]
    missed_pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AlignmentFigures:
    """`order` is the share of pairs of different grade whose scores stand in the same order."""

    project_pairs: int
    left_out: int
    row_pairs: int
    floor: float
    precision: float | None
    recall: float | None
    f1: float | None
    order: float | None
    lines: tuple[AlignmentLine, ...]


def read_pairs(path: Path = PAIRS_FILE) -> tuple[list[ProjectPair], int]:
    """The labelled pairs whose documents are here, and how many are not.

    :raises UsageError: the labels cannot be read, or a document here has no such project or
        indicator.
    """
    encoder = open_encoder()
    cache: dict[Path, tuple[Project, ...]] = {}
    found, left_out = [], 0
    for given in json_lines(path):
        sides = [_FOLDERS[given[s]["folder"]] / given[s]["file"] for s in ("left", "right")]
        if not all(side.is_file() for side in sides):
            left_out += 1
            continue
        left, right = (
            profile_of(_project(side, given[s]["project"], cache), encoder)
            for side, s in zip(sides, ("left", "right"), strict=True)
        )
        pairs = frozenset((plain_name(one), plain_name(other)) for one, other in given["pairs"])
        _require(left, (one for one, _ in pairs))
        _require(right, (other for _, other in pairs))
        found.append(ProjectPair(given["id"], left, right, given["alike"], pairs))
    return found, left_out


def _project(path: Path, name: str, cache: dict[Path, tuple[Project, ...]]) -> Project:
    if path not in cache:
        try:
            cache[path] = read_document(path.read_bytes(), path.name).projects
        except InputError as error:
            raise UsageError(f"{path.name}: {error}") from error
    wanted = [one for one in cache[path] if one.name.endswith(name) and one.indicators]
    if not wanted:
        raise UsageError(f"{path.name}: expected a project {name!r}, found none")
    return wanted[0]


def _require(profile: Profile, names: Iterable[str]) -> None:
    known = {plain_name(row.name) for row in profile.project.indicators}
    for name in names:
        if name not in known:
            raise UsageError(f"{profile.project.name}: expected an indicator {name!r}, found none")


def evaluate(
    labelled: Sequence[ProjectPair], left_out: int = 0, floor: float = FLOOR
) -> AlignmentFigures:
    """Figures over all pairs."""
    lines = [_line(pair, floor) for pair in labelled]
    counts = Counts(
        sum(line.right_pairs for line in lines),
        sum(len(line.wrong_pairs) for line in lines),
        sum(len(line.missed_pairs) for line in lines),
    )
    return AlignmentFigures(
        project_pairs=len(lines),
        left_out=left_out,
        row_pairs=sum(line.labelled for line in lines),
        floor=floor,
        precision=counts.precision,
        recall=counts.recall,
        f1=counts.f1,
        order=_order(lines),
        lines=tuple(lines),
    )


def _line(pair: ProjectPair, floor: float) -> AlignmentLine:
    found = frozenset(_names(pair, floor))
    return AlignmentLine(
        id=pair.id,
        left=pair.left.project.name,
        right=pair.right.project.name,
        alike=pair.alike,
        score=likeness(pair.left, pair.right).score,
        labelled=len(pair.pairs),
        right_pairs=len(found & pair.pairs),
        wrong_pairs=tuple(sorted(found - pair.pairs)),
        missed_pairs=tuple(sorted(pair.pairs - found)),
    )


def _names(pair: ProjectPair, floor: float) -> Iterator[tuple[str, str]]:
    left, right = pair.left.project.indicators, pair.right.project.indicators
    for one in assign(similarities(pair.left, pair.right), floor):
        yield plain_name(left[one.left].name), plain_name(right[one.right].name)


def _order(lines: Sequence[AlignmentLine]) -> float | None:
    """Share of pairs of lines with different grades whose scores agree with the grades."""
    told = [
        (one.score - other.score) * (one.alike - other.alike) > 0
        for one, other in combinations(lines, 2)
        if one.alike != other.alike
    ]
    return round(sum(told) / len(told), 3) if told else None

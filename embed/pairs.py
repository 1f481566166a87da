"""The training texts and pairs, read from the shared training folder."""

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError

TEXTS = ("laws", "xinwenlianbo", "work_reports")
CLAUSES = "law_clauses"
PAIRS = (
    "law_heading_article",
    "news_title_body_domestic",
    "stsb_zh_train",
    "bge_finetune_hardneg",
    "pawsx_zh_dev",
    "csl_title_abstract",
    "csl_keywords_abstract",
    "word_definition",
    "synonym_cilin",
)

# Labels from here on mean "the same"; the graded set runs from 0 to 5, the others are 0 or 1.
_POSITIVE = {"stsb_zh_train": 4}
_CLAUSE = re.compile(r"[，。；：、,;:（）()\s]+")
_SHORTEST_CLAUSE = 6
_HELD_OUT = 300


@dataclass(frozen=True, slots=True)
class PairSet:
    """Pairs of one source that mean the same: `left[i]` and `right[i]`."""

    source: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.left)

    def split(self, seed: int) -> tuple["PairSet", "PairSet"]:
        """A training part and a held-out part (300 pairs, at most a tenth), both shuffled."""
        order = list(range(len(self)))
        random.Random(seed).shuffle(order)  # noqa: S311 - reproducible, not secret
        held = min(_HELD_OUT, len(order) // 10)
        return self._take(order[held:]), self._take(order[:held])

    def _take(self, places: Sequence[int]) -> "PairSet":
        return PairSet(
            self.source,
            tuple(self.left[i] for i in places),
            tuple(self.right[i] for i in places),
        )


def read_lines(path: Path) -> Iterator[str]:
    """Lines of an `.xz` file, UTF-8.

    :raises UsageError: the file is missing or damaged.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield line.rstrip("\n")
    except (OSError, lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(
            f"expected the training file {path}, found {type(error).__name__}: {error}; "
            "give the folder that holds text/ and pairs/ with --shared"
        ) from error


def read_texts(shared: Path, names: Sequence[str]) -> Iterator[str]:
    """Lines of the named running texts, one after the other."""
    for name in names:
        yield from read_lines(shared / "text" / f"{name}.txt.xz")


def read_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Both texts and the label (or date) of every row; the header line is left out."""
    lines = read_lines(path)
    next(lines, None)
    for line in lines:
        cells = line.split("\t")
        if len(cells) == 3:
            yield cells[0], cells[1], cells[2]


def read_pairs(shared: Path, source: str, seed: int) -> PairSet:
    """The pairs of one source that mean the same; `law_clauses` are drawn from the statutes."""
    if source == CLAUSES:
        return _clause_pairs(shared, seed)
    lowest = _POSITIVE.get(source, 1)
    pairs = dict.fromkeys(
        (left, right)
        for left, right, label in read_rows(shared / "pairs" / f"{source}.tsv.xz")
        if left != right and int(label) >= lowest
    )
    return PairSet(source, tuple(left for left, _ in pairs), tuple(right for _, right in pairs))


def _clause_pairs(shared: Path, seed: int, share: float = 0.25) -> PairSet:
    """Two clauses of one article speak of one matter: drawn from a share of the statutes."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
    left: list[str] = []
    right: list[str] = []
    for line in read_texts(shared, ["laws"]):
        if draw.random() >= share:
            continue
        clauses = [part for part in _CLAUSE.split(line) if len(part) >= _SHORTEST_CLAUSE]
        if len(clauses) >= 2:
            one, other = draw.sample(clauses, 2)
            left.append(one)
            right.append(other)
    return PairSet(CLAUSES, tuple(left), tuple(right))

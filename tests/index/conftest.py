"""A small real encoder, and a corpus of drawn rows that repeat themselves as real ones do."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from corpus.records import (
    Goal,
    Indicator,
    Level1,
    Level2,
    Project,
    ProjectKind,
    Source,
    Value,
    ValueKind,
)
from corpus.store.listing import ListedProject, SearchedTexts
from corpus.store.store import StoredProject
from embed.encoder import Vectors
from index.build import Corpus, build_generation
from index.snapshot import Snapshot

SUBJECTS = ("公众号", "道路", "培训", "学校", "村级", "设备", "APP", "水库", "救助对象")
THINGS = ("粉丝数量", "维修里程", "人次", "完成率", "合格率", "满意度", "采购数", "资金 到位率")
REMARKS = ("", "", "反映完成情况", "全年新增的数量", "按计划完成", "群众对服务满意")
PLACES = (("湖南省", "株洲市", "渌口区"), ("河北省", "张家口市", "怀来县"), ("", "", ""))


@cache  # every index holds the names of the same concepts
def hashed(text: str, dim: int) -> Vectors:
    """Characters and bigrams hashed into a vector `(dim,)` of length one."""
    vector = np.zeros(dim, np.float32)
    known = [part for part in text if "\u4e00" <= part <= "\u9fff"]
    for part in [*known, *map("".join, pairwise(known))]:
        code = crc32(part.encode())
        vector[code % dim] += 1 if code & 0x10000 else -1
    length = np.linalg.norm(vector)
    vector /= length or 1
    return vector


class BigramEncoder:
    """Characters and bigrams hashed into a vector; a text of other characters gives zeros."""

    def __init__(self, name: str = "bigrams", dim: int = 48) -> None:
        self.model_id = f"{name}-{dim}"
        self.dim = dim

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """`(n, dim)` float32, rows L2-normalised or zero."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = hashed(text, self.dim)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`."""
        return self.encode_documents(texts)


class Listed:
    """A corpus of projects in a list."""

    def __init__(self, projects: Iterable[StoredProject]) -> None:
        self._projects = tuple(projects)

    def stamps(self) -> dict[str, str]:
        """A checksum of all that is in a project, by id."""
        return {stored.id: f"{crc32(repr(stored).encode()):08x}" for stored in self._projects}

    def searched_texts(self) -> SearchedTexts:
        """Some of the texts: a build may be told of less than there is."""
        projects = [stored.project for stored in self._projects]
        names = dict.fromkeys(row.name for one in projects for row in one.indicators)
        return SearchedTexts(tuple(names), tuple({one.goal for one in projects[1:]}))

    def listed(self, ids: Collection[str] | None = None) -> Iterator[ListedProject]:
        """All projects, or those asked for."""
        asked = (stored for stored in self._projects if ids is None or stored.id in ids)
        return map(ListedProject.of, asked)


def drawn_projects(count: int = 30, seed: int = 7) -> list[StoredProject]:
    """Projects with goals and indicators, drawn from few words so that rows are met again."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    return [_project(draw, number) for number in range(count)]


def _project(draw: random.Random, number: int) -> StoredProject:
    province, city, county = draw.choice(PLACES)
    whole = number % 10 == 9
    unit = f"{county}{draw.choice(('教育局', '融媒体中心', '水利局'))}"
    source = Source(f"{number}.txt", "table 1", 1)
    project = Project(
        unit=unit,
        name="" if whole else f"{draw.choice(SUBJECTS)}项目",
        year=draw.choice((2023, 2024, None)),
        year_inferred=draw.choice((2022, None)),
        kind=ProjectKind.WHOLE_UNIT if whole else ProjectKind.PROJECT,
        purpose=draw.choice(REMARKS),
        province=province,
        city=city,
        county=county,
        department=draw.choice(("教育", "宣传", "")),
        goals=tuple(
            Goal(order, f"{draw.choice(SUBJECTS)}{draw.choice(THINGS)}达到要求", source=source)
            for order in range(1, draw.randrange(4))
        ),
        indicators=tuple(_indicator(draw, row) for row in range(1, draw.randrange(1, 9))),
        source=source,
    )
    identity = f"{crc32(str(number).encode()):012x}"
    return StoredProject(identity, project, (source,), f"document{number}")


def _indicator(draw: random.Random, row: int) -> Indicator:
    kind = draw.choice(tuple(ValueKind))
    number = float(draw.randrange(1, 100)) if kind is ValueKind.NUMERIC else None
    value = Value(
        raw="" if kind is ValueKind.EMPTY else f"≥{number or '按期完成'}",
        kind=kind,
        echo=draw.random() < 0.1,
        number=number,
    )
    return Indicator(
        name=f"{draw.choice(SUBJECTS)}{draw.choice(THINGS)}",
        description=draw.choice(REMARKS),
        value=value,
        level1=draw.choice((Level1.OUTPUT, Level1.BENEFIT, None)),
        level2=draw.choice((Level2.QUANTITY, Level2.QUALITY, None)),
        source=Source("drawn.txt", "table 1", row),
    )


@pytest.fixture
def encoder() -> BigramEncoder:
    return BigramEncoder()


@pytest.fixture(scope="module")
def projects() -> list[StoredProject]:
    return drawn_projects()


@pytest.fixture(scope="session")
def listed() -> Callable[[Iterable[StoredProject]], Corpus]:
    """Makes a corpus of projects."""
    return Listed


@pytest.fixture(scope="session")
def drawn() -> Callable[[int, int], list[StoredProject]]:
    """Draws so many projects by a seed."""
    return drawn_projects


@pytest.fixture
def folder(tmp_path: Path, projects: list[StoredProject], encoder: BigramEncoder) -> Path:
    """An index folder with one generation of the drawn projects."""
    build_generation(tmp_path / "index", Listed(projects), encoder, revision="r1", model="bigrams")
    return tmp_path / "index"


@pytest.fixture
def snapshot(folder: Path) -> Snapshot:
    return Snapshot.open(folder)

"""Filters find the records that hold a value, however it is written; facets count them."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from errors import UsageError
from index.facets import FACET_LIMIT, Facets
from index.files import FolderReader, FolderWriter
from index.results import FacetValue

FIELDS = ("unit", "year", "level1", "level2", "value_kind", "measurable")
RECORDS = (
    ("教育局", "2024", "产出指标", "数量", "numeric", "true"),
    ("水利局", "2023", "满意度指标", "满意度", "numeric", "true"),
    ("教育局", "", "", "", "empty", "false"),
    ("", "2024", "效益指标", "可持续影响", "qualitative", "false"),
)


@pytest.fixture(params=["built", "saved"])
def facets(request: pytest.FixtureRequest, tmp_path: Path) -> Facets:
    built = Facets.of(FIELDS, RECORDS)
    if request.param == "built":
        return built
    files = FolderWriter(tmp_path)
    built.save(files, "facets")
    return Facets.load(FolderReader.open(tmp_path, files.entries), "facets")


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("unit", ("教育局",), [0, 2]),
        ("unit", (" 教 育局",), [0, 2]),
        ("unit", ("教育局", "水利局"), [0, 1, 2]),
        ("unit", ("教育",), []),
        ("unit", ("",), [3]),
        ("unit", (), []),
        ("year", ("2024",), [0, 3]),
        ("year", ("2024年", "２０２３"), [0, 1, 3]),
        ("level1", ("产出",), [0]),
        ("level1", ("产出指标",), [0]),
        ("level2", ("数量指标",), [0]),
        ("level2", ("服务对象满意度指标",), [1]),
        ("level2", ("可持续影响",), [3]),
        ("level2", ("",), [2]),
        ("value_kind", ("Numeric",), [0, 1]),
        ("value_kind", ("deadline",), []),
        ("measurable", ("true",), [0, 1]),
        ("measurable", ("否",), [2, 3]),
        ("measurable", ("True", "FALSE"), [0, 1, 2, 3]),
    ],
)
def test_masks(facets: Facets, field: str, values: tuple[str, ...], expected: list[int]) -> None:
    assert np.flatnonzero(facets.masks({field: values})[field]).tolist() == expected


@pytest.mark.parametrize(
    ("field", "value", "listed"),
    [
        ("place", "x", "unit, year, level1"),
        ("level2", "粉丝", "数量, 质量, 时效"),
        ("level1", "粉丝", "产出指标, 效益指标"),
        ("value_kind", "number", "numeric, deadline"),
        ("measurable", "maybe", "true, false"),
    ],
)
def test_what_cannot_be_is_refused(facets: Facets, field: str, value: str, listed: str) -> None:
    with pytest.raises(UsageError, match=listed):
        facets.masks({field: (value,)})


def test_counts_and_values(facets: Facets) -> None:
    everywhere = np.arange(4)
    assert facets.counts(everywhere, FIELDS)["unit"] == (
        FacetValue("教育局", 2),
        FacetValue("水利局", 1),
    )
    assert facets.counts(everywhere[:0], FIELDS)["unit"] == ()
    assert facets.counts(np.array([0, 2, 3]), ("year",)) == {"year": (FacetValue("2024", 2),)}
    assert facets.values("unit", np.array([2, 1, 0, 3])) == ["教育局", "水利局", "教育局", ""]
    assert facets.values("nowhere", np.array([1])) == [""]


def test_a_facet_lists_the_most_frequent_values() -> None:
    facets = Facets.of(("unit",), [(f"{n // 2:04d}",) for n in range(2 * FACET_LIMIT + 9)])
    found = facets.counts(np.arange(2 * FACET_LIMIT + 9), ("unit",))["unit"]
    assert len(found) == FACET_LIMIT
    assert found[0] == FacetValue("0000", 2)


@pytest.mark.parametrize("asked", [("a",), ("b",), ("a", "b", "c")])
def test_counts_are_those_of_counting(asked: tuple[str, ...]) -> None:
    draw = np.random.default_rng(1)
    texts = [("", *(f"{n:03d}" for n in range(size))) for size in (4, 3 * FACET_LIMIT, 30)]
    rows = [tuple(str(draw.choice(values)) for values in texts) for _ in range(2_000)]
    records = np.flatnonzero(draw.random(2_000) < 0.5)
    found = Facets.of(("a", "b", "c"), rows).counts(records, asked)
    assert set(found) == set(asked)
    for column, field in enumerate("abc"):
        counts = Counter(rows[record][column] for record in records.tolist())
        expected = sorted((-count, text) for text, count in counts.items() if text)
        expected = expected[:FACET_LIMIT] if field in asked else []
        assert [(-v.count, v.value) for v in found.get(field, ())] == expected


def test_no_records() -> None:
    facets = Facets.of(FIELDS, [])
    assert facets.masks({"unit": ("x",)})["unit"].shape == (0,)
    assert facets.counts(np.arange(0), FIELDS)["unit"] == ()

"""A search that looks only at what may be good enough answers as one that looks at all."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store.stored import StoredProject
from embed.encoder import Encoder
from index import scoring, vectors
from index.build import Corpus, build_generation, grow_generation
from index.results import Scope, SearchAnswer, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot

Listed = Callable[[Iterable[StoredProject]], Corpus]
Draw = Callable[[int, int], list[StoredProject]]
QUERIES = (
    "公众号粉丝数量",
    "满意度",
    "反映",
    "xyzzy",
    "水库 完成率，学校维修里程，村级设备采购数达到要求",
    "合格的教育局培训在渌口区",
)
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"county": ("渌口区",)},
    {"county": ("渌口区", "怀来县"), "level2": ("数量", "质量")},
    {"county": ("渌口区",), "year": ("2024",), "measurable": ("true",)},
)
MODELS = ("", "bigrams")  # with bands and refusals, and without


def answers(searcher: Searcher) -> list[SearchAnswer]:
    """All that a searcher says, but for the time it took."""
    return [
        replace(searcher.search(SearchRequest(query, scope, top, where, anyway=anyway)), took_ms=0)
        for query in QUERIES
        for scope in Scope
        for where in FILTERS
        if set(where) <= set(searcher.search(SearchRequest("率", scope)).facets)
        for top in (1, 5, 300)
        for anyway in (False, True)
    ]


@pytest.mark.parametrize("model", MODELS)
def test_bounds_change_no_answer(
    model: str,
    tmp_path: Path,
    encoder: Encoder,
    drawn: Draw,
    listed: Listed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    projects = drawn(60, 5)
    build_generation(tmp_path, listed(projects[:-3]), encoder, revision="r", model=model)
    assert grow_generation(tmp_path, listed(projects), encoder, revision="r", model=model)
    in_whole = answers(Searcher(Snapshot.open(tmp_path), encoder))
    monkeypatch.setattr(scoring, "_FEW", 0)
    monkeypatch.setattr(scoring, "_SMALL_SHARE", 0.0)
    monkeypatch.setattr(vectors, "_FEW", 20)
    monkeypatch.setattr("index.search._LOOKED_AT_FIRST", 8)
    assert answers(Searcher(Snapshot.open(tmp_path), encoder)) == in_whole
    assert any(answer.hits for answer in in_whole)

"""A search equals the same search written out over plain records."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.records import Indicator
from corpus.store.listing import ListedProject
from corpus.store.store import StoredProject
from embed.encoder import Encoder
from errors import UsageError
from index.bands import RELEVANCE_CUT, Band
from index.build import Corpus, build_generation
from index.fusion import LEXICAL_WEIGHT
from index.lexical import LexicalIndex
from index.query import TEXT_LIMIT
from index.results import Hit, Scope, SearchAnswer, SearchRequest
from index.rows import FILTERS, Row, rows_of
from index.search import Searcher
from index.snapshot import Snapshot
from index.texts import FIELDS, indexed_form

Listed = Callable[[Iterable[StoredProject]], Corpus]
QUERIES = ("公众号粉丝数量", "完成情况", "资金到位", "教育局培训", "APP", "满 意 度", "水库")
CONDITIONS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"county": ("渌口区",)},
    {"county": ("渌口区", "怀来县"), "year": ("2024年", "2022")},
    {"level2": ("数量指标",), "measurable": ("true",)},
    {"level1": ("产出",), "value_kind": ("numeric", "deadline"), "department": ("宣传",)},
    {"unit": ("没有这个单位",)},
    {"province": ("",)},
)


class WrittenOut:
    """The search as its documentation tells it, one record at a time."""

    def __init__(self, rows: list[Row], encoder: Encoder, scope: Scope) -> None:
        self.rows = rows
        self.encoder = encoder
        self.fields = FILTERS[scope]
        self.weights = {field.name: field.weight for field in FIELDS[scope]}
        texts = [f"{indexed_form(r.name)}\n{indexed_form(r.description)}".strip() for r in rows]
        unique = list(dict.fromkeys(texts))
        self.lexical = LexicalIndex.from_texts(unique)
        self.place = [unique.index(text) for text in texts]

    def cosine(self, query: str, text: str) -> float:
        """Compare two texts."""
        left, right = self.encoder.encode_documents([indexed_form(query), indexed_form(text)])
        return float(left @ right)

    def scores(self, query: str) -> list[float]:
        """Score every row."""
        shares = self.lexical.shares(indexed_form(query))
        found = []
        for row, place in zip(self.rows, self.place, strict=True):
            leading = dense = self.cosine(query, row.name) if row.name else 0.0
            for field, weight in self.weights.items():
                text = getattr(row, field)
                beyond = (self.cosine(query, text) if text else 0.0) - leading
                dense += weight * max(0.0, beyond) if field != "name" else 0.0
            fused = (max(dense, 0) + LEXICAL_WEIGHT * float(shares[place])) / (1 + LEXICAL_WEIGHT)
            found.append(round(min(fused, 1.0), 5))
        return found

    def passes(self, row: Row, where: dict[str, tuple[str, ...]], but: str = "") -> bool:
        """Tell whether a row passes all conditions but one."""
        written = {"数量指标": "数量", "2024年": "2024", "产出": "产出指标"}
        return all(
            row.filters[self.fields.index(field)] in {written.get(text, text) for text in values}
            for field, values in where.items()
            if field != but
        )

    def groups(self, scores: list[float], where: dict[str, tuple[str, ...]]) -> Iterator[list[int]]:
        """Give the rows of each name and description, best first."""
        kept = [n for n, row in enumerate(self.rows) if scores[n] > 0 and self.passes(row, where)]
        kept.sort(key=lambda n: (-scores[n], self.rows[n].id))
        found: dict[tuple[str, str], list[int]] = {}
        for n in kept:
            row = self.rows[n]
            key = (indexed_form(row.name).lower(), indexed_form(row.description).lower())
            found.setdefault(key, []).append(n)
        return iter(found.values())


def check_hit(hit: Hit, members: list[int], written: WrittenOut, scores: list[float]) -> None:
    best = written.rows[members[0]]
    assert hit.score == pytest.approx(scores[members[0]], abs=2e-5)
    assert hit.band is Band.UNKNOWN
    assert hit.count == len(members)
    assert set(hit.members) == {written.rows[n].id for n in members}
    unit = written.fields.index("unit")
    assert set(hit.units) == {written.rows[n].filters[unit] for n in members}
    assert (hit.name, hit.value, hit.source) == (best.name, best.value, best.source)


def check(answer: SearchAnswer, written: WrittenOut, request: SearchRequest) -> None:
    scores = written.scores(request.text)
    groups = list(written.groups(scores, dict(request.where)))
    assert len(answer.hits) == min(request.top, len(groups))
    best = [scores[members[0]] for members in groups]
    by_id = {written.rows[members[0]].id: members for members in groups}
    for place, hit in enumerate(answer.hits):
        assert hit.rank == place + 1
        assert hit.score == pytest.approx(best[place], abs=2e-5)
        check_hit(hit, by_id[hit.id], written, scores)
    order = [(-hit.score, hit.id) for hit in answer.hits]
    assert order == sorted(order)
    if not groups:
        assert (answer.total, set(answer.facets.values())) == (0, {()})
        return
    cut = min([RELEVANCE_CUT, *(hit.score for hit in answer.hits[-1:])]) - 2e-5
    relevant = [n for n, score in enumerate(scores) if score >= cut]
    near = sum(abs(score - RELEVANCE_CUT) < 4e-5 for score in scores)
    assert near == 0, "the example stands too near the cut to be told apart"
    where = dict(request.where)
    assert answer.total == sum(written.passes(written.rows[n], where) for n in relevant)
    for place, field in enumerate(written.fields):
        left = [written.rows[n] for n in relevant if written.passes(written.rows[n], where, field)]
        counts = Counter(row.filters[place] for row in left if row.filters[place])
        assert {found.value: found.count for found in answer.facets[field]} == counts
        assert [(-f.count, f.value) for f in answer.facets[field]] == sorted(
            (-f.count, f.value) for f in answer.facets[field]
        )


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("query", QUERIES)
def test_search_equals_the_search_written_out(
    scope: Scope, query: str, snapshot: Snapshot, projects: list[StoredProject], encoder: Encoder
) -> None:
    written = WrittenOut(rows_of(map(ListedProject.of, projects))[scope], encoder, scope)
    searcher = Searcher(snapshot, encoder)
    for where in CONDITIONS:
        if set(where) <= set(written.fields):
            for top in (1, 4, 500):
                request = SearchRequest(query, scope, top, where)
                check(searcher.search(request), written, request)


def test_a_filter_never_starves_the_hits(
    snapshot: Snapshot, projects: list[StoredProject], encoder: Encoder
) -> None:
    # the rows of one county, all far from the query, still come when others are filtered out
    searcher = Searcher(snapshot, encoder)
    unfiltered = searcher.search(SearchRequest("公众号粉丝数量", top=3))
    for county in ("渌口区", "怀来县"):
        found = searcher.search(SearchRequest("公众号粉丝数量", top=3, where={"county": (county,)}))
        assert [hit.county for hit in found.hits] == [county] * 3
    assert unfiltered.hits[0].score >= found.hits[0].score


def test_identical_rows_are_one_hit(
    tmp_path: Path, projects: list[StoredProject], encoder: Encoder, listed: Listed
) -> None:
    rows = (
        Indicator("APP下载量"),
        Indicator("app 下载量"),
        Indicator("ＡＰＰ下载量"),
        Indicator("APP下载量", description="全年新增"),
    )
    changed = [
        replace(stored, project=replace(stored.project, indicators=(row,), unit=f"单位{number}"))
        for number, (stored, row) in enumerate(zip(projects, rows, strict=False))
    ]
    build_generation(tmp_path, listed(changed), encoder, revision="r1", model="bigrams")
    hits = Searcher(Snapshot.open(tmp_path), encoder).search(SearchRequest("app下载量")).hits
    assert sorted(hit.count for hit in hits) == [1, 3]
    collapsed = next(hit for hit in hits if hit.count == 3)
    assert set(collapsed.units) == {"单位0", "单位1", "单位2"}
    assert list(collapsed.members) == sorted(f"{stored.id}-i001" for stored in changed[:3])
    assert collapsed.id == collapsed.members[0]


def test_a_query_of_unknown_words_has_no_hits(snapshot: Snapshot, encoder: Encoder) -> None:
    answer = Searcher(snapshot, encoder).search(SearchRequest("xyzzy"))
    assert (answer.hits, answer.total) == ((), 0)
    assert set(answer.facets) == set(FILTERS[Scope.INDICATOR])
    assert all(values == () for values in answer.facets.values())


@pytest.mark.parametrize("text", ["", "  \n\u3000", "\u200b"])
def test_an_empty_query_is_refused(text: str, snapshot: Snapshot, encoder: Encoder) -> None:
    with pytest.raises(UsageError, match="found none"):
        Searcher(snapshot, encoder).search(SearchRequest(text))


def test_a_whole_document_is_refused(snapshot: Snapshot, encoder: Encoder) -> None:
    searcher = Searcher(snapshot, encoder)
    with pytest.raises(UsageError, match=f"{TEXT_LIMIT} characters"):
        searcher.search(SearchRequest("粉" * (TEXT_LIMIT + 1)))
    assert searcher.search(SearchRequest("粉丝" * (TEXT_LIMIT // 2))).hits


@pytest.mark.parametrize("top", [0, -3])
def test_top_starts_at_one(top: int, snapshot: Snapshot, encoder: Encoder) -> None:
    with pytest.raises(UsageError, match="top"):
        Searcher(snapshot, encoder).search(SearchRequest("粉丝", top=top))


def test_an_unknown_field_is_refused_and_the_known_are_listed(
    snapshot: Snapshot, encoder: Encoder, listed: Listed
) -> None:
    searcher = Searcher(snapshot, encoder)
    with pytest.raises(UsageError, match=r"province, city, county.*measurable.*'town'"):
        searcher.search(SearchRequest("粉丝", where={"town": ("x",)}))
    with pytest.raises(UsageError, match="level2"):
        searcher.search(SearchRequest("粉丝", Scope.GOAL, where={"level2": ("数量",)}))


@pytest.mark.parametrize(
    "text", ["粉丝\ud800数量", "ＡＰＰ下载", "粉丝\x00数量", "🙂粉丝", "粉\n丝"]
)
def test_odd_characters_in_a_query_do_no_harm(
    text: str, snapshot: Snapshot, encoder: Encoder
) -> None:
    Searcher(snapshot, encoder).search(SearchRequest(text))

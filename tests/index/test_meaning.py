"""Searches with the default model: what matched and why, what is nothing, what is nearest."""

from collections.abc import Callable, Iterable

import pytest

from corpus.records import Indicator, Project, Source
from corpus.store.stored import StoredProject
from embed import open_encoder
from embed.encoder import Encoder
from eval.own_set import OWN2, own_queries
from index.bands import RELATED_FROM, Band
from index.build import Corpus, build_generation
from index.floor import FAMILIAR_FLOOR, STRANGE_FLOOR
from index.highlights import holds_query
from index.query import parts_of, query_vectors
from index.results import Hit, Scope, SearchAnswer, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot
from index.why import carrying_words

Listed = Callable[[Iterable[StoredProject]], Corpus]
NAMES = (
    "微信公众号关注人数",
    "新改建农村公路里程",
    "校舍维修面积",
    "参训教师人次",
    "受益群众满意度",
    "村级卫生室药品配备种类",
    "河道清淤长度",
)


@pytest.fixture(scope="module")
def default() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="module")
def searcher(
    tmp_path_factory: pytest.TempPathFactory, default: Encoder, listed: Listed
) -> Searcher:
    folder = tmp_path_factory.mktemp("meaning")
    rows = tuple(Indicator(name, source=Source("a.txt", "", n)) for n, name in enumerate(NAMES))
    project = Project(unit="某县某局", name="综合项目", goal="修路，修校舍", indicators=rows)
    stored = StoredProject("0" * 12, project, (), "document")
    build_generation(folder, listed([stored]), default, revision="r1")
    return Searcher(Snapshot.open(folder), default)


def ask(searcher: Searcher, text: str, *, anyway: bool = False) -> SearchAnswer:
    return searcher.search(SearchRequest(text, anyway=anyway))


def shown(hit: Hit, kind: str) -> list[str]:
    return [hit.name[mark.start : mark.end] for mark in hit.highlights if mark.kind == kind]


def test_other_words_for_it_are_found_and_marked(searcher: Searcher) -> None:
    hit = ask(searcher, "公众号涨粉数量").hits[0]
    assert hit.name == "微信公众号关注人数"
    assert "公众号" in "".join(shown(hit, "lexical"))
    assert shown(hit, "semantic")


def test_marks_never_overlap_and_stand_in_the_text(searcher: Searcher) -> None:
    for text in ("教师培训", "修了几公里路", "老百姓满意不满意", "校舍"):
        for hit in ask(searcher, text, anyway=True).hits:
            ends = 0
            for mark in sorted(hit.highlights, key=lambda m: m.start):
                assert ends <= mark.start < mark.end <= len(hit.name)
                ends = mark.end


def test_the_word_without_which_it_is_another_thing_carries(default: Encoder) -> None:
    query = default.encode_queries(["粉丝"])[0]
    (found,) = carrying_words(["公众号关注人数"], ("公众号",), query, default)
    assert any("关注" in word for word in found)
    assert "公众号" not in found
    assert carrying_words(["满意度"], (), query, default) == ((),)
    assert carrying_words([], (), query, default) == ()


@pytest.mark.parametrize("text", ["红烧排骨怎么做", "asdfgh", "昨晚那场球几比几"])
def test_where_nothing_is_similar_there_are_no_hits(text: str, searcher: Searcher) -> None:
    answer = ask(searcher, text)
    assert (answer.hits, answer.total) == ((), 0)
    assert all(values == () for values in answer.facets.values())


def test_what_is_no_refusal_has_a_related_record_first(searcher: Searcher) -> None:
    farther = 0
    for query in own_queries(OWN2):
        nearest = ask(searcher, query.text, anyway=True).hits[:1]
        hits = ask(searcher, query.text).hits
        if not hits:
            assert all(hit.score < STRANGE_FLOOR for hit in nearest)
            continue
        assert hits[0].band is not Band.NONE
        holding = holds_query(query.text, hits[0].name)
        assert hits[0].score >= FAMILIAR_FLOOR or holding
        farther += hits[0].score < RELATED_FROM and not holding
    assert farther


def test_the_nearest_can_be_had_anyway(searcher: Searcher) -> None:
    assert not ask(searcher, "红烧排骨怎么做").hits
    hits = ask(searcher, "红烧排骨怎么做", anyway=True).hits
    assert hits
    assert hits[0].band is Band.NONE


def test_a_word_that_stands_in_a_name_is_always_found(searcher: Searcher) -> None:
    for name in NAMES:
        assert ask(searcher, name).hits[0].name == name
        assert ask(searcher, name).hits[0].band is Band.SAME
    hits = ask(searcher, "种类").hits
    assert "村级卫生室药品配备种类" in [hit.name for hit in hits]
    assert all(hit.band is not Band.NONE for hit in hits if "种类" in hit.name)


def test_the_nearest_concept_is_named_or_none(searcher: Searcher) -> None:
    assert "粉丝" in ask(searcher, "公众号粉丝数量").nearest_concept
    assert ask(searcher, "asdfgh").nearest_concept == ""


def test_a_goal_paragraph_finds_a_row_for_each_of_its_parts(searcher: Searcher) -> None:
    text = "新建改建农村公路35公里；维修校舍1200平方米，培训教师300人次；群众满意度达到95%以上。"
    names = [hit.name for hit in ask(searcher, text).hits[:4]]
    assert set(names) == {NAMES[1], NAMES[2], NAMES[3], NAMES[4]}


def test_a_project_is_found_by_its_goal(searcher: Searcher) -> None:
    found = searcher.search(SearchRequest("修路，修校舍", Scope.PROJECT))
    assert [hit.project for hit in found.hits] == ["综合项目"]


def test_parts_of_a_phrase_and_of_a_paragraph(default: Encoder) -> None:
    assert parts_of("公众号粉丝数量,全年") == ()
    text = "完成公路养护120.5公里,保障群众出行安全,满意度达到95%以上"
    assert parts_of(text) == ("完成公路养护120.5公里", "保障群众出行安全", "满意度达到95%以上")
    vectors = query_vectors(text, default)
    assert vectors.shape == (4, default.dim)
    assert (vectors[0] @ vectors[0]) == pytest.approx(1, abs=1e-4)
    assert (vectors[1] @ vectors[1]) == pytest.approx(0.81, abs=1e-3)

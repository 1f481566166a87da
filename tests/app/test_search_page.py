"""检索, in every state a user can meet, on real homes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.words import SAMPLE_BANNER
from corpus.intake.ingest import ingest_paths
from index.results import SearchRequest
from service.home import Home
from service.refresh import ingest
from service.search import Session
from tests.app.shown import hits, see, tables

POLICE = Path(__file__).parents[2] / "corpus" / "samples" / "004_A1_gongan.txt"

Open = Callable[..., AppTest]


def request(text: str, **where: tuple[str, ...]) -> SearchRequest:
    """What the page should ask."""
    return SearchRequest(text, where=where)


def texts(app: AppTest) -> str:
    """All that stands on the page."""
    parts = [*app.markdown, *app.caption, *app.text, *app.info, *app.error, *app.warning]
    cards = [str(hit) for hit in hits(app)]
    return "\n".join([str(part.value) for part in parts] + [b.label for b in app.button] + cards)


def open_buttons(app: AppTest) -> list[str]:
    """Ids of the records shown, in order."""
    return [hit["id"] for hit in hits(app)]


def test_before_a_search_it_says_what_to_do(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home)
    assert not open_buttons(app)
    app.button(key="try_培训人次").click().run()
    assert app.query_params["q"] == "培训人次"
    assert app.text_input(key="ask_text").value == "培训人次"
    assert open_buttons(app)


def test_hits_are_those_of_the_session_in_order(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home)
    app.text_input(key="ask_text").set_value("  校舍维修面积 ").run()
    assert app.query_params["q"] == "校舍维修面积"
    with Session.open(Home.open(read_home)) as session:
        expected = session.search(request("校舍维修面积"))
    assert open_buttons(app) == [hit.id for hit in expected.hits]
    assert expected.hits[0].value in texts(app).replace("\\", "")


def test_filters_narrow_and_are_taken_back(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="满意度")
    before = open_buttons(app)
    app.pills(key="filter_level2").set_value(["质量"]).run()
    assert app.query_params["level2"] == "质量"
    with Session.open(Home.open(read_home)) as session:
        expected = session.search(request("满意度", level2=("质量",)))
    assert open_buttons(app) == [hit.id for hit in expected.hits] != before
    assert {hit.level2 for hit in expected.hits} == {"质量"}
    app.button(key="clear_filters").click().run()
    assert "level2" not in app.query_params
    assert open_buttons(app) == before


def test_filter_labels_carry_the_counts(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="满意度")
    with Session.open(Home.open(read_home)) as session:
        facets = session.search(request("满意度")).facets
    labels = [f"{facet.value}（{facet.count}）" for facet in facets["level2"]]
    assert list(app.pills(key="filter_level2").options) == labels
    measurable = {facet.value: facet.count for facet in facets["measurable"]}
    assert app.toggle(key="filter_measurable").label == f"只看可衡量（{measurable['true']}）"


def test_only_measurable(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="满意度")
    app.toggle(key="filter_measurable").set_value(True).run()
    assert app.query_params["measurable"] == "true"
    app.toggle(key="filter_measurable").set_value(False).run()
    assert "measurable" not in app.query_params


@pytest.mark.parametrize("scope", ["goal", "project"])
def test_other_scopes_drop_filters_they_do_not_know(
    open_app: Open, read_home: Path, scope: str
) -> None:
    app = open_app(read_home, q="校舍", level2="质量", value_kind="numeric", scope=scope)
    assert open_buttons(app)
    app.segmented_control(key="ask_scope").set_value("indicator").run()
    assert "in" not in app.query_params
    assert app.query_params["level2"] == "质量"


def test_nothing_found_says_what_to_try(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="校舍", unit="没有这个单位")
    assert not open_buttons(app)
    assert "减少筛选条件" in app.info[0].value
    app.button(key="clear_filters").click().run()
    assert open_buttons(app)


def test_a_question_without_an_answer_leads_on_and_not_to_itself(
    open_app: Open, read_home: Path
) -> None:
    asked = "公益电影放映场次"
    with Session.open(Home.open(read_home)) as session:
        answer = session.search(SearchRequest(asked))
    assert (answer.hits, answer.nearest_concept) == ((), asked)
    app = open_app(read_home, q=asked)
    assert "没有相近的内容" in app.info[0].proto.title
    assert not {"try_concept", "clear_filters"} & {str(one.key) for one in app.button}
    app.button(key="anyway").click().run()
    assert open_buttons(app)


def test_a_project_opens_with_its_whole_table(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="校舍维修面积")
    first = open_buttons(app)[0]
    see(app, first)
    assert app.query_params["open"] == first
    with Session.open(Home.open(read_home)) as session:
        stored = session.project(first.rpartition("-i")[0])
    shown = tables(app)
    assert ("单位", stored.project.unit) in shown["项目基本情况"].itertuples(index=False, name=None)
    table = shown["绩效指标表"]
    assert len(table) == len(stored.project.indicators)
    chosen = [row for row in table["三级指标"] if row.startswith("▶")]
    assert len(chosen) == 1
    source = stored.project.indicators[int(first[-3:]) - 1].source
    assert any(f"第 {source.row} 行" in caption.value for caption in app.caption)


def test_the_original_of_a_project_can_be_taken_away(open_app: Open, own_copy: Path) -> None:
    with Home.open(own_copy).store() as store:
        project = next(iter(store.projects())).id
    assert not open_app(own_copy, open=project).download_button[0].disabled
    shutil.rmtree(own_copy / "files")
    assert open_app(own_copy, open=project).download_button[0].disabled


def test_a_project_that_is_gone_is_told(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, open="ffffffffffff")
    assert "没有找到要看的内容" in app.error[0].proto.title
    assert "Traceback" not in texts(app)


def test_a_missing_index_is_rebuilt_from_the_page(open_app: Open, own_copy: Path) -> None:
    shutil.rmtree(own_copy / "index")
    app = open_app(own_copy, q="校舍维修面积")
    assert "还没有建立检索索引" in app.error[0].proto.title
    app.button(key="rebuild").click().run()
    app.session_state["rebuild_work"].result()
    app.run()
    assert not app.error
    assert open_buttons(app)


def test_an_index_behind_the_corpus_is_told(open_app: Open, own_copy: Path) -> None:
    home = Home.open(own_copy)
    with home.writing("ingest"), home.store(write=True) as store:
        ingest_paths(store, home.files_dir, [POLICE])
    app = open_app(own_copy, q="校舍维修面积")
    assert "重建索引" in app.warning[0].value
    assert open_buttons(app)
    app.button(key="rebuild").click().run()
    app.session_state["rebuild_work"].result()
    app.run()
    assert not app.warning


def test_a_damaged_index_is_told_with_its_cure(open_app: Open, own_copy: Path) -> None:
    (own_copy / "index" / "CURRENT").write_text("nothing like this")
    app = open_app(own_copy, q="校舍")
    assert "索引" in app.error[0].proto.title
    assert app.button(key="rebuild")


def test_a_damaged_corpus_is_told(open_app: Open, own_copy: Path) -> None:
    (own_copy / "corpus.sqlite").write_bytes(b"not a database" * 1000)
    app = open_app(own_copy, q="校舍")
    assert "语料库文件已损坏" in app.error[0].proto.title


def test_what_another_program_read_is_found_at_once(open_app: Open, own_copy: Path) -> None:
    app = open_app(own_copy, q="信号灯")
    before = open_buttons(app)
    ingest(Home.open(own_copy), [POLICE])
    app.run()
    with Session.open(Home.open(own_copy)) as session:
        expected = session.search(request("信号灯"))
    assert open_buttons(app) == [hit.id for hit in expected.hits] != before


def test_without_a_home_the_samples_are_shown_with_a_banner(
    open_app: Open, sample_home: Path, tmp_path: Path
) -> None:
    app = open_app(tmp_path / "none", q="校舍维修面积")
    assert app.warning[0].value == SAMPLE_BANNER
    assert open_buttons(app)
    assert not (tmp_path / "none").exists()


def test_an_empty_home_sends_one_to_the_upload(open_app: Open, tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home", create=True)
    with home.writing("test"), home.store(write=True):
        pass
    app = open_app(home.path, q="校舍")
    assert "还没有任何数据" in app.error[0].proto.title
    assert "语料" in app.error[0].value


def test_a_question_in_letters_is_asked_for_in_chinese(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, q="hello world")
    assert [one.proto.title for one in app.info] == ["请用中文查找"]

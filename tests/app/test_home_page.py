"""首页 in every state: with data, samples, empty, unreadable files, an index that cannot serve."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.house import own_home
from app_pages.words import SAMPLE_BANNER
from corpus.intake.ingest import ingest_paths
from errors import HomeGoneError
from service.home import Home
from service.overview import overview, spread, spread_of
from service.refresh import ingest
from tests.app.shown import figures, hits

Open = Callable[..., AppTest]

WATER = Path(__file__).parents[2] / "corpus" / "samples" / "004_A1_gongan.txt"


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def page_links(app: AppTest) -> list[Any]:
    return [link.proto for link in app.get("page_link")]


def test_figures_are_counted_from_the_corpus(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home")
    found = overview(Home.open(read_home))
    whole = spread_of(found.lines)
    shown = figures(app)
    assert shown["文件（份）"] == str(found.documents)
    assert shown["单位（个）"] == str(whole.units)
    assert shown["指标（条）"] == str(whole.rows)
    assert "检索索引完好" in said(app)
    assert "没有读出来" not in said(app)


def test_three_doors_say_what_happens_next(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home")
    assert [door for door in ("我要编制", "我要审核", "我要培训") if door in said(app)] == [
        "我要编制",
        "我要审核",
        "我要培训",
    ]
    pages = {link.page for link in page_links(app)}
    assert {"suggest", "review", "training"} <= pages


def test_a_search_leads_to_the_page_of_searches(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home")
    app.text_input(key="home_text").set_value("校舍维修面积").run()
    assert not app.exception
    assert app.query_params["q"] == "校舍维修面积"
    assert hits(app)


def test_a_heat_map_says_in_how_many_places_it_is_spread(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home", see="department-year")
    found = overview(Home.open(read_home))
    departments = [name for name in spread(found.lines, "department") if name]
    assert f"分布在 {len(departments)} 个行业" in said(app)


@pytest.mark.parametrize("view", ["place-year", "place-department", "nothing"])
def test_every_heat_map_says_what_it_shows(open_app: Open, read_home: Path, view: str) -> None:
    app = open_app(read_home, "home", see=view)
    drawn = [json.loads(json.loads(one.proto.json)["shown"]) for one in app.get("bidi_component")]
    (shown,) = (one for one in drawn if "totals" in one)
    assert shown["said"] in said(app)
    projects = len(overview(Home.open(read_home)).lines)
    assert sum(shown["totals"]) == sum(count for _, _, count, _ in shown["cells"]) == projects


def test_the_picture_of_units_says_what_it_shows(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home", see="measurable")
    assert len(app.get("vega_lite_chart")) == 1
    assert "条指标中" in said(app)


def test_without_a_home_the_samples_are_shown(
    open_app: Open, sample_home: Path, tmp_path: Path
) -> None:
    app = open_app(tmp_path / "none", "home")
    assert app.warning[0].value == SAMPLE_BANNER
    assert int(figures(app)["指标（条）"].replace(",", "")) > 1000


def test_an_empty_home_says_what_to_do_and_shows_samples_when_asked(
    open_app: Open, sample_home: Path, tmp_path: Path
) -> None:
    home = Home.open(tmp_path / "home", create=True)
    with home.writing("test"), home.store(write=True):
        pass
    app = open_app(home.path, "home")
    assert "语料里还没有文件" in app.info[0].proto.title
    assert not figures(app)
    app.button(key="empty_samples").click().run()
    assert app.warning[0].value == SAMPLE_BANNER
    assert figures(app)
    ingest(home, [WATER])
    app.run()
    assert not app.warning
    assert figures(app)["文件（份）"] == "1"


def test_what_was_not_read_is_told_with_the_reason(open_app: Open, own_copy: Path) -> None:
    folder = own_copy.parent / "bad"
    folder.mkdir()
    (folder / "空.txt").write_bytes(b"")
    (folder / "也空.txt").write_bytes(b"")
    (folder / "图.txt").write_bytes(bytes(range(256)) * 20)
    ingest(Home.open(own_copy), [folder])
    app = open_app(own_copy, "home")
    assert "3 份文件没有读出来" in said(app)
    assert "2 份：文件是空的" in said(app)


def test_an_index_behind_missing_or_damaged_is_told_and_rebuilt(
    open_app: Open, own_copy: Path
) -> None:
    home = Home.open(own_copy)
    with home.writing("ingest"), home.store(write=True) as store:
        ingest_paths(store, home.files_dir, [WATER])
    app = open_app(own_copy, "home")
    assert "还没有进入检索" in app.warning[0].value
    app.button(key="rebuild").click().run()
    app.session_state["rebuild_work"].result()
    app.run()
    assert not app.warning
    (own_copy / "index" / "CURRENT").write_text("nothing like this")
    assert "已损坏" in open_app(own_copy, "home").warning[0].value
    shutil.rmtree(own_copy / "index")
    assert "还没有建立" in open_app(own_copy, "home").warning[0].value


def test_a_damaged_index_file_is_seen_by_its_size(open_app: Open, own_copy: Path) -> None:
    for file in own_copy.glob("index/g*/*.npy"):
        os.truncate(file, 10)
    app = open_app(own_copy, "home")
    assert "已损坏" in app.warning[0].value
    assert figures(app)["文件（份）"] == "2"


def test_a_damaged_corpus_is_told(open_app: Open, own_copy: Path) -> None:
    (own_copy / "corpus.sqlite").write_bytes(b"not a database" * 1000)
    app = open_app(own_copy, "home")
    assert "语料库文件已损坏" in app.error[0].proto.title


def test_an_old_link_leads_on_to_the_search(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "home", q="校舍", level2="质量")
    links = page_links(app)
    assert [link.page for link in links] == ["search"]
    assert "q=" in links[0].query_string and "level2=" in links[0].query_string
    assert not figures(app)


def test_a_home_that_vanished_is_told_and_no_sample_stands_in_for_it(
    open_app: Open, own_copy: Path
) -> None:
    elsewhere = own_copy.with_name("elsewhere")
    app = open_app(own_copy, "home")
    own_copy.rename(elsewhere)
    for page in ("home", "search", "suggest", "draft", "compare", "boilerplate", "training"):
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception
        assert "数据文件夹不见了" in app.error[0].proto.title, page
        assert SAMPLE_BANNER not in said(app)
    with pytest.raises(HomeGoneError):
        own_home()
    assert not own_copy.exists()
    elsewhere.rename(own_copy)
    assert not app.run().error

"""指标建议, in every state a user can meet, on a real home."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.jsonlines import to_lines
from service import drafts
from service.home import Home
from service.refresh import ingest
from tests.app.shown import tables
from tests.peers.conftest import UNITS, project

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of eight invented units."""
    folder = tmp_path_factory.mktemp("suggest")
    made = [project(number, unit) for number, unit in enumerate(UNITS)]
    lines = [json.dumps(line, ensure_ascii=False) for one in made for line in to_lines(one)]
    (folder / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    ingest(Home.open(folder / "home", create=True), [folder / "rows.jsonl"])
    return folder / "home"


def page(open_app: Open, home: Path, **asked: str) -> AppTest:
    app = open_app(home)
    for name, value in asked.items():
        app.query_params[name] = value
    app.switch_page("app_pages/suggest.py").run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.error, *app.warning, *app.metric]
    return "\n".join(str(part.value) for part in parts)


def test_before_anything_is_asked_it_says_what_it_does(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers)
    assert "都能看到出处" in texts(app)
    assert not app.metric


def test_a_row_is_answered_with_all_its_rows(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers, name="听众满意度", own="≥80%", unit=UNITS[0])
    assert app.metric[0].value.replace("\\", "") == "≥95%"
    assert "可信度" in texts(app)
    assert "全部 7 条同类指标" in texts(app)
    shown = next(table for table in tables(app).values() if "单位" in table)
    assert set(shown["单位"]) == set(UNITS) - {UNITS[0]}
    assert set(shown[""]) == {"看全表加入草稿"}
    assert "说明不了" in texts(app)


def test_a_slogan_is_refused_with_what_to_take_instead(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers, name="社会影响力")
    assert not app.metric
    assert "没有可计量的对象" in texts(app)
    assert "可以改用" in texts(app)
    assert any("公众号粉丝数量" in set(table.get("指标", ())) for table in tables(app).values())


def test_a_form_asks_and_the_address_keeps_it(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers)
    app.text_input(key="one_name").input("项目总成本")
    app.text_input(key="one_budget").input("33")
    app.selectbox(key="one_level2").select("成本")
    next(button for button in app.button if button.label == "查建议").click().run()
    assert not app.exception
    assert "项目总成本" in app.query_params["name"]
    assert app.metric[0].value == "≤33万元"


@pytest.mark.parametrize("budget", ["很多", "-3", "NaN", "1e999"])
def test_what_cannot_be_understood_is_said(open_app: Open, peers: Path, budget: str) -> None:
    app = page(open_app, peers, name="项目总成本", budget=budget)
    assert "预算金额要填大于 0 的数字" in texts(app)


def test_a_project_gets_a_table_to_take_away(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers, mode="table", project="广播节目制作", budget="77.5")
    assert "参照 8 个同类项目" in texts(app)
    drafted = tables(app)["草拟的指标表"]
    assert "≤77.5万元" in list(drafted["建议值"])
    assert "听众满意度" in list(drafted["三级指标"])


def test_a_whole_table_becomes_a_new_draft(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers, mode="table", project="广播节目制作", budget="77.5")
    rows = len(tables(app)["草拟的指标表"])
    app.button(key="take_table").click().run()
    assert [one.value for one in app.toast] == [f"已加入草稿 {rows} 行，共 {rows} 行。"]
    draft = drafts.read(Home.open(peers), str(app.query_params["draft"]))
    assert (draft.project, len(draft.rows)) == ("广播节目制作", rows)
    app.button(key="take_table").click().run()
    assert [one.value for one in app.toast] == [f"草稿里已有这 {rows} 行。"]


def test_a_project_like_no_other_is_said_so(open_app: Open, peers: Path) -> None:
    app = page(open_app, peers, mode="table", project="高标准农田灌溉渠道")
    assert "换个项目名称" in texts(app)

"""Lists of units and projects on 语料, as the address narrows them down; and the page 关于."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from app_pages.words import project_name
from knowledge.rules import rules
from service.about import model_card
from service.home import Home
from service.overview import overview, spread
from service.review_report import BASIS_NAMES
from tests.app.shown import tables

Open = Callable[..., AppTest]


def test_projects_are_listed_with_links_to_their_tables(open_app: Open, read_home: Path) -> None:
    lines = overview(Home.open(read_home)).lines
    app = open_app(read_home, "corpus", list="projects")
    listed = tables(app)["项目"]
    assert list(listed["项目"]) == [project_name(line.name) for line in lines]
    assert set(listed[""]) == {"看全表"}


def test_filters_come_from_the_address_and_go_there(open_app: Open, read_home: Path) -> None:
    lines = overview(Home.open(read_home)).lines
    unit = lines[0].unit
    app = open_app(read_home, "corpus", list="projects", unit=unit)
    expected = [line for line in lines if line.unit == unit]
    assert 0 < len(expected) < len(lines)
    assert len(tables(app)["项目"]) == len(expected)
    app.button(key="list_clear").click().run()
    assert "unit" not in app.query_params
    assert len(tables(app)["项目"]) == len(lines)
    app.selectbox(key="list_unit").set_value(unit).run()
    assert app.query_params["unit"] == unit
    assert len(tables(app)["项目"]) == len(expected)


def test_units_are_listed_with_their_counts(open_app: Open, read_home: Path) -> None:
    lines = overview(Home.open(read_home)).lines
    app = open_app(read_home, "corpus", list="units")
    listed = tables(app)["单位"]
    counted = {key[0]: one for key, one in spread(lines, "unit").items()}
    assert len(listed) == len(counted)
    assert sum(map(int, listed["项目（个）"])) == len(lines)
    app.segmented_control(key="corpus_list").set_value("documents").run()
    assert "list" not in app.query_params
    assert "已读入的文件" in tables(app)


def test_what_no_project_says_is_told(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "corpus", list="projects", county="没有这个县")
    assert "没有这样的项目" in app.info[0].proto.title


def test_about_shows_every_rule_the_model_and_licences(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "about")
    shown = tables(app)
    assert list(shown["审核规则"]["编号"]) == list(rules())
    for rule, basis in zip(rules().values(), shown["审核规则"]["依据"], strict=True):
        assert BASIS_NAMES[rule.basis_status] in basis
    model = "".join(map(str, shown["文字模型"].to_numpy().ravel()))
    assert model_card().model_id.rpartition("-")[2] in model
    assert len(shown["模型的检索质量"]) == 2
    assert "streamlit" in set(shown["版本与许可"]["软件"])
    sources = list(shown["训练用的文本"]["来源"])
    assert all("_" not in name for name in sources)  # every source has a Chinese name

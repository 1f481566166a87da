"""Every state has a link: what is chosen goes to the address, and an address gives the state."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from service.home import Home
from tests.app.shown import tables

Open = Callable[..., AppTest]


def params(app: AppTest) -> dict[str, str | list[str]]:
    """The address as the next user would open it."""
    return dict(app.query_params)


def words(app: AppTest) -> str:
    """All that stands on the page, tables and buttons too."""
    parts = [*app.markdown, *app.caption, *app.info, *app.text]
    shown = [str(one.to_csv()) for one in tables(app).values()]
    return "\n".join([str(one.value) for one in parts] + [b.label for b in app.button] + shown)


@pytest.fixture
def project(read_home: Path) -> str:
    """The id of a project with indicators."""
    with Home.open(read_home).store() as store:
        return next(one.id for one in store.projects() if len(one.project.indicators) > 3)


def test_a_comparison_has_a_link(open_app: Open, read_home: Path, project: str) -> None:
    fresh = open_app(read_home, "compare", q="校舍维修", project=project)
    assert fresh.selectbox(key="compare_project").value == project
    beside = fresh.multiselect(key=f"compare_with_{project}")
    fresh.multiselect(key=f"compare_with_{project}").set_value(list(beside.value)).run()
    again = open_app(read_home, "compare", **params(fresh))
    assert words(again) == words(fresh)


def test_a_cell_of_a_comparison_leads_to_its_table(
    open_app: Open, read_home: Path, project: str
) -> None:
    with Home.open(read_home).store() as store:
        others = [one.id for one in store.projects() if one.project.indicators]
    other = next(one for one in others if one != project)
    app = open_app(read_home, "compare", q="校舍维修", project=project, **{"with": other})
    cells = [one for one in app.button if str(one.key).startswith("compare_")]
    columns = {str(one.key).rpartition("_")[2] for one in cells}
    assert columns == {"0", "1"}  # cells of both projects, not of the first alone
    cells[0].click().run()
    record = app.query_params["open"]
    with Home.open(read_home).store() as store:
        stored = store.project(record.rpartition("-i")[0])
    name = stored.project.indicators[stored.indicator_ids.index(record)].name
    assert name in cells[0].label.replace("\\", "")
    app.button(key="panel_back").click().run()
    assert "open" not in app.query_params
    assert app.query_params["q"] == "校舍维修"


PAGES = ("home", "search", "suggest", "draft", "review", "compare", "boilerplate", "training")


@pytest.mark.parametrize("page", [*PAGES, "corpus", "about"])
def test_the_panel_opens_on_every_page(
    open_app: Open, read_home: Path, project: str, page: str
) -> None:
    app = open_app(read_home, page, open=f"{project}-i001")
    assert any(str(one.key) == "panel_back" for one in app.button)
    assert "▶ 所选指标出自" in words(app)
    app.button(key="panel_back").click().run()
    assert "open" not in app.query_params
    assert not any(str(one.key) == "panel_back" for one in app.button)


@pytest.mark.parametrize("record", ["../../etc", "ffffffffffff-i001", "'; --", "x" * 400])
def test_a_panel_of_nothing_is_told(open_app: Open, read_home: Path, record: str) -> None:
    app = open_app(read_home, "search", open=record)
    assert "没有找到要看的内容" in app.error[0].proto.title


def test_projects_of_a_file_are_a_choice_in_the_panel(
    open_app: Open, read_home: Path, project: str
) -> None:
    app = open_app(read_home, "search", q="校舍", open=project)
    choice = app.selectbox(key="panel_project")
    with Home.open(read_home).store() as store:
        document = store.project(project).document_id
        ids = [one.stored.id for one in store.tables(document)]
    assert len(choice.options) == len(ids) > 1
    choice.set_value(next(one for one in ids if one != project)).run()
    assert app.query_params["open"] != project
    assert app.query_params["q"] == "校舍"


def test_lessons_have_links(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "training")
    app.selectbox(key="training_level2").set_value("质量").run()
    app.segmented_control(key="training_lesson").set_value("范例").run()
    assert (app.query_params["level2"], app.query_params["lesson"]) == ("质量", "范例")
    again = open_app(read_home, "training", **params(app))
    assert again.selectbox(key="training_level2").value == "质量"
    assert again.segmented_control(key="training_lesson").value == "范例"


@pytest.mark.parametrize("page", ["boilerplate", "training", "compare", "corpus"])
def test_nonsense_in_an_address_is_passed_over(open_app: Open, read_home: Path, page: str) -> None:
    names = ("kind", "units", "family", "view", "lesson", "level2", "department", "from")
    app = open_app(read_home, page, **dict.fromkeys(names, "-1'<b>"))
    assert not app.exception


def test_changing_the_state_keeps_the_draft(open_app: Open, read_home: Path) -> None:
    token = "A" * 32
    app = open_app(read_home, "training", draft=token)
    app.selectbox(key="training_level2").set_value("质量").run()
    assert app.query_params["draft"] == token

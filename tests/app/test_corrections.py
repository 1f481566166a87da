"""语料: the rows of a document, a row put right in a form, and the list of corrections."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.store.stored import StoredIndicator
from service.correct import correct, corrections, strike
from service.home import Home
from service.refresh import ingest
from tests.app.shown import hits, rows

SCHOOLS = "001_A1_jiaoyu.txt"

Open = Callable[..., AppTest]


@pytest.fixture
def home(own_copy: Path) -> Home:
    return Home.open(own_copy)


def first_row(home: Home) -> StoredIndicator:
    """The first indicator of the schools' document."""
    with home.store() as store:
        return next(row for row in store.indicators() if row.indicator.source.file == SCHOOLS)


def field(app: AppTest, label: str) -> object:
    """The widget of a field of the form."""
    widgets = (*app.text_input, *app.text_area, *app.selectbox)
    return next(one for one in widgets if one.label == label)


def done(app: AppTest) -> AppTest:
    """Wait for the work to end, and draw the page anew."""
    if "correct_work" in app.session_state:
        app.session_state["correct_work"]._future.exception(timeout=60)
        app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    return done(app)


def page(open_app: Open, home: Home, **params: str) -> AppTest:
    """The page of the corpus at an address."""
    app = open_app(home.path, "corpus")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_a_document_is_chosen_and_all_its_rows_are_shown(open_app: Open, home: Home) -> None:
    app = page(open_app, home)
    with home.store() as store:
        document = next(one for one in store.documents() if one.name == SCHOOLS)
        tables = store.tables(document.id)
    app.selectbox(key="rows_document").set_value(document.id).run()
    assert app.query_params["document"] == document.id
    table = next(one for one in tables if one.stored.project.indicators)
    app.selectbox(key="rows_table").set_value(table.position).run()
    shown = rows(app, "读出的指标")
    assert [row["三级指标"] for row in shown] == [
        row.name for row in table.stored.project.indicators
    ]
    assert len(app.selectbox(key="rows_row").options) == len(shown) + 1
    assert not app.text_input  # nothing is to be put right yet
    app.selectbox(key="rows_row").set_value(2).run()
    assert app.query_params["row"] == "2"
    assert field(app, "名称").value == table.stored.project.indicators[1].name  # type: ignore[attr-defined]


def test_a_link_leads_to_its_row(open_app: Open, home: Home) -> None:
    row = first_row(home)
    app = page(open_app, home, record=row.id)
    assert field(app, "名称").value == row.indicator.name  # type: ignore[attr-defined]
    app = page(open_app, home, record=row.project_id)
    assert field(app, "单位").value == row.head.unit  # type: ignore[attr-defined]
    assert page(open_app, home, record="gone").error
    page(open_app, home, document="x", table="-1", row="²")


def test_a_value_is_put_right_marked_and_taken_back(open_app: Open, home: Home) -> None:
    row = first_row(home)
    app = page(open_app, home, record=row.id)
    field(app, "指标值").set_value("≥7788人次")  # type: ignore[attr-defined]
    press(app, "保存更正")
    assert "已更正：指标值" in app.success[0].value
    shown = next(one for one in rows(app, "读出的指标") if one["三级指标"] == row.indicator.name)
    assert shown["指标值"] == "≥7788人次"
    assert f"原文：{row.indicator.value.raw}" in shown["更正"]
    (made,) = corrections(home).corrections
    assert any("更正记录（1 条）" in head.value for head in app.subheader)
    search = open_app(home.path, q=row.indicator.name)
    assert any("已更正" in hit["whose"] for hit in hits(search))
    app = page(open_app, home, record=row.id)
    app.button(key=f"undo_{made.id}").click().run()
    done(app)
    assert "已撤销" in app.success[0].value
    assert corrections(home).corrections == ()
    assert field(app, "指标值").value != "≥7788人次"  # type: ignore[attr-defined]


def test_a_head_is_put_right_though_its_id_changes(open_app: Open, home: Home) -> None:
    row = first_row(home)
    app = page(open_app, home, record=row.project_id)
    field(app, "单位").set_value("乐亭县教育局")  # type: ignore[attr-defined]
    press(app, "保存更正")
    assert not app.error
    shown = str(rows(app, "读出的项目情况"))
    assert "乐亭县教育局" in shown
    assert "唐山市" in shown
    assert f"已更正：单位（原文：{row.head.unit}）" in shown
    assert first_row(home).project_id != row.project_id


def test_a_row_that_is_none_goes_and_can_come_back(open_app: Open, home: Home) -> None:
    row = first_row(home)
    app = page(open_app, home, record=row.id)
    before = len(rows(app, "读出的指标"))
    press(app, "这一行不是指标，删去")
    assert len(rows(app, "读出的指标")) == before - 1
    assert any("已删去" in text.value for text in app.markdown)
    press(app, "撤销")
    assert len(rows(app, "读出的指标")) == before


def test_what_a_field_cannot_hold_is_said_in_chinese(open_app: Open, home: Home) -> None:
    app = page(open_app, home, record=first_row(home).id)
    field(app, "分值").set_value("很多")  # type: ignore[attr-defined]
    press(app, "保存更正")
    assert "分值要填数字" in app.error[0].value
    assert field(app, "分值").value == "很多"  # type: ignore[attr-defined]
    assert corrections(home).corrections == ()


def test_saving_what_stands_there_changes_nothing(open_app: Open, home: Home) -> None:
    app = press(page(open_app, home, record=first_row(home).id), "保存更正")
    assert "没有改动" in app.success[0].value
    assert corrections(home).corrections == ()


def test_a_locked_home_is_told(open_app: Open, home: Home) -> None:
    app = page(open_app, home, record=first_row(home).id)
    field(app, "依据").set_value("年度计划")  # type: ignore[attr-defined]
    with home.writing("ingest"):
        press(app, "保存更正")
    assert "另一个程序正在写入" in app.error[0].proto.title
    assert corrections(home).corrections == ()


def test_corrections_without_effect_say_why(open_app: Open, home: Home, tmp_path: Path) -> None:
    row = first_row(home)
    correct(home, row.id, {"value": "≥1"})
    strike(home, row.id)
    with home.store() as store:
        path = Path(next(one for one in store.documents() if one.name == SCHOOLS).path)
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_bytes(path.read_bytes())
    with home.store(write=True) as store:
        store.drop_path(str(path))
    app = page(open_app, home)
    said = [text.value.replace("\\", "") for text in app.markdown]
    assert sum("未生效" in text and "不在语料里" in text for text in said) == 2
    ingest(home, [docs])
    said = [text.value for text in page(open_app, home).markdown]
    assert not any("未生效" in text for text in said)


def test_what_was_masked_is_told_by_document(open_app: Open, home: Home, tmp_path: Path) -> None:
    form = tmp_path / "form_13912345678.txt"
    form.write_text(
        "项目名称\t维修\t项目负责人\t李小兰\n填报单位\t某县教育局\t联系电话\t13812345678\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t培训人次\t≥120人次\n",
        "utf-8",
    )
    ingest(home, [form])
    app = page(open_app, home)
    shown = next(row for row in rows(app, "已读入的文件") if "〔电话〕" in row["文件"])
    assert shown["已遮盖"] == "姓名 1，电话 1"
    assert not any("按规则略过" in one.label and "电话" in one.label for one in app.expander)


def test_hostile_text_stays_text(open_app: Open, home: Home) -> None:
    row = first_row(home)
    hostile = "![x](http://example.org/p.png) <img src=x onerror=alert(1)> :red[红]"
    correct(home, row.id, {"name": hostile, "basis": hostile})
    app = page(open_app, home, record=row.id)
    shown = [text.value for text in (*app.markdown, *app.caption)]
    shown += [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    assert any("example" in text for text in shown)
    for text in shown:
        live = re.sub(r"\\.", "", text)  # what is left without escaped characters
        assert not re.search(r"!\[|<|:red|\$", live), text

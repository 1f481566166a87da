"""审核 and 项目对比, on real homes."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from service.home import Home
from tests.app.conftest import SAMPLES, WATER
from tests.app.shown import rows, tables

Open = Callable[..., AppTest]
POLICE = SAMPLES / "004_A1_gongan.txt"


def checked(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Upload files, start the check and wait for its end."""
    for name, data in files:
        app.file_uploader[0].upload(name, data)
    app.run()
    app.button(key="review_start").click().run()
    if "review_work" in app.session_state:
        app.session_state["review_work"]._future.exception(timeout=60)
        app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All the words of the page that are not in tables."""
    return "\n".join(one.value for one in (*app.markdown, *app.caption, *app.info, *app.error))


def in_tables(app: AppTest) -> str:
    return "\n".join(one.to_csv() for one in tables(app).values())


def test_a_draft_is_reviewed_and_not_stored(open_app: Open, read_home: Path) -> None:
    with Home.open(read_home).store() as store:
        before = store.revision()
    app = checked(open_app(read_home, "review"), (POLICE.name, POLICE.read_bytes()))
    assert "需要修改" in shown(app)
    found = in_tables(app)
    assert "T02" in found  # 维护成本控制率 ≥95%
    assert "依据" in found
    with Home.open(read_home).store() as store:
        assert store.revision() == before


def test_filters_leave_out_what_is_not_wanted(open_app: Open, read_home: Path) -> None:
    app = checked(open_app(read_home, "review"), (POLICE.name, POLICE.read_bytes()))
    assert "N02" in in_tables(app) or "T06" in in_tables(app)
    app.button_group(key="review_severity").set_value(["error"]).run()
    assert "T06" not in in_tables(app)


def test_a_filter_shows_the_rows_that_have_what_is_wanted(open_app: Open, read_home: Path) -> None:
    app = checked(open_app(read_home, "review"), (POLICE.name, POLICE.read_bytes()))
    app.button_group(key="review_severity").set_value(["error"]).run()
    judged = [row["问题和怎么改"] for row in rows(app, "指标与审核意见")]
    assert judged
    assert all("必须修改" in text for text in judged)  # and none says that it is sound


def test_a_file_that_cannot_be_read_is_told(open_app: Open, read_home: Path) -> None:
    app = checked(open_app(read_home, "review"), ("空.txt", b"nothing here"))
    assert any("没有读出" in str(one.proto) for one in app.error)
    assert not tables(app)  # no figures of nothing


def test_a_reviewed_project_is_compared_without_being_uploaded_again(
    open_app: Open, read_home: Path
) -> None:
    app = checked(open_app(read_home, "review"), (WATER.name, WATER.read_bytes()))
    app.query_params.update({"from": "审核", "of": "1"})
    app.switch_page("app_pages/compare.py").run()
    assert not app.exception
    chosen = app.selectbox(key="compare_of_file")
    assert chosen.value == "1"
    (beside,) = app.multiselect
    (laid,) = beside.indices
    # the same project is in the corpus: that is not what one wants to see beside it
    assert chosen.index is not None
    assert not chosen.options[chosen.index].startswith(beside.options[laid])


def test_a_comparison_says_what_a_wrong_file_is(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "compare", **{"from": "文件"})
    app.file_uploader[0].upload("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    app.run()
    assert not app.exception
    assert [one.value for one in app.error] == [
        "这是图片，里面没有文字。请先转成文字（OCR），或上传文件本身。"
    ]


def test_projects_side_by_side(open_app: Open, read_home: Path) -> None:
    app = open_app(read_home, "compare")
    app.text_input(key="compare_text").set_value("校舍维修").run()
    assert not app.exception
    similar = tables(app)["相近的项目"]
    assert any("条指标对得上" in reason for reason in similar["理由"])
    assert "学生家长满意度" in "".join(button.label for button in app.button)
    assert "数量" in in_tables(app)


def test_nothing_chosen_yet(open_app: Open, read_home: Path) -> None:
    assert "选一个项目" in shown(open_app(read_home, "compare"))

"""我的草稿 and 加入草稿, in every state a user can meet, on real homes."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus.records import Level2
from errors import DraftMissingError
from service import drafts
from service.draft_records import KeptDraft, kept_row, with_rows
from service.home import Home
from tests.app.shown import take

Open = Callable[..., AppTest]

ROWS = (
    kept_row("校舍维修面积", "≥3000平方米", level2=Level2.QUANTITY, description="维修的校舍面积"),
    kept_row("验收合格率", "验收合格率", level2=Level2.QUALITY),
    kept_row("学生满意度", "≥95%", level2=Level2.SATISFACTION),
)


@pytest.fixture(scope="module")
def home(read_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that drafts are kept in; its corpus is never written to."""
    return Home.open(Path(shutil.copytree(read_home, tmp_path_factory.mktemp("drafts") / "home")))


@pytest.fixture
def draft(home: Home) -> KeptDraft:
    """A draft of three rows, the second of which says nothing."""
    return drafts.create(home, KeptDraft(project="校舍维修", budget_wan=80.0, rows=ROWS))


def said(app: AppTest) -> str:
    """All that stands on the page, without tables."""
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    alerts = [one.proto.title for one in (*app.info, *app.warning, *app.error)]
    return "\n".join([*(str(part.value) for part in parts), *alerts])


def editor(app: AppTest) -> str:
    """The key of the editor that is shown."""
    (key,) = [one.key for one in app.data_editor]
    return str(key)


def edit(app: AppTest, **state: Any) -> AppTest:  # noqa: ANN401 - as Streamlit keeps it
    """Change something in the editor."""
    app.session_state[editor(app)] = {
        "edited_rows": state.get("edited", {}),
        "added_rows": state.get("added", []),
        "deleted_rows": state.get("deleted", []),
    }
    app.run()
    assert not app.exception
    return app


def names(app: AppTest) -> list[str]:
    """The names of the rows in the editor as it was laid out."""
    return list(app.data_editor[0].value["三级指标"])


def test_without_a_draft_it_says_how_to_begin(open_app: Open, home: Home) -> None:
    app = open_app(home.path, "draft")
    assert "还没有草稿" in said(app)
    app.button(key="draft_blank").click().run()
    token = app.query_params["draft"]
    assert drafts.read(home, token).rows == ()
    assert app.data_editor[0].value.empty
    edit(app, added=[{"三级指标": "培训人次", "指标值": "≥200人次", "二级指标": "数量"}])
    (row,) = drafts.read(home, token).rows
    assert (row.name, row.value, row.level2) == ("培训人次", "≥200人次", Level2.QUANTITY)
    assert row.level1 == "产出指标"


def test_the_link_opens_the_draft_with_its_checks(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    assert names(app) == [row.name for row in ROWS]
    assert app.text_input(key="draft_project").value == "校舍维修"
    assert app.number_input(key="draft_budget").value == 80.0
    assert "V01" in "".join(one.help for one in app.markdown)  # 验收合格率 = 验收合格率
    assert "2. 验收合格率" in said(app).replace("\\", "")
    assert ":green-badge[数量 1]" in said(app)
    assert ":gray-badge[时效 无]" in said(app)
    links = [code.value for code in app.code]
    assert any(link.endswith(f"?draft={draft.token}") for link in links)
    assert len(app.download_button) == 4


def test_a_value_that_is_mended_is_kept_and_passes(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    edit(app, edited={1: {"指标值": "=100%", "依据": "验收规范"}})
    kept = drafts.read(home, draft.token)
    assert (kept.rows[1].value, kept.rows[1].basis) == ("=100%", "验收规范")
    assert (kept.rows[0], kept.rows[2]) == (ROWS[0], ROWS[2])
    assert "V01" not in "".join(one.help for one in app.markdown)
    app.run()  # the editor holds the edit still: it must not be made again
    assert drafts.read(home, draft.token).revision == kept.revision


def test_rows_are_deleted_and_brought_back(open_app: Open, home: Home, draft: KeptDraft) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    edit(app, deleted=[0, 2])
    assert drafts.read(home, draft.token).rows == (ROWS[1],)
    assert names(app) == ["验收合格率"]
    app.button(key="draft_undo").click().run()
    assert drafts.read(home, draft.token).rows == ROWS
    assert names(app) == [row.name for row in ROWS]
    assert app.button(key="draft_undo").disabled


def test_rows_move_and_are_put_in_order(open_app: Open, home: Home, draft: KeptDraft) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    edit(app, edited={2: {"序号": 1}})
    assert names(app) == ["学生满意度", "校舍维修面积", "验收合格率"]
    edit(app, edited={0: {"序号": 2}})
    assert names(app) == ["校舍维修面积", "学生满意度", "验收合格率"]
    app.button(key="draft_sort").click().run()
    assert names(app) == [row.name for row in ROWS]
    assert drafts.read(home, draft.token).rows == ROWS


def test_levels_agree_with_each_other(open_app: Open, home: Home, draft: KeptDraft) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    edit(app, edited={0: {"二级指标": "满意度"}})
    assert drafts.read(home, draft.token).rows[0].level1 == "满意度指标"
    assert app.data_editor[0].value["一级指标"][0] == "满意度指标"
    edit(app, edited={0: {"一级指标": "产出指标"}})
    row = drafts.read(home, draft.token).rows[0]
    assert (row.level1, row.level2) == ("产出指标", None)


def test_head_fields_are_kept(open_app: Open, home: Home, draft: KeptDraft) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    app.text_input(key="draft_unit").set_value(" 青禾县\t教育局 ").run()
    app.number_input(key="draft_budget").set_value(120.5).run()
    kept = drafts.read(home, draft.token)
    assert (kept.unit, kept.budget_wan, kept.rows) == ("青禾县 教育局", 120.5, ROWS)


def test_what_another_window_wrote_is_not_written_over(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    theirs = drafts.save(home, with_rows(draft, ROWS[:2]))
    edit(app, edited={0: {"指标值": "≥1平方米"}})
    assert drafts.read(home, draft.token) == theirs
    assert "刚在别的窗口改过" in said(app)
    assert names(app) == [row.name for row in ROWS[:2]]
    edit(app, edited={0: {"指标值": "≥1平方米"}})
    assert drafts.read(home, draft.token).rows[0].value == "≥1平方米"
    assert "刚在别的窗口改过" not in said(app)


def test_too_long_a_text_is_told_and_nothing_is_lost(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    edit(app, edited={0: {"指标描述": "长" * 3000}})
    assert drafts.read(home, draft.token) == draft
    assert "2000" in said(app)


@pytest.mark.parametrize("token", ["../../corpus", "x" * 32, "<script>"])
def test_a_wrong_link_is_told(open_app: Open, home: Home, token: str) -> None:
    app = open_app(home.path, "draft", draft=token)
    assert "没有这份草稿" in said(app)
    app.button(key="draft_new").click().run()
    assert "还没有草稿" in said(app)
    assert "draft" not in app.query_params


def test_a_damaged_draft_is_told(open_app: Open, home: Home, draft: KeptDraft) -> None:
    (home.drafts_dir / f"{draft.token}.json").write_text("{}")
    app = open_app(home.path, "draft", draft=draft.token)
    assert "已损坏" in said(app)


def test_a_draft_can_be_removed(open_app: Open, home: Home, draft: KeptDraft) -> None:
    app = open_app(home.path, "draft", draft=draft.token)
    app.button(key="draft_remove").click().run()
    assert "还没有草稿" in said(app)
    with pytest.raises(DraftMissingError):
        drafts.read(home, draft.token)


def test_hits_are_taken_and_the_panel_takes_rows(open_app: Open, home: Home) -> None:
    app = open_app(home.path, "search", q="校舍维修面积")
    record = take(app)
    assert "已加入草稿 1 行" in app.toast[0].value
    token = app.query_params["draft"]
    (row,) = drafts.read(home, token).rows
    assert (row.origins[0].record, row.origins[0].name) == (record, row.name)
    app.button(key="panel_take").click().run()
    assert "已有这一行" in app.toast[0].value
    assert "已在草稿里" in said(app)
    rows = app.multiselect(key=f"panel_rows_{record}")
    rows.set_value(list(rows.value)).run()
    other = next(one for one in rows_of(home, record) if one != record)
    app.multiselect(key=f"panel_rows_{record}").set_value([other]).run()
    app.button(key="panel_take").click().run()
    taken = [one.origins[0].record for one in drafts.read(home, token).rows]
    assert taken == [record, other]
    assert app.query_params["q"] == "校舍维修面积"


def rows_of(home: Home, record: str) -> tuple[str, ...]:
    """Ids of the rows of the table that a record stands in."""
    with home.store() as store:
        return store.project(record.rpartition("-i")[0]).indicator_ids


def test_a_hit_is_taken_also_when_the_old_draft_is_gone(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    app = open_app(home.path, "search", q="校舍维修面积", draft=draft.token)
    drafts.remove(home, draft.token)
    take(app)
    token = app.query_params["draft"]
    assert token != draft.token
    assert len(drafts.read(home, token).rows) == 1


def test_a_draft_that_cannot_be_written_is_told(
    open_app: Open, home: Home, draft: KeptDraft
) -> None:
    (home.drafts_dir / f"{draft.token}.json").write_text("{}")
    app = open_app(home.path, "search", q="校舍维修面积", draft=draft.token)
    take(app)
    assert "没有加入草稿" in app.toast[0].value
    assert not app.exception


def test_drafts_of_the_samples_stay_there(
    open_app: Open, sample_home: Path, tmp_path: Path
) -> None:
    app = open_app(tmp_path / "none", "search", q="校舍维修面积")
    take(app)
    token = app.query_params["draft"]
    assert len(drafts.read(Home.open(sample_home), token).rows) == 1
    assert not (tmp_path / "none").exists()


def test_two_users_have_drafts_of_their_own(open_app: Open, home: Home) -> None:
    tokens = []
    for _ in range(2):
        app = open_app(home.path, "search", q="校舍维修面积")
        take(app)
        tokens.append(app.query_params["draft"])
    first, second = (drafts.read(home, token) for token in tokens)
    assert first.token != second.token
    assert replace(first, token="", changed="") == replace(second, token="", changed="")

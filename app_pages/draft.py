"""我的草稿: the rows that were collected, edited, judged and taken away as a file."""

import streamlit as st

from app_pages import links
from app_pages.draft_checks import show_checks
from app_pages.draft_editor import Desk, show_editor, show_head
from app_pages.house import open_home
from app_pages.linked import show_linked
from app_pages.notice import show_error
from app_pages.paper import show_on_paper
from app_pages.suggest_table import show_files
from app_pages.tables import source_text
from app_pages.taking import tell_error
from app_pages.words import project_name
from errors import DraftError, DuibiaoError
from service import drafts
from service.draft_records import KeptDraft
from service.home import Home


def main() -> None:
    """The draft at hand, or how to begin one."""
    home = open_home()
    if not links.token():
        _begin(home)
        return
    try:
        desk = Desk.open(home, links.token())
    except DraftError as error:
        show_error(error)
        st.button("另开一份新草稿", key="draft_new", on_click=links.hand().hold, args=("",))
        return
    _show_title(desk.draft)
    show_head(desk)
    show_on_paper(desk.draft)
    left, right = st.columns((2.5, 1), gap="medium")
    with left:
        with st.container(key="draft_editor"):
            show_editor(desk)
        if desk.draft.rows:
            _offer_files(desk.draft)
    with right:
        show_checks(home, desk)
    if desk.draft.rows:
        _show_origins(desk.draft)


def _begin(home: Home) -> None:
    st.info(
        "在「检索」「指标建议」「审核」「培训」里，看到合适的指标就点「加入草稿」，它们会集中到这里；"
        "也可以从空白开始写。",
        title="还没有草稿",
        icon=":material/edit_note:",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "从空白开始",
            key="draft_blank",
            icon=":material/add:",
            on_click=_blank,
            args=(home, links.hand()),
        )
        st.page_link("app_pages/search.py", label="去「检索」", icon=":material/search:")
        st.page_link("app_pages/suggest.py", label="去「指标建议」", icon=":material/lightbulb:")
    st.caption("以前的草稿：打开当时保存的私人链接就能继续。")


def _blank(home: Home, hand: links.Hand) -> None:
    try:
        hand.hold(drafts.create(home).token)
    except DuibiaoError as error:
        tell_error(hand, error)


def _show_title(draft: KeptDraft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("我的草稿", anchor=False)
        with st.popover("私人链接", icon=":material/key:", key="draft_link"):
            st.caption(
                "这份草稿只有知道链接的人能打开和修改。请收藏或复制下面的链接：换一台电脑、"
                "关掉浏览器以后，用它继续编写。"
            )
            st.code(links.absolute({links.DRAFT: draft.token}), language=None, wrap_lines=True)
        st.button(
            "另开一份",
            key="draft_other",
            icon=":material/note_add:",
            on_click=links.hand().hold,
            args=("",),
        )
        with st.popover("删除草稿", icon=":material/delete:", key="draft_delete"):
            st.caption("删除以后不能恢复。")
            st.button(
                "确认删除",
                key="draft_remove",
                type="primary",
                on_click=_remove,
                args=(open_home(), links.hand()),
            )


def _remove(home: Home, hand: links.Hand) -> None:
    try:
        drafts.remove(home, hand.draft)
    except DuibiaoError as error:
        tell_error(hand, error)
    hand.hold("")


def _offer_files(draft: KeptDraft) -> None:
    with st.container(key="draft_files", gap="small"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            show_files(draft, "draft")
        st.caption("导出的第二张表（Word 为末页）写明每一行的出处。")


def _show_origins(draft: KeptDraft) -> None:
    """Where the rows came from, each leading to its table."""
    found = [
        (place, row, one) for place, row in enumerate(draft.rows, start=1) for one in row.origins
    ]
    own = sum(not row.origins for row in draft.rows)
    st.markdown("**每一行的出处**")
    if own:
        st.caption(f"有 {own} 行是自行填写的，没有出处。")
    if not found:
        return
    show_linked(
        {
            "序号": [str(place) for place, _, _ in found],
            "三级指标": [row.name for _, row, _ in found],
            "取自单位": [one.unit or "单位未注明" for _, _, one in found],
            "项目": [project_name(one.project) for _, _, one in found],
            "年度": [str(one.year or "") for _, _, one in found],
            "原指标": [one.name for _, _, one in found],
            "原指标值": [one.value for _, _, one in found],
            "出处": [source_text(one.source) for _, _, one in found],
        },
        [one.record for _, _, one in found],
        key="draft_origins",
        alt="每一行的出处",
        takes=False,
    )


try:
    main()
except DuibiaoError as error:
    show_error(error)

"""套话: what units copy from each other, where it stands, and how much of a document it is."""

import streamlit as st

from app_pages import links
from app_pages.families import show_families
from app_pages.house import open_home
from app_pages.notice import lead_to_corpus, show_error
from app_pages.rebuild import offer_rebuild
from app_pages.shaded import show_copied, show_document
from errors import DuibiaoError, SearchIndexError

_VIEWS = ("套话家族", "看一份文件", "雷同的表")


def _asked_view() -> str:
    """Which view the address asks for; only that one is worked out."""
    st.session_state["boilerplate_view"] = links.choice("view", _VIEWS, _VIEWS[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "看哪一面",
            _VIEWS,
            key="boilerplate_view",
            required=True,
            label_visibility="collapsed",
            on_change=links.note,
            args=("view", "boilerplate_view", _VIEWS[0]),
        )
        links.offer_link("boilerplate_link")
    return str(st.session_state["boilerplate_view"])


st.header("套话", anchor=False)
st.caption("许多单位共用的名称、说明、目标和整张表；规定的固定指标、规范的指标名称不算套话。")
try:
    home = open_home()
    view = _asked_view()
    if view == "看一份文件":
        show_document(home)
    elif view == "雷同的表":
        show_copied(home)
    else:
        show_families(home)
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(home)
except DuibiaoError as error:
    lead_to_corpus(error)

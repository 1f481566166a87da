"""Building the search index anew, from a page."""

import streamlit as st

from app_pages.notice import told
from app_pages.work import Work, watch
from service.home import Home

_WORK = "rebuild_work"


def offer_rebuild(home: Home) -> None:
    """A button that builds the index of this home; while it does, how far it is."""
    work: Work[object] | None = st.session_state.get(_WORK)
    if work is None:
        st.button(
            "重建索引",
            key="rebuild",
            icon=":material/refresh:",
            on_click=_start,
            args=(home,),
        )
    elif work.running:
        watch(work)
    else:
        del st.session_state[_WORK]
        with told():
            work.result()
            st.rerun()


def _start(home: Home) -> None:
    from service.refresh import build  # much that other runs of a page do not need

    st.session_state[_WORK] = Work("正在重建索引", lambda progress: build(home, progress=progress))

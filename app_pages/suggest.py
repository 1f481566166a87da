"""指标建议: a value for one row, or a table for a whole project, from peers."""

from dataclasses import replace
from functools import partial

import streamlit as st

from app_pages import suggest_state
from app_pages.house import open_home, open_session
from app_pages.notice import offer_wording, show_error
from app_pages.once import once
from app_pages.rebuild import offer_rebuild
from app_pages.suggest_one import ask_row, show_row
from app_pages.suggest_state import Asked, Mode
from app_pages.suggest_table import ask_project, show_drafted
from errors import DuibiaoError, SearchIndexError, UsageError
from peers.records import Draft, Suggested
from peers.tables import DraftTable, ProjectDraft
from service.home import Home
from service.reasons import field_reason
from service.suggest import Advisor

_MODES = {Mode.ROW: "一条指标", Mode.PROJECT: "整个项目"}


def _turned() -> None:
    asked = suggest_state.read()
    suggest_state.go(replace(asked, mode=st.session_state["suggest_mode"]))


def _answer(asked: Asked, home: Home) -> None:
    session = open_session(home)

    def suggested(draft: Draft) -> Suggested:
        with Advisor(home, session) as advisor:
            return advisor.suggest(draft)

    def drafted(draft: ProjectDraft) -> DraftTable:
        with Advisor(home, session) as advisor:
            return advisor.draft(draft)

    if asked.mode == Mode.ROW and asked.name:
        row = asked.draft()
        show_row(asked, row, once(home, session, row, partial(suggested, row)))
    elif asked.mode == Mode.PROJECT and asked.project:
        project = asked.project_draft()
        show_drafted(asked, once(home, session, project, partial(drafted, project)))
    else:
        st.caption("建议值都来自别的单位已公开的同类指标，每个数字都能看到出处；没有把握时会明说。")


asked = suggest_state.read()
st.session_state["suggest_mode"] = Mode(asked.mode)
st.segmented_control(
    "要什么",
    list(Mode),
    key="suggest_mode",
    format_func=_MODES.__getitem__,
    required=True,
    label_visibility="collapsed",
    on_change=_turned,
)
if asked.mode == Mode.ROW:
    ask_row(asked)
else:
    ask_project(asked)
try:
    home = open_home()
    _answer(asked, home)
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(home)
except UsageError as error:
    st.info(field_reason(str(error)), title="有一项看不懂")
    offer_wording([str(error)])
except DuibiaoError as error:
    show_error(error)

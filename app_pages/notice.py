"""Errors on a page: what happened, what to do, details in small print."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from app_pages.plain import plain
from errors import DuibiaoError, StoppedError
from service.advice import advice


def show_error(error: DuibiaoError) -> None:
    """An error in plain Chinese; the message of the program can be opened below it."""
    words = advice(type(error))
    if isinstance(error, StoppedError):
        st.info(words.cure, title=words.what, icon=":material/stop_circle:")
        return
    st.error(words.cure, title=words.what, icon=":material/error:")
    offer_wording([str(error)])


def lead_to_corpus(error: DuibiaoError) -> None:
    """An error that is mended on 语料, with the way there."""
    show_error(error)
    st.page_link("app_pages/corpus.py", label="去「语料」", icon=":material/folder_open:")


def offer_wording(wordings: Sequence[str]) -> None:
    """What the program itself says, in English, for those who look after it."""
    with st.expander("程序的原话（给系统管理员）", type="compact"):
        for wording in wordings:
            st.caption(plain(wording))


def show_fault() -> None:
    """A fault of the program itself: nothing that a user did, and nothing of theirs is lost."""
    st.error(
        "数据没有受影响。请刷新页面再试；如果还是这样，请把程序窗口里的日志发给系统管理员。",
        title="程序出了意料之外的错误。",
        icon=":material/error:",
    )


@contextmanager
def told() -> Iterator[None]:
    """Show an error of the block instead of letting it end the page."""
    try:
        yield
    except DuibiaoError as error:
        show_error(error)

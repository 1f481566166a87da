"""Long work beside the page: a click elsewhere redraws the page but does not break it off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

import streamlit as st

from app_pages.plain import plain
from errors import DuibiaoError

Progress = Callable[[int, int, str], None]
Result = TypeVar("Result")


class Work(Generic[Result]):
    """One piece of work in a thread of its own: how far it is, and what came of it."""

    def __init__(self, title: str, do: Callable[[Progress], Result]) -> None:
        self.title = title
        self.state = (0, 0, "")
        """Steps done, steps in all (0 while not known), and what is being done."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="duibiao-work")
        self._future = thread.submit(do, self._told)
        thread.shutdown(wait=False)

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return not self._future.done()

    def result(self) -> Result:
        """What came of it; waits for the end.

        :raises DuibiaoError: what the work raised.
        """
        try:
            return self._future.result()
        except OSError as error:
            raise DuibiaoError(str(error)) from error

    def _told(self, done: int, total: int, label: str) -> None:
        self.state = (done, total, label)


@st.fragment(run_every=0.5)
def watch(work: Work[Result]) -> None:
    """Show how far a piece of work is, twice a second; the page is drawn anew at its end."""
    done, total, label = work.state
    text = f"{work.title}：{plain(label)}（{done}/{total}）" if total else f"{work.title}…"
    st.progress(min(done / total, 1.0) if total else 0.0, text=text)
    if not work.running:
        st.rerun()

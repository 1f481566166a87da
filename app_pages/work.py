"""Long work beside the page: a click elsewhere redraws the page but does not break it off."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Generic, TypeVar

import streamlit as st

from app_pages.plain import plain
from errors import DuibiaoError, StoppedError

_LONG = 2  # seconds after which one wants to see that something goes on

Progress = Callable[[int, int, str], None]
Result = TypeVar("Result")


class Work(Generic[Result]):
    """One piece of work in a thread of its own: how far it is, and what came of it."""

    def __init__(
        self, title: str, do: Callable[[Progress], Result], *, can_stop: bool = True
    ) -> None:
        self.title = title
        self._started = time.monotonic()
        self.can_stop = can_stop
        self._stop = Event()
        self.state = (0, 0, "")
        """Steps done, steps in all (0 while not known), and what is being done."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="duibiao-work")
        self._future = thread.submit(do, self._told)
        thread.shutdown(wait=False)

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return not self._future.done()

    @property
    def seconds(self) -> int:
        """How long it has gone on."""
        return int(time.monotonic() - self._started)

    @property
    def stopping(self) -> bool:
        """Whether the user asked for its end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End it at its next step; its result is then `StoppedError`. For callbacks."""
        self._stop.set()

    def result(self) -> Result:
        """What came of it; waits for the end.

        :raises DuibiaoError: what the work raised.
        """
        try:
            return self._future.result()
        except OSError as error:
            raise DuibiaoError(str(error)) from error

    def _told(self, done: int, total: int, label: str) -> None:
        if self._stop.is_set():
            raise StoppedError(f"stopped by the user after {done} of {total}")
        self.state = (done, total, label)


@st.fragment(run_every=0.5)
def watch(work: Work[Result]) -> None:
    """Show how far a piece of work is, twice a second; the page is drawn anew at its end."""
    done, total, label = work.state
    text = f"{work.title}：{plain(label)}（{done:,}/{total:,}）" if total else f"{work.title}…"
    if work.seconds >= _LONG:
        text += f"　已用 {work.seconds} 秒"
    st.progress(min(done / total, 1.0) if total else 0.0, text=text)
    if work.can_stop:
        st.button(
            "正在停止…" if work.stopping else "停止",
            key="work_stop",
            icon=":material/stop_circle:",
            disabled=work.stopping,
            on_click=work.stop,
            help="做完手头的一份就停；已经做完的留着。",
        )
    if not work.running:
        st.rerun()

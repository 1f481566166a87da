"""The figures of the whole corpus, counted once after each change and shared by all users."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from service import counting
from service.home import Home
from service.overview import Counted, IndexFigures, index_figures, stamp
from service.reasons import file_reason


def counted(home: Home) -> Counted:
    """All projects of a home with their counts.

    :raises HomeError: the corpus cannot be read.
    """
    return _overview(home, str(home.path), stamp(home))


def unread_reasons(home: Home) -> Mapping[str, int]:
    """Why files were not read, in words, with the number of files.

    :raises HomeError: the corpus cannot be read.
    """
    return _reasons(home, str(home.path), stamp(home))


def index_of(home: Home) -> IndexFigures:
    """How the index of a home stands.

    :raises HomeError: the corpus cannot be read.
    """
    current = home.index_dir / "CURRENT"
    changed = current.stat().st_mtime_ns if current.exists() else 0
    return _index(home, str(home.path), f"{stamp(home)} {changed}")


@st.cache_resource(max_entries=4, show_spinner="正在统计语料…")
def _overview(_home: Home, path: str, stamp: str) -> Counted:
    return counting.counted(_home)


@st.cache_resource(max_entries=4, show_spinner=False)
def _reasons(_home: Home, path: str, stamp: str) -> Mapping[str, int]:
    with _home.store() as store:
        skipped = {(file.name, file.reason) for file in store.skipped()}
    return Counter(file_reason(reason) for _, reason in skipped)


@st.cache_resource(max_entries=4, ttl=60, show_spinner=False)
def _index(_home: Home, path: str, stamp: str) -> IndexFigures:
    return index_figures(_home)

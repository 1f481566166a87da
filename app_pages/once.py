"""Answers that a rerun need not work out again: kept by what was asked of which index."""

from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from service.home import Home
from service.search import Session

T = TypeVar("T")


def once(home: Home, session: Session, asked: object, answer: Callable[[], T]) -> T:
    """What `answer` gives, or gave when the same was asked of this index before.

    `asked` says in its `repr` all that the answer depends on; answers are records that nobody
    changes, so all users share them.
    """
    return cast("T", _kept(str(home.path), session.generation, repr(asked), answer))


@st.cache_resource(max_entries=256, show_spinner=False)
def _kept(path: str, generation: str, asked: str, _answer: Callable[[], object]) -> object:
    return _answer()

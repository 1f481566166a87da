"""What 审核 found last for this user: kept for the session, and other pages go on with it."""

import streamlit as st

from errors import DuibiaoError
from service.projects import Subject
from service.review import Review

_DONE = "review_done"


def keep(done: Review | DuibiaoError | None) -> None:
    """Remember what came of the last review; None forgets it."""
    st.session_state[_DONE] = done


def at_hand() -> Review | DuibiaoError | None:
    """What came of the last review; None where nothing was reviewed yet."""
    done: Review | DuibiaoError | None = st.session_state.get(_DONE)
    return done


def subjects() -> dict[str, Subject]:
    """The projects of the last review that have indicators, by their place in it, from 0."""
    done = at_hand()
    projects = done.projects if isinstance(done, Review) else ()
    return {
        str(place): Subject("", one.project)
        for place, one in enumerate(projects)
        if one.project.indicators
    }

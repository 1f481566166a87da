"""What Streamlit has no parameter for: Chinese words of its widgets, and pages on paper."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_WORDS = "<script>\n" + (_FOLDER / "chinese.js").read_text(encoding="utf-8") + "</script>"


def dress() -> None:
    """Put the framework's words into Chinese and lay out what is printed; on every page."""
    st.html(_FOLDER / "chinese.css")
    st.html(_FOLDER / "print.css")
    with st.container(key="framework_words"):  # takes no room, see chinese.css
        st.html(_WORDS, unsafe_allow_javascript=True)

"""What Streamlit has no parameter for: Chinese words of its widgets, and pages on paper."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
_SCRIPTS = "".join(
    f"<script>\n{(_FOLDER / name).read_text(encoding='utf-8')}</script>"
    for name in ("chinese.js", "typed.js")
)


def dress() -> None:
    """Put the framework's words into Chinese and lay out what is printed; on every page."""
    st.html(_FOLDER / "screen.css")
    st.html(_FOLDER / "print.css")
    with st.container(key="framework_words"):  # takes no room, see screen.css
        st.html(_SCRIPTS, unsafe_allow_javascript=True)

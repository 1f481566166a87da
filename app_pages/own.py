"""Parts of a page that are our own: drawn by the browser at once, from one message."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent
_SHARED = (_FOLDER / "own.js").read_text("utf-8")


def component(name: str, html: str) -> "ComponentRenderer":
    """The component that `name`.js and `name`.css make of a piece of HTML."""
    return st.components.v2.component(
        f"duibiao_{name}",
        html=html,
        css=(_FOLDER / f"{name}.css").read_text("utf-8"),
        js=_SHARED + (_FOLDER / f"{name}.js").read_text("utf-8"),
    )


def message(shown: object) -> dict[str, Any]:
    """What a component is to show, as JSON.

    In any other form, Streamlit would look for data frames in it, and load pandas for that.
    """
    return {"shown": json.dumps(shown, ensure_ascii=False)}

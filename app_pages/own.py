"""Parts of a page that are our own: drawn by the browser at once, from one message."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from app_pages import links
from app_pages.links import Hand

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

Pick = Callable[[str], None]

_FOLDER = Path(__file__).parent
_SHARED = (_FOLDER / "own.js").read_text("utf-8")


def component(name: str) -> "ComponentRenderer":
    """The component that `name`.js and `name`.css make of a box of this class."""
    return st.components.v2.component(
        f"duibiao_{name}",
        html=f'<div class="own {name}"></div>',
        css=(_FOLDER / f"{name}.css").read_text("utf-8"),
        js=_SHARED + (_FOLDER / f"{name}.js").read_text("utf-8"),
    )


def draw(part: "ComponentRenderer", shown: object, *, key: str, on_pick: Pick | None = None) -> str:
    """Have a component show something that can be written as JSON.

    `on_pick` is called back with the word of each click, in the order of the clicks. Without it,
    the run that a click causes is given the word of the last one; all other runs are given "".
    """
    hand = links.hand()

    def picked() -> None:
        if on_pick:
            for word in unanswered(hand, key, st.session_state[key].picked):
                on_pick(word)

    # In any other form than JSON, Streamlit would look for data frames in it, and load pandas.
    message = {"shown": json.dumps(shown, ensure_ascii=False), "user": hand.name}
    told = part(data=message, key=key, on_picked_change=picked).picked
    words = () if on_pick else tuple(unanswered(hand, key, told))
    return words[-1] if words else ""


def unanswered(hand: Hand, key: str, told: object) -> Iterator[str]:
    """The words of the clicks that a browser tells of (`own.js`), but those met before.

    The next one is met only when it is asked for: a run that is broken off loses none.
    """
    for click in told if isinstance(told, list) else ():
        match click:
            case [int() | float() as time, str(word)] if time > hand.answered.get(key, 0):
                hand.answered[key] = time
                yield word

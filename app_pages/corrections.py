"""The list of all corrections, each with a button to take it back."""

from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.correct import take_back
from app_pages.plain import plain
from app_pages.tables import source_text
from app_pages.words import local_time
from service.correct import FIELD_NAMES, Correction
from service.home import Home
from service.reasons import correction_reason

_PAGE = 20
_WIDTHS = (5.4, 3.4, 1.2)


def show_corrections(home: Home, found: Sequence[Correction]) -> None:
    """All corrections, the latest first, twenty at a time."""
    if not found:
        return
    idle = sum(not one.in_effect for one in found)
    count = f"{len(found)} 条" + (f"，其中 {idle} 条未生效" if idle else "")
    st.subheader(f"更正记录（{count}）", anchor=False)
    latest = list(reversed(found))
    for one in links.on_this_page(latest, _PAGE, "corrections", "corrections"):
        _show(home, one)


def _show(home: Home, one: Correction) -> None:
    with st.container(border=True, key=f"correction_{one.id}", gap="xxsmall"):
        said, state, button = st.columns(_WIDTHS, vertical_alignment="center")
        said.markdown(_change(one))
        said.caption(plain(_whose(one)))
        state.markdown(
            ":green[已生效]"
            if one.in_effect
            else f":orange[未生效] {plain(correction_reason(one.reason))}"
        )
        button.button(
            "撤销", key=f"undo_{one.id}", width="stretch", on_click=take_back, args=(home, one.id)
        )


def _change(one: Correction) -> str:
    if one.field == "row":
        what = "整张表" if one.part == "project" else "整行"
        return f"**{what}**　~~{plain(one.name or one.project or one.old)}~~　已删去"
    old, new = plain(one.old) or "（空）", plain(one.new) or "（空）"
    return f"**{plain(FIELD_NAMES[one.field])}**　{old} → **:green[{new}]**"


def _whose(one: Correction) -> str:
    name = one.name if one.part == "indicator" else ""
    parts = (source_text(one.source), one.project, name, one.area, local_time(one.made))
    return " · ".join(part for part in parts if part)

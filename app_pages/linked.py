"""Rows of the corpus as a table in which each row leads to its panel and into the draft."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app_pages import links
from app_pages.house import open_home
from app_pages.taking import take_records
from service.home import Home

_SEE, _TAKE = "整表", "草稿"


def show_linked(
    columns: Mapping[str, Sequence[str | float | None]],
    records: Sequence[str],
    *,
    key: str,
    alt: str,
    takes: bool = True,
    height: int | None = None,
) -> None:
    """A table whose rows are records (by id, "" for none that can be opened).

    `takes`: rows are indicators that a draft can take.
    """
    # the buttons stand first, so that a narrow screen does not cut them off
    shown: dict[str, Sequence[str | float | None]] = {
        _SEE: ["看全表" if record else None for record in records]
    }
    config: dict[str, Any] = {
        _SEE: st.column_config.ButtonColumn(
            _SEE,
            key=f"{key}_see",
            on_click=_see,
            args=(f"{key}_see", tuple(records)),
            width=80,
            pinned=True,
        )
    }
    if takes:
        shown[_TAKE] = ["加入草稿" if record else None for record in records]
        config[_TAKE] = st.column_config.ButtonColumn(
            _TAKE,
            key=f"{key}_take",
            on_click=_take,
            args=(open_home(), links.hand(), f"{key}_take", tuple(records)),
            width=90,
            pinned=True,
        )
    shown |= columns
    with st.container(key=f"{key}_table"):
        st.dataframe(
            shown,
            column_config=config,
            hide_index=True,
            height=height or "auto",
            placeholder="",
            key=key,
            alt=alt,
        )


def _see(key: str, records: Sequence[str]) -> None:
    links.see(records[st.session_state[key]["row"]])


def _take(home: Home, hand: links.Hand, key: str, records: Sequence[str]) -> None:
    take_records(home, hand, (records[st.session_state[key]["row"]],))

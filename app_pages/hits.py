"""The hits of a search, one card each."""

from typing import Literal

import streamlit as st

from app_pages import links
from app_pages.plain import marked, plain
from app_pages.taking import offer_take
from app_pages.words import project_name
from index.bands import Band
from index.results import Hit, Scope

# Name, value, description, buttons; a goal is one long clause, a project has no value.
_WIDTHS = {
    Scope.INDICATOR: (3.8, 2.2, 3.4, 2.5),
    Scope.GOAL: (9.7, 0.1, 0.1, 1.3),
    Scope.PROJECT: (4.3, 0.1, 5.5, 1.3),
}

# The query's own words, and others that carry the likeness in meaning.
_COLOURS = {"lexical": "primary", "semantic": "violet"}
_BAND_COLOURS: dict[Band, Literal["green", "blue", "orange", "gray"]] = {
    Band.SAME: "green",
    Band.KIND: "blue",
    Band.RELATED: "orange",
    Band.NONE: "gray",
}
_BAND_WORDS = {band: band.value for band in Band} | {Band.NONE: "较远"}
_BAND_HELP = {
    Band.SAME: "多半是同一个指标的不同写法。",
    Band.KIND: "同一类的指标，写法可以参照。",
    Band.RELATED: "说的是相关的事，指标不一定相同。",
    Band.NONE: "离所查的较远，只供参考。",
}


def show_hit(hit: Hit, scope: Scope) -> None:
    """One hit: what it says, its target value, whose it is, and what to do with it."""
    with st.container(border=True, key=f"hit_{hit.rank}", gap="xxsmall"):
        name, value, description, button = st.columns(_WIDTHS[scope], vertical_alignment="center")
        name.markdown(f"{hit.rank}\\. **{_marked(hit, 'name')}**")
        if hit.value:
            value.markdown(f"**:green[{plain(hit.value)}]**")
        if hit.description:
            description.markdown(_marked(hit, "description"))
        with button.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            st.button("看全表", key=f"open_{hit.id}", on_click=links.see, args=(hit.id,))
            if scope is Scope.INDICATOR:
                offer_take((hit.id,), key=f"take_{hit.id}")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if hit.band:
                st.badge(
                    _BAND_WORDS[hit.band],
                    color=_BAND_COLOURS[hit.band],
                    help=f"{_BAND_HELP[hit.band]}{_score(hit)}",
                )
            st.caption(_whose(hit, scope), width="content")
            if hit.count > 1:
                _same_wording(hit)


def _marked(hit: Hit, field: str) -> str:
    spans = ((h.start, h.end, _COLOURS[h.kind]) for h in hit.highlights if h.field == field)
    return marked(str(getattr(hit, field)), spans)


def _score(hit: Hit) -> str:
    return f"相关度 {hit.score:.2f}：意思相近 {hit.dense:.2f}，用词相同 {hit.lexical:.2f}"


def _whose(hit: Hit, scope: Scope) -> str:
    parts = [
        hit.level2 or hit.level1,
        hit.unit or "单位未注明",
        "" if scope is Scope.PROJECT else project_name(hit.project),
        f"{hit.year}年" if hit.year else "年度未注明",
        "" if hit.band else f"相关度 {hit.score:.2f}",
        "已更正" if hit.corrected else "",
    ]
    return " · ".join(plain(part) for part in parts if part)


def _same_wording(hit: Hit) -> None:
    others = [unit for unit in hit.units if unit != hit.unit]
    label = f"另有 {len(others)} 个单位写法相同" if others else f"另有 {hit.count - 1} 行写法相同"
    if not others:
        st.caption(label, width="content")
        return
    with st.popover(label, type="tertiary"):
        for unit in others:
            st.text(unit)

"""The hits of a search, one card each.

What a card says is one piece of HTML, made of escaped texts: a page of cards would else be some
three hundred elements, and take the browser half a second.
"""

from collections.abc import Iterable, Iterator
from html import escape

import streamlit as st

from app_pages import links
from app_pages.taking import offer_take
from app_pages.words import project_name
from index.bands import Band
from index.results import Highlight, Hit, Scope
from text.normalise import one_line

_BAND_WORDS = {band: band.value for band in Band} | {Band.NONE: "较远"}
_BAND_HELP = {
    Band.SAME: "多半是同一个指标的不同写法。",
    Band.KIND: "同一类的指标，写法可以参照。",
    Band.RELATED: "说的是相关的事，指标不一定相同。",
    Band.NONE: "离所查的较远，只供参考。",
}


def show_hit(hit: Hit, scope: Scope) -> None:
    """One hit: what it says, its target value, whose it is, and what to do with it."""
    with st.container(
        border=True,
        key=f"hit_{hit.rank}",
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
    ):
        st.html(card(hit, scope))
        st.button("看全表", key=f"open_{hit.id}", on_click=links.see, args=(hit.id,))
        if scope is Scope.INDICATOR:
            offer_take((hit.id,), key=f"take_{hit.id}")


def card(hit: Hit, scope: Scope) -> str:
    """What a hit says, as HTML (`screen.css` lays it out)."""
    said = [f"<div>{hit.rank}. <strong>{_marked(hit, 'name')}</strong></div>"]
    if scope is Scope.INDICATOR:
        said.append(f"<div class='hit-value'>{_escaped(hit.value)}</div>")
    if scope is not Scope.GOAL:
        said.append(f"<div>{_marked(hit, 'description')}</div>")
    told = f"<span>{_escaped(_whose(hit, scope))}</span>"
    return (
        f"<div class='hit-card hit-{scope}'>{''.join(said)}</div>"
        f"<div class='hit-foot'>{_badge(hit)}{told}{_same_wording(hit)}</div>"
    )


def _marked(hit: Hit, field: str) -> str:
    """A text with what it has in common with the question set off (`Highlight.kind`)."""
    own = (one for one in hit.highlights if one.field == field)
    return one_line("".join(_parts(str(getattr(hit, field)), own)))


def _parts(text: str, highlights: Iterable[Highlight]) -> Iterator[str]:
    done = 0
    for one in sorted(highlights, key=lambda one: (one.start, one.end)):
        if done <= one.start < one.end <= len(text):
            yield escape(text[done : one.start])
            yield f"<span class='hit-{one.kind}'>{escape(text[one.start : one.end])}</span>"
            done = one.end
    yield escape(text[done:])


def _badge(hit: Hit) -> str:
    if not hit.band:
        return ""
    score = f"相关度 {hit.score:.2f}：意思相近 {hit.dense:.2f}，用词相同 {hit.lexical:.2f}"
    look, told = hit.band.name.lower(), f"{_BAND_HELP[hit.band]}{score}"
    return f"<span class='hit-band hit-{look}' title='{told}'>{_BAND_WORDS[hit.band]}</span>"


def _whose(hit: Hit, scope: Scope) -> str:
    parts = [
        hit.level2 or hit.level1,
        hit.unit or "单位未注明",
        "" if scope is Scope.PROJECT else project_name(hit.project),
        f"{hit.year}年" if hit.year else "年度未注明",
        "" if hit.band else f"相关度 {hit.score:.2f}",
        "已更正" if hit.corrected else "",
    ]
    return " · ".join(part for part in parts if part)


def _same_wording(hit: Hit) -> str:
    """How many more have the same wording; who, once it is opened."""
    if hit.count < 2:
        return ""
    others = [unit for unit in hit.units if unit != hit.unit]
    if not others:
        return f"<span>另有 {hit.count - 1} 行写法相同</span>"
    units = "".join(f"<li>{_escaped(unit)}</li>" for unit in others)
    return (
        f"<details><summary>另有 {len(others)} 个单位写法相同</summary><ul>{units}</ul></details>"
    )


def _escaped(text: str) -> str:
    return escape(one_line(text))

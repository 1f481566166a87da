"""Asking and answering: the search box, the hits, and what to do where there are none."""

import re

import streamlit as st

from app_pages import links, location
from app_pages.filters import applicable, show_filters
from app_pages.hits import show_hits
from app_pages.location import Location
from app_pages.once import once
from app_pages.plain import plain
from app_pages.words import SCOPES
from index.results import Scope, SearchAnswer, SearchRequest
from service.home import Home
from service.search import Session

EXAMPLES = ("公众号粉丝数量", "培训人次", "项目按期完成率", "群众满意度")
"""Phrases to try out; any corpus of targets has something near them."""


def ask(place: Location) -> None:
    """The search box and what is searched in; both are set from the address."""
    st.session_state["ask_text"] = place.text
    st.session_state["ask_scope"] = place.scope
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            "找什么",
            key="ask_text",
            type="search",
            placeholder="写几个字就行，例如：公众号粉丝数量",
            label_visibility="collapsed",
            on_change=_asked,
        )
        st.segmented_control(
            "在哪里找",
            list(Scope),
            key="ask_scope",
            format_func=SCOPES.__getitem__,
            required=True,
            label_visibility="collapsed",
            on_change=_turned,
        )


def welcome() -> None:
    """What one can do here, before anything was asked."""
    st.markdown("写一个大概的说法，看看别的单位同类指标怎么写、指标值定多少、出自哪份文件。")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption("可以先试试：", width="content")
        for text in EXAMPLES:
            st.button(text, key=f"try_{text}", on_click=location.go, kwargs={"text": text})


def answer(home: Home, session: Session, place: Location) -> None:
    """Hits and filters of the search at this address."""
    where = applicable(place)
    request = SearchRequest(place.text, place.scope, place.shown, where, anyway=place.anyway)
    found = once(home, session, request, lambda: session.search(request))
    if found.hits or where:
        with st.sidebar:
            show_filters(place, found.facets)
    if not found.hits:
        _nothing_found(found, filtered=bool(where))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_summary(found, place))
        links.offer_link("search_link")
    show_hits(found.hits, place.scope, key="hits")
    longer = next((n for n in location.PAGE_SIZES if n > place.shown), None)
    if longer and len(found.hits) == place.shown:
        st.button("显示更多", on_click=location.go, kwargs={"shown": longer})


def _asked() -> None:
    text = st.session_state["ask_text"].strip()
    location.go(text=text, shown=location.PAGE_SIZES[0], anyway=False)


def _turned() -> None:
    scope = st.session_state["ask_scope"]
    location.go(scope=scope, shown=location.PAGE_SIZES[0])


def _summary(found: SearchAnswer, place: Location) -> str:
    said = (
        f"找到 {found.total:,} 条相近的{SCOPES[place.scope]}，写法相同的合为一条，"
        f"显示前 {len(found.hits)} 条（用时 {found.took_ms:.0f} 毫秒）"
    )
    concept = plain(found.nearest_concept)
    return f"{said}。最接近的常用指标：{concept}" if concept else said


def _nothing_found(found: SearchAnswer, *, filtered: bool) -> None:
    if not re.search(r"[\u4e00-\u9fff]", found.query):
        st.info("语料都是中文的，请用汉字写指标的说法，例如「粉丝数量」。", title="请用中文查找")
    elif filtered:
        st.info("请在左边减少筛选条件，或换个说法。", title="这些筛选条件下没有找到相近的内容")
    else:
        st.info(
            "换个说法试试：少写几个字，或用常见的词，例如把「两微一端涨粉」写成「粉丝数量」。",
            title="语料里没有相近的内容",
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if found.nearest_concept not in ("", found.query):
            st.caption("最接近的常用指标：", width="content")
            st.button(
                plain(found.nearest_concept),
                key="try_concept",
                on_click=location.go,
                kwargs={"text": found.nearest_concept},
            )
        st.button(
            "仍然列出最接近的",
            key="anyway",
            type="tertiary",
            on_click=location.go,
            kwargs={"anyway": True},
        )

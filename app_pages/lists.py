"""Units and projects of the corpus as lists that the address narrows down."""

from collections.abc import Mapping

import streamlit as st

from app_pages import links
from app_pages.linked import show_linked
from app_pages.quick_table import Part, show_table
from app_pages.words import FIELD_NAMES, project_name, projects_words
from corpus.store.overview import ProjectLine
from service.overview import FIELDS, UNKNOWN, Counted, Spread, told

LISTS = {"documents": "文件", "units": "单位", "projects": "项目"}
"""What 语料 can list, as the address names it."""

_PAGE = 50
_ALL = ""


def asked_list() -> str:
    """Which list the address asks for; documents where it asks for none."""
    asked = st.query_params.get("list", "")
    return asked if asked in LISTS else "documents"


def choose_list() -> None:
    """The lists beside each other; the choice goes to the address."""
    st.session_state["corpus_list"] = asked_list()
    st.segmented_control(
        "列什么",
        list(LISTS),
        key="corpus_list",
        format_func=LISTS.__getitem__,
        required=True,
        label_visibility="collapsed",
        on_change=_turned,
    )


def show_projects(corpus: Counted) -> None:
    """All projects that the address asks for, each with a link to its whole table."""
    where = _narrowed(corpus)
    found = corpus.chosen(where)
    if not found:
        return
    shown = links.on_this_page(found, _PAGE, "projects")
    show_linked(
        {
            "项目": [project_name(line.name) for line in shown],
            "单位": [line.unit or UNKNOWN for line in shown],
            "年度": [str(line.year or UNKNOWN) for line in shown],
            "地区": [_place(line) for line in shown],
            "行业": [line.department for line in shown],
            "指标（条）": [str(line.rows) for line in shown],
            "可衡量": [_share(line.measurable, line.rows) for line in shown],
        },
        [line.id for line in shown],
        key="list_projects",
        alt="项目",
        takes=False,
    )


def show_units(corpus: Counted) -> None:
    """All units that the address asks for, each with a link to its projects."""
    where = _narrowed(corpus)
    found = corpus.chosen(where)
    if not found:
        return
    by_unit = corpus.spread("unit", where=where)
    first = {told(line, "unit"): line for line in reversed(found)}
    shown = links.on_this_page([name for (name,) in by_unit], _PAGE, "units")
    counts = [by_unit[(name,)] for name in shown]
    show_table(
        {
            "单位": [[Part(name, leads=name)] for name in shown],
            "地区": [_place(first[name]) for name in shown],
            "行业": [first[name].department for name in shown],
            "项目（个）": [str(one.projects) for one in counts],
            "指标（条）": [str(one.rows) for one in counts],
            "可衡量": [_share(one.measurable, one.rows) for one in counts],
        },
        key="list_units",
        alt="单位",
        sorts=True,
        on_pick=lambda unit: _go("projects", {**where, "unit": unit}),
    )


def _narrowed(corpus: Counted) -> dict[str, str]:
    """What the filters ask for; every filter has only values that the others leave."""
    where = {name: text for name in FIELDS if (text := st.query_params.get(name, ""))}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in FIELDS:
            others = {field: text for field, text in where.items() if field != name}
            _filter(name, corpus.spread(name, where=others), where.get(name, _ALL))
        st.button(
            "全部清除", key="list_clear", type="tertiary", disabled=not where, on_click=_clear
        )
    whole = corpus.spread(where=where).get(())
    if whole:
        st.caption(
            f"{projects_words(corpus, where)}，{whole.units:,} 个单位，{whole.rows:,} 条指标。"
        )
    else:
        st.info("请减少筛选条件。", title="没有这样的项目")
    return where


def _filter(name: str, spread: Mapping[tuple[str, ...], Spread], value: str) -> None:
    key = f"list_{name}"
    counts = {names[0]: one.projects for names, one in spread.items()}
    if len(counts) < 2 and not value:
        return
    options = [_ALL, *counts, *([value] if value and value not in counts else [])]
    st.session_state[key] = value
    st.selectbox(
        FIELD_NAMES[name],
        options,
        key=key,
        format_func=lambda text: f"{text}（{counts.get(text, 0)}）" if text else "全部",
        width=260 if name == "unit" else 170,
        on_change=_filtered,
    )


def _turned() -> None:
    _go(st.session_state["corpus_list"], _where())


def _filtered() -> None:
    where = _where()
    for name in FIELDS:
        if f"list_{name}" in st.session_state:
            where[name] = st.session_state[f"list_{name}"] or ""
    _go(asked_list(), where)


def _clear() -> None:
    _go(asked_list(), {})


def _where() -> dict[str, str]:
    return {name: st.query_params.get(name, "") for name in FIELDS}


def _go(listed: str, where: dict[str, str]) -> None:
    kept = {name: text for name, text in where.items() if text and listed != "documents"}
    links.turn_to(({} if listed == "documents" else {"list": listed}) | kept)


def _place(line: ProjectLine) -> str:
    return "".join(dict.fromkeys((line.province, line.city, line.county)))


def _share(measurable: int, rows: int) -> str:
    return f"{measurable / rows:.0%}" if rows else "—"

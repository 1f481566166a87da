"""The panel of a record: its whole table with its row marked, its source, and the original file.

Every page opens it in the same way (`links.see`): the page's address gains the id of the record,
and loses it when the panel closes, so that one is back where one was.
"""

import re
from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.house import open_home, original
from app_pages.notice import told
from app_pages.plain import plain
from app_pages.quick_table import Cell, Part, show_facts, show_table
from app_pages.tables import corrected_notes, head_facts, indicator_columns, source_text
from app_pages.taking import held_records, offer_take
from app_pages.uploads import safe_name
from app_pages.words import number, project_name
from corpus.records import Source
from corpus.store.identity import goal_id
from corpus.store.stored import StoredProject
from corpus.values import value_text
from service.home import Home

_WIDTH = 920
_OF_PROJECT = re.compile(r"-[ig][0-9]{3,}$")


def show_panel() -> None:
    """Open the panel that the address asks for, over whatever page is shown."""
    record = links.seen()
    if not record:
        return
    with told():
        home = open_home()
        with home.store() as store:
            stored = store.project(_OF_PROJECT.sub("", record))
            siblings = _siblings(stored, [one.stored for one in store.tables(stored.document_id)])
        drawer = st.dialog(
            plain(project_name(stored.project.name)),
            width=_WIDTH,
            position="right",
            on_dismiss=links.look_away,
        )
        drawer(_show)(stored, home, record, siblings)


def _siblings(stored: StoredProject, tables: Sequence[StoredProject]) -> dict[str, str]:
    """All projects of the same document by id, with their names told apart."""
    return {
        one.id: f"{place}. {project_name(one.project.name)}"
        for place, one in enumerate(tables, start=1)
    } | ({} if any(one.id == stored.id for one in tables) else {stored.id: stored.project.name})


def _show(stored: StoredProject, home: Home, record: str, siblings: dict[str, str]) -> None:
    links.tell()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("返回", icon=":material/arrow_back:", key="panel_back", on_click=_leave)
        st.page_link(
            "app_pages/corpus.py",
            label="更正",
            icon=":material/edit:",
            help="有读错的地方，到「语料」里改。",
            query_params={
                **links.shared(),
                "record": record if record in stored.indicator_ids else stored.id,
            },
        )
        st.page_link(
            "app_pages/compare.py",
            label="与相近项目对比",
            icon=":material/compare_arrows:",
            help="找出相近的项目，把指标一条条对齐。",
            query_params={**links.shared(), "project": stored.id},
        )
        links.offer_link("panel_link")
    _show_chosen(stored, record)
    _choose_sibling(stored, siblings)
    _show_head(stored)
    _show_goals(stored, record)
    _show_plan(stored)
    _show_indicators(stored, record)
    _offer_rows(stored, record)
    _show_sources(stored, home)


def _show_chosen(stored: StoredProject, record: str) -> None:
    """The indicator that is meant, in sight at once, ready to be taken."""
    if record not in stored.indicator_ids:
        return
    row = stored.project.indicators[stored.indicator_ids.index(record)]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"▶ **{plain(row.name)}**　**:green[{plain(value_text(row.value))}]**")
        if record in held_records():
            st.caption("已在草稿里", width="content")
        else:
            offer_take((record,), key="panel_take_chosen")


def _leave() -> None:
    links.look_away()
    st.rerun()  # the panel is a fragment: the page has to be drawn anew to lose it


def _choose_sibling(stored: StoredProject, siblings: dict[str, str]) -> None:
    if len(siblings) < 2:
        return
    st.session_state["panel_project"] = stored.id
    st.selectbox(
        f"这份文件里的项目（{len(siblings)} 个）",
        list(siblings),
        key="panel_project",
        format_func=siblings.__getitem__,
        on_change=_turn,
    )


def _turn() -> None:
    links.see(st.session_state["panel_project"])
    st.rerun()


def _show_head(stored: StoredProject) -> None:
    facts = head_facts(stored.project)
    note = corrected_notes(stored).get(stored.id)
    if note:
        facts["更正"] = note
    show_facts(facts, key="panel_facts", alt="项目基本情况")


def _show_goals(stored: StoredProject, row: str) -> None:
    """The goals, one by one where one of them is meant or there is nothing else to show."""
    goals = stored.project.goals
    ids = [goal_id(stored.id, n) for n in range(1, len(goals) + 1)]
    if not goals or (row not in ids and stored.project.indicators):
        if stored.project.goal:
            _heading("绩效目标")
            st.text(stored.project.goal)
        return
    _heading(f"绩效目标（{len(goals)} 句）")
    if row in ids:
        chosen = goals[ids.index(row)]
        st.caption(f"▶ 所选目标：{plain(chosen.text)}（{plain(source_text(chosen.source))}）")
    for section in dict.fromkeys(goal.section for goal in goals):
        if section:
            st.caption(plain(section))
        lines = [
            f"{goal.order}. {_cell(goal.text, own_id == row)} :small[:gray[{_row(goal.source)}]]"
            for goal, own_id in zip(goals, ids, strict=True)
            if goal.section == section
        ]
        st.markdown("\n".join(lines))


def _show_plan(stored: StoredProject) -> None:
    if stored.project.spending_plan:
        _heading("支出计划")
        plan = {step.by: step.share for step in stored.project.spending_plan}
        show_facts(plan, key="panel_plan", alt="支出计划")


def _show_indicators(stored: StoredProject, row: str) -> None:
    rows = stored.project.indicators
    if not rows:
        return
    _heading(f"绩效指标（{len(rows)} 条）")
    ids = stored.indicator_ids
    notes = corrected_notes(stored)
    chosen = ids.index(row) if row in ids else None
    if chosen is not None:
        st.caption(f"▶ 所选指标出自：{plain(source_text(rows[chosen].source))}")
    texts = indicator_columns(rows)
    if chosen is not None:
        texts["三级指标"][chosen] = f"▶ {texts['三级指标'][chosen]}"
    columns: dict[str, list[Cell]] = {
        name: [[Part(text, "chosen")] if n == chosen else text for n, text in enumerate(cells)]
        for name, cells in texts.items()
    }
    if any(own_id in notes for own_id in ids):
        columns["更正"] = [notes.get(own_id, "") for own_id in ids]
    show_table(columns, key="panel_indicators", alt="绩效指标表")


def _offer_rows(stored: StoredProject, row: str) -> None:
    """Rows of the table to be taken into the draft; the one that is meant is chosen already."""
    if not stored.project.indicators:
        return
    ids = stored.indicator_ids
    held = held_records()
    names = {
        own_id: f"{place}. {one.name}　{value_text(one.value)}"
        + ("（已在草稿）" if own_id in held else "")
        for place, (own_id, one) in enumerate(
            zip(ids, stored.project.indicators, strict=True), start=1
        )
    }
    key = f"panel_rows_{row or stored.id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            "把这些行加入草稿",
            list(names),
            default=[row] if row in names else [],
            format_func=names.__getitem__,
            key=key,
            placeholder="选几行",
        )
        offer_take(chosen, key="panel_take", label=f"加入草稿（{len(chosen)} 行）")


def _show_sources(stored: StoredProject, home: Home) -> None:
    _heading("出处")
    for source in stored.sources:
        st.text(source_text(source))
    kept = original(home, stored.document_id)
    size = "" if kept is None else f"（{number(round(kept.stat().st_size / 1024, 1))} KB）"
    st.download_button(
        f"下载原文件{size}",
        data=kept.read_bytes if kept else b"",
        file_name=safe_name((*stored.sources, stored.project.source)[0].file),
        mime="application/octet-stream",
        icon=":material/download:",
        on_click="ignore",
        disabled=kept is None,
        help=None if kept else "数据文件夹里没有保存这份原文件。",
    )


def _heading(text: str) -> None:
    st.markdown(f"**{text}**")


def _cell(text: str, chosen: bool) -> str:
    return f"**:primary[{plain(text)}]**" if chosen and text else plain(text)


def _row(source: Source) -> str:
    return f"第 {source.row} 行" if source.row else ""

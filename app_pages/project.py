"""One project as published: its head, its whole table, its files."""

from functools import partial

import streamlit as st

from app_pages import location
from app_pages.house import original
from app_pages.location import Location
from app_pages.notice import told
from app_pages.plain import plain
from app_pages.tables import corrected_notes, head_facts, indicator_columns, source_text
from app_pages.words import project_name
from corpus.records import Source
from corpus.store.identity import goal_id
from corpus.store.stored import StoredProject
from service.home import Home
from service.search import Session

_WIDTH = 880


def open_project(session: Session, home: Home, place: Location) -> None:
    """Show the project of this address in a drawer; closing it moves on to the list alone."""
    with told():
        stored = session.project(place.project)
        drawer = st.dialog(
            plain(project_name(stored.project.name)),
            width=_WIDTH,
            position="right",
            on_dismiss=partial(location.go, project=""),
        )
        drawer(_show)(stored, home, place.row)


def _show(stored: StoredProject, home: Home, row: str) -> None:
    project = stored.project
    facts = {name: plain(text) for name, text in head_facts(project).items()}
    note = corrected_notes(stored).get(stored.id)
    if note:
        facts["更正"] = plain(note)
    st.table(facts, border="horizontal", alt="项目基本情况")
    st.page_link(
        "app_pages/corpus.py",
        label="更正",
        icon=":material/edit:",
        help="有读错的地方，到「语料」里改。",
        query_params={"record": row if row in stored.indicator_ids else stored.id},
    )
    goals = [goal_id(stored.id, n) for n in range(1, len(project.goals) + 1)]
    if goals and (row in goals or not project.indicators):
        _show_goals(stored, goals, row)
    elif project.goal:
        _heading("绩效目标")
        st.text(project.goal)
    if project.spending_plan:
        _heading("支出计划")
        plan = {plain(step.by): plain(step.share) for step in project.spending_plan}
        st.table(plan, border="horizontal", width="content", alt="支出计划")
    _show_indicators(stored, row)
    _show_sources(stored, home)


def _show_goals(stored: StoredProject, ids: list[str], row: str) -> None:
    goals = stored.project.goals
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
    columns = {
        name: [_cell(text, n == chosen) for n, text in enumerate(texts)]
        for name, texts in indicator_columns(rows).items()
    }
    if chosen is not None:
        columns["三级指标"][chosen] = f"▶ {columns['三级指标'][chosen]}"
    if any(own_id in notes for own_id in ids):
        columns["更正"] = [plain(notes.get(own_id, "")) for own_id in ids]
    st.table(columns, border="horizontal", alt="绩效指标表")


def _show_sources(stored: StoredProject, home: Home) -> None:
    _heading("出处")
    for source in stored.sources:
        st.text(source_text(source))
    kept = original(home, stored.document_id)
    st.download_button(
        "下载原文件",
        data=kept.read_bytes if kept else b"",
        file_name=stored.sources[0].file if stored.sources else stored.project.source.file,
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

"""Projects side by side on the page: rows aligned, what each covers, what is missing."""

import streamlit as st

from app_pages.plain import plain
from app_pages.words import number, project_name
from corpus.records import Indicator, Project
from corpus.values import value_text
from peers.compare import ComparedRow, Comparison


def show_comparison(found: Comparison) -> None:
    """The aligned table, the coverage of groups, and the gaps in words."""
    heads = _heads(found.projects)
    st.subheader("指标对齐", anchor=False)
    columns = {"指标": [plain(row.concept) for row in found.rows]}
    for place, head in enumerate(heads):
        columns[head] = [_cell(row.cells[place]) for row in found.rows]
    columns["相差"] = [_difference(row) for row in found.rows]
    columns["每万元"] = [_per_wan(row) for row in found.rows]
    columns = {name: cells for name, cells in columns.items() if any(cells)}
    st.table(columns, border="horizontal", alt="指标对齐")
    st.subheader("类别覆盖", anchor=False)
    coverage = {"类别": [group.group for group in found.coverage]}
    for place, head in enumerate(heads):
        coverage[head] = [_count(group.counts[place]) for group in found.coverage]
    coverage["相近项目中有此类的"] = [
        "—" if group.peers_share is None else f"{group.peers_share:.0%}" for group in found.coverage
    ]
    st.table(coverage, border="horizontal", width="content", alt="类别覆盖")
    for gap in found.gaps:
        st.markdown(f"- {plain(gap)}")


def _heads(projects: tuple[Project, ...]) -> list[str]:
    """Column heads, told apart by their number where two are called the same."""
    heads = []
    for place, project in enumerate(projects, start=1):
        budget = "" if project.budget_wan is None else f"（{number(project.budget_wan)} 万元）"
        heads.append(plain(f"{place}. {project.unit} {project_name(project.name)}{budget}"))
    return heads


def _cell(row: Indicator | None) -> str:
    if row is None:
        return ":gray[—]"
    return f"{plain(row.name)}：**{plain(value_text(row.value)) or '未填'}**"


def _difference(row: ComparedRow) -> str:
    if row.delta is None:
        return ""
    measure = row.delta.measure
    said = [f"{gap:+,.10g}{measure}" for gap in row.delta.differences[1:] if gap is not None]
    return plain("；".join(said))


def _per_wan(row: ComparedRow) -> str:
    if row.delta is None or not any(row.delta.per_wan):
        return ""
    said = ["—" if one is None else number(one) for one in row.delta.per_wan]
    return plain(f"{' / '.join(said)} {row.delta.measure}")


def _count(rows: int) -> str:
    return f"{rows} 条" if rows else ":red[无]"

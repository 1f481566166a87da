"""Projects side by side on the page: rows aligned and what each covers."""

from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.plain import plain
from app_pages.words import number, project_name, roughly
from corpus.records import Indicator, Project
from corpus.values import value_text
from peers.compare import ComparedRow, Comparison
from service.projects import Subject


def show_comparison(subjects: Sequence[Subject], found: Comparison) -> None:
    """The aligned rows, and the coverage of groups."""
    heads = _heads(found.projects)
    st.subheader("指标对齐", anchor=False)
    st.caption("点一格，看它所在的整张表和原文件。")
    told = [row for row in found.rows if _difference(row) or _per_wan(row)]
    widths = (1.6, *(2.4 for _ in heads), *((1.2,) if told else ()))
    with st.container(key="compare_rows", gap="xxsmall"):
        _line(widths, ["**指标**", *(f"**{head}**" for head in heads), "**相差**"])
        for place, row in enumerate(found.rows):
            _aligned(place, row, subjects, widths)
    st.subheader("类别覆盖", anchor=False)
    if not any(any(group.counts) for group in found.coverage):
        st.caption("这些表没有写明二级指标，比不出各类指标有没有写全。")
        return
    coverage = {"类别": [group.group for group in found.coverage]}
    for place, head in enumerate(heads):
        coverage[head] = [_count(group.counts[place]) for group in found.coverage]
    coverage["相近项目中有此类的"] = [
        "—" if group.peers_share is None else f"{group.peers_share:.0%}" for group in found.coverage
    ]
    st.table(coverage, border="horizontal", width="content", alt="类别覆盖")


def _heads(projects: tuple[Project, ...]) -> list[str]:
    """Column heads, told apart by their number where two are called the same."""
    heads = []
    for place, project in enumerate(projects, start=1):
        budget = "" if project.budget_wan is None else f"（{number(project.budget_wan)} 万元）"
        heads.append(plain(f"{place}. {project.unit} {project_name(project.name)}{budget}"))
    return heads


def _line(widths: Sequence[float], texts: Sequence[str]) -> None:
    for column, text in zip(st.columns(widths), texts, strict=False):
        column.markdown(text)


def _aligned(
    number: int, row: ComparedRow, subjects: Sequence[Subject], widths: Sequence[float]
) -> None:
    """One indicator as each project has it; a cell of the corpus leads to its panel."""
    st.divider()
    concept, *cells = st.columns(widths, vertical_alignment="center")
    concept.markdown(plain(row.concept))
    for place, (column, cell, subject) in enumerate(zip(cells, row.cells, subjects, strict=False)):
        text = _cell(cell)
        record = subject.record_of(cell) if cell else ""
        if record:
            key = f"compare_{number}_{place}"
            column.button(text, key=key, type="tertiary", on_click=links.see, args=(record,))
        else:
            column.markdown(text)
    if len(cells) > len(subjects):
        said = "  \n".join(text for text in (_difference(row), _per_wan(row)) if text)
        cells[-1].markdown(said)


def _cell(row: Indicator | None) -> str:
    if row is None:
        return ":gray[—]"
    return f"{plain(row.name)}：**{plain(value_text(row.value)) or '未填'}**"


def _difference(row: ComparedRow) -> str:
    if row.delta is None:
        return ""
    said = [
        f"{gap:+,.10g}{row.delta.counted_in}" if gap else "相同"
        for gap in row.delta.differences[1:]
        if gap is not None
    ]
    return plain("；".join(said))


def _per_wan(row: ComparedRow) -> str:
    if row.delta is None or not any(row.delta.per_wan):
        return ""
    said = ["—" if one is None else roughly(one) for one in row.delta.per_wan]
    return plain(f"每万元 {' / '.join(said)} {row.delta.measure}")


def _count(rows: int) -> str:
    return f"{rows} 条" if rows else ":red[无]"

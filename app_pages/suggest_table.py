"""A whole project: the form, the drafted table with its sources, and the files to take away."""

from dataclasses import replace
from functools import partial

import streamlit as st

from app_pages import links, suggest_state
from app_pages.house import open_home
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.quick_table import show_table
from app_pages.suggest_one import more_label, show_rows
from app_pages.suggest_state import Asked
from app_pages.taking import take_rows
from app_pages.words import project_name
from peers.tables import DraftRow, DraftTable
from service.draft_files import SUFFIXES, draft_bytes
from service.draft_forms import FormKind
from service.draft_made import kept_table
from service.draft_records import KeptDraft

FORMS = {FormKind.HEBEI: "河北表式", FormKind.HUNAN: "湖南表式"}
_FIELDS = ("project", "purpose", "budget", "unit", "department", "province", "year")


def ask_project(asked: Asked) -> None:
    """The form for a whole project."""
    for name in _FIELDS:
        st.session_state[f"table_{name}"] = getattr(asked, name)
    with st.form("table", border=False):
        left, middle, right = st.columns((3, 2.6, 1.1), vertical_alignment="bottom")
        left.text_input("项目名称", key="table_project", placeholder="例如：农村公路养护经费")
        middle.text_input(
            "资金用途（可不填）", key="table_purpose", placeholder="例如：县乡公路小修保养"
        )
        right.form_submit_button("草拟指标表", type="primary", width="stretch", on_click=_asked)
        columns = st.columns((1.4, 2.1, 2.1, 1.1), vertical_alignment="bottom")
        columns[0].text_input("项目预算（万元）", key="table_budget")
        columns[1].text_input("本单位（不作参照）", key="table_unit")
        columns[2].text_input("行业", key="table_department", placeholder="例如：交通运输")
        with columns[3].popover(more_label((asked.province, asked.year)), width="stretch"):
            st.text_input("只看省份", key="table_province")
            st.text_input("只看年度", key="table_year")


def show_drafted(asked: Asked, table: DraftTable) -> None:
    """The drafted table, its files, what it covers, and the projects it is drawn from."""
    if not table.similar_projects:
        st.info(
            "换个项目名称试试，或写明资金用途；没有同类项目时只能按预算给出成本一行。",
            title="没有找到相近的项目",
        )
    if not table.indicators:
        return
    st.caption(
        f"参照 {len(table.similar_projects)} 个同类项目，草拟 {len(table.indicators)} 行；"
        "没有建议值的行请看同类的写法。"
    )
    show_table(
        {
            "一级": [row.level1.removesuffix("指标") for row in table.indicators],
            "二级": [row.level2 for row in table.indicators],
            "三级指标": [row.name for row in table.indicators],
            "建议值": [_value(row) for row in table.indicators],
            "可信度": [_trust(row) for row in table.indicators],
            "几个同类项目有": [f"{row.support.k}/{row.support.n}" for row in table.indicators],
            "同类项目的写法": [_examples(row) for row in table.indicators],
        },
        key="drafted",
        alt="草拟的指标表",
    )
    draft = kept_table(table, asked.unit, asked.department)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            f"整张表加入草稿（{len(draft.rows)} 行）",
            key="take_table",
            type="primary",
            icon=":material/playlist_add:",
            on_click=take_rows,
            args=(open_home(), links.hand(), draft.rows, draft),
        )
        show_files(draft, "table")
        links.offer_link("table_link")
    _show_sources(table)


def show_files(draft: KeptDraft, key: str) -> None:
    """A draft as a file in each form; written only when it is asked for."""
    for form, words in FORMS.items():
        for suffix in SUFFIXES:
            st.download_button(
                f"{words} {suffix}",
                data=partial(draft_bytes, draft, form, suffix),
                file_name=f"{draft.project or '指标表'}草稿{suffix}",
                mime="application/octet-stream",
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}_{form}{suffix}",
            )


def _show_sources(table: DraftTable) -> None:
    missing = [one.level2 for one in table.coverage if not one.rows]
    if missing:
        st.caption(f"同类项目没有可衡量写法的类别：{'、'.join(missing)}。")
    with st.expander(f"每一行出自哪里（{len(table.indicators)} 行）"):
        for place, row in enumerate(table.indicators):
            st.markdown(f"**{plain(row.name)}**　{plain(_value(row))}")
            if row.refusal is not None:
                st.caption(plain(row.refusal.message))
            if row.examples:
                show_rows(row.examples, f"row_{place}")
            else:
                st.caption("按本项目预算填写。")
    with st.expander(f"同类项目（{len(table.similar_projects)} 个）"):
        show_linked(
            {
                "项目": [project_name(one.project) for one in table.similar_projects],
                "单位": [one.unit for one in table.similar_projects],
                "预算（万元）": [one.budget_wan for one in table.similar_projects],
                "年度": [str(one.year or "") for one in table.similar_projects],
                "相近": [f"{one.score:.2f}" for one in table.similar_projects],
            },
            [one.id for one in table.similar_projects],
            key="similar_projects",
            alt="同类项目",
            takes=False,
        )


def _value(row: DraftRow) -> str:
    return row.suggestion.text if row.suggestion else "—"


def _trust(row: DraftRow) -> str:
    return f"{row.suggestion.confidence:.0%}" if row.suggestion else ""


def _examples(row: DraftRow) -> str:
    return "；".join(dict.fromkeys(one.value for one in row.examples))


def _asked() -> None:
    texts = {name: st.session_state[f"table_{name}"] for name in _FIELDS}
    suggest_state.go(replace(suggest_state.read(), **texts))

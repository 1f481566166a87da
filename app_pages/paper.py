"""The draft as it is printed: a plain table in place of the editor. Not seen on the screen."""

import streamlit as st

from app_pages.plain import plain
from app_pages.words import number, project_name
from service.draft_records import KeptDraft


def show_on_paper(draft: KeptDraft) -> None:
    """Head and rows of a draft; `print.css` shows them on paper only."""
    facts = {
        "项目": project_name(draft.project) if draft.project else "",
        "填报单位": draft.unit,
        "行业": draft.department,
        "项目预算": "" if draft.budget_wan is None else f"{number(draft.budget_wan)} 万元",
    }
    with st.container(key="on_paper_only"):
        told = "　".join(f"{name}：{plain(text)}" for name, text in facts.items() if text)
        if told:
            st.markdown(told)
        st.table(
            {
                "序号": [str(place) for place, _ in enumerate(draft.rows, start=1)],
                "一级指标": [plain(str(row.level1 or "")) for row in draft.rows],
                "二级指标": [plain(str(row.level2 or "")) for row in draft.rows],
                "三级指标": [plain(row.name) for row in draft.rows],
                "指标描述": [plain(row.description) for row in draft.rows],
                "指标值": [plain(row.value) for row in draft.rows],
                "依据": [plain(row.basis) for row in draft.rows],
            },
            border="horizontal",
            alt="草稿（打印用）",
        )

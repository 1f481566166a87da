"""One row: the form, the suggested value with its distribution, and the rows behind it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app_pages import links, suggest_state
from app_pages.house import open_home
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.suggest_chart import own_number, show_chart
from app_pages.suggest_state import Asked
from app_pages.tables import source_text
from app_pages.taking import take_rows
from app_pages.words import number, project_name, roughly
from corpus.records import Level2
from peers.records import Draft, PeerRow, Reach, Suggested
from service.draft_made import kept_suggestion
from service.draft_records import KeptDraft

_WORDS = ((0.8, "较可靠"), (0.6, "可参考"), (0.0, "仅供参考"))


def ask_row(asked: Asked) -> None:
    """The form for one row; what it holds comes from the address and goes there."""
    for name in ("name", "own", "description", "level2", "budget", "unit", "department"):
        st.session_state[f"one_{name}"] = getattr(asked, name)
    for name in ("province", "year"):
        st.session_state[f"one_{name}"] = getattr(asked, name)
    st.session_state["one_like"] = bool(asked.like)
    with st.form("one", border=False):
        left, middle, right = st.columns((3, 2, 0.8), vertical_alignment="bottom")
        left.text_input("三级指标", key="one_name", placeholder="例如：广告宣传数量")
        middle.text_input("已写的指标值（可不填）", key="one_own", placeholder="例如：≥40期")
        right.form_submit_button("查建议", type="primary", width="stretch", on_click=_asked)
        columns = st.columns((1.4, 1.4, 2, 1.6, 1.1), vertical_alignment="bottom")
        columns[0].selectbox(
            "二级指标",
            ["", *Level2],
            key="one_level2",
            format_func=lambda level: level or "不限",
        )
        columns[1].text_input("项目预算（万元）", key="one_budget")
        columns[2].text_input("本单位（不作参照）", key="one_unit")
        columns[3].text_input("行业", key="one_department", placeholder="例如：教育")
        more = (asked.description, asked.province, asked.year, asked.like)
        with columns[4].popover(more_label(more), width="stretch"):
            st.text_input("绩效指标描述", key="one_description")
            st.text_input("只看省份", key="one_province")
            st.text_input("只看年度", key="one_year")
            st.checkbox("只看规模相近的", key="one_like")


def more_label(given: Sequence[str]) -> str:
    """What the further conditions are called; how many of them are given."""
    count = sum(bool(one) for one in given)
    return f"更多条件（{count}）" if count else "更多条件"


def show_row(asked: Asked, draft: Draft, answer: Suggested) -> None:
    """The answer for one row."""
    told = answer.suggestion
    if told is not None:
        left, right = st.columns((1, 2), vertical_alignment="center")
        left.metric("建议指标值", plain(told.text))
        right.markdown(_trust(answer))
        with right.container(horizontal=True):
            st.button(
                "加入草稿",
                key="take_suggested",
                icon=":material/playlist_add:",
                on_click=take_rows,
                args=(
                    open_home(),
                    links.hand(),
                    (kept_suggestion(draft, answer),),
                    _head(draft, asked),
                ),
            )
            links.offer_link("suggest_link")
    elif answer.refusal is not None:
        st.info(plain(answer.refusal.message), title="没有建议值", icon=":material/block:")
    _show_rate(answer)
    if answer.distribution is not None and answer.rows:
        show_chart(answer, own_number(draft, asked.own, answer))
        st.caption(_figures(answer))
        _heading(f"全部 {len(answer.rows)} 条同类指标")
        show_rows(answer.rows, "votes")
    elif answer.examples:
        _heading("同一指标的写法")
        show_rows(answer.examples, "examples")
    if answer.siblings:
        _heading("可以改用")
        show_rows(answer.siblings, "siblings")
    if answer.rephrased:
        _heading("更清楚的写法")
        show_linked(
            {
                "指标": [one.name for one in answer.rephrased],
                "说明": [one.description for one in answer.rephrased],
                "写明了": ["、".join(one.tells) for one in answer.rephrased],
                "单位": [one.unit for one in answer.rephrased],
            },
            [one.id for one in answer.rephrased],
            key="rephrased",
            alt="更清楚的写法",
        )


def show_rows(rows: Sequence[PeerRow], key: str) -> None:
    """Rows of peers, each leading to its table and into the draft."""
    show_linked(
        {
            "指标": [row.name for row in rows],
            "指标值": [row.value for row in rows],
            "单位": [row.unit or "单位未注明" for row in rows],
            "项目": [project_name(row.project) for row in rows],
            "预算（万元）": [row.budget_wan for row in rows],
            "年度": [str(row.year or "") for row in rows],
            "出处": [source_text(row.source) for row in rows],
        },
        [row.id for row in rows],
        key=key,
        alt="同类单位的指标",
    )


def _asked() -> None:
    state = st.session_state
    texts = {
        name: state[f"one_{name}"] or ""
        for name in ("name", "own", "description", "level2", "budget", "unit", "department")
    }
    places = {name: state[f"one_{name}"] for name in ("province", "year")}
    like = "1" if state["one_like"] else ""
    suggest_state.go(replace(suggest_state.read(), **texts, **places, like=like))


def _head(draft: Draft, asked: Asked) -> KeptDraft:
    """What a new draft begins with."""
    return KeptDraft(
        project=draft.project,
        unit=asked.unit,
        department=draft.department,
        budget_wan=draft.budget_wan,
    )


def _trust(answer: Suggested) -> str:
    told, spread = answer.suggestion, answer.distribution
    if told is None or spread is None:
        return ""
    words = next(words for least, words in _WORDS if told.confidence >= least)
    source = "同一指标" if told.reach is Reach.SAME else "同类指标"
    budget = "，按本项目预算折算" if told.from_budget else ""
    return (
        f"**可信度 {told.confidence:.0%}**（{words}）：来自 {spread.units} 个单位的{source}，"
        f"其中 {spread.concentration:.0%} 与建议值接近{budget}。"
    )


def _show_rate(answer: Suggested) -> None:
    rate = answer.base_rate
    if rate is None:
        return
    said = (
        f"「{plain(rate.family)}」类指标中 {rate.share:.0%} 写 {plain(rate.text)}（共 {rate.n} 条）"
    )
    if rate.ceiling:
        st.caption(f"{said}；这类比率本应做到 100%。")
    elif not rate.informative:
        sharper = (
            f"更严的写法有 {plain(rate.sharper)}（{rate.sharper_n} 条）。" if rate.sharper else ""
        )
        st.warning(f"{said}，说明不了本项目的水平。{sharper}", icon=":material/balance:")


def _figures(answer: Suggested) -> str:
    spread, budget = answer.distribution, answer.per_budget
    if spread is None:
        return ""
    parts = []
    if spread.q1 is not None and spread.median is not None and spread.q3 is not None:
        parts.append(f"四分位 {number(spread.q1)} / {number(spread.median)} / {number(spread.q3)}")
    if spread.min is not None and spread.max is not None:
        parts.append(f"范围 {number(spread.min)} 至 {number(spread.max)} {plain(spread.measure)}")
    common = "，".join(f"{plain(one.text)}（{one.n}）" for one in spread.common)
    parts.append(f"常见值 {common}")
    if budget is not None:
        better = "，比绝对数更一致" if budget.explains_better else "，不如绝对数一致"
        parts.append(f"每万元预算 {roughly(budget.median)} {plain(spread.measure)}{better}")
    return "；".join(parts)


def _heading(text: str) -> None:
    st.markdown(f"**{text}**")

"""One project under review: how it stands, and its table with the findings beside each row."""

from collections.abc import Set

import streamlit as st

from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.words import project_name
from corpus.values import value_text
from knowledge.rules import Head, Severity
from quality.findings import Finding, ProjectReview
from service.review_report import SEVERITY_NAMES, advice_text, basis_text, example_text

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "orange", Severity.HINT: "blue"}


def show_project(
    number: int,
    review: ProjectReview,
    severities: Set[Severity],
    heads: Set[Head],
    *,
    opened: bool,
) -> None:
    """A project as a section that opens; only findings of these severities and heads."""
    shown = [one for one in review.findings if one.severity in severities and one.head in heads]
    project, standing = review.project, review.standing
    title = f"{project.unit}　{project_name(project.name)}".strip()
    label = f"{plain(title)}　:gray[{len(standing.weak)}/{standing.rows} 条需要修改]"
    with st.expander(label, expanded=opened, key=f"review_project_{number}"):
        st.markdown(plain(standing.sentence))
        for one in shown:
            if one.position is None:
                st.markdown(f"- {_problem(one)}  \n  :gray[{plain(one.rule.advice)}]")
        if review.project.indicators:
            st.table(_columns(review, shown), border="horizontal", alt="指标与审核意见")
            _examples(number, review, shown)


def _examples(number: int, review: ProjectReview, shown: list[Finding]) -> None:
    """The rows of peers that pass, each leading to its table and into the draft."""
    found = {
        (one.position, one.peer_example.id): (one.position, one.peer_example)
        for one in shown
        if one.peer_example is not None and one.position is not None
    }
    if not found:
        return
    rows = review.project.indicators
    st.markdown("**可以参照的同类示例**")
    show_linked(
        {
            "要改的指标": [rows[place].name for place, _ in found.values()],
            "示例指标": [example.name for _, example in found.values()],
            "示例指标值": [example.value for _, example in found.values()],
            "单位": [example.unit for _, example in found.values()],
            "项目": [project_name(example.project) for _, example in found.values()],
            "年度": [str(example.year or "") for _, example in found.values()],
        },
        [example.id for _, example in found.values()],
        key=f"review_examples_{number}",
        alt="可以参照的同类示例",
    )


def _columns(review: ProjectReview, shown: list[Finding]) -> dict[str, list[str]]:
    rows = range(review.standing.rows)
    found = {n: [one for one in shown if one.position == n] for n in rows}
    indicators = review.project.indicators
    return {
        "行": [str(row.source.row or "") for row in indicators],
        "二级指标": [plain(row.level2_raw or row.level2 or "") for row in indicators],
        "三级指标": [plain(row.name) for row in indicators],
        "指标值": [plain(value_text(row.value)) for row in indicators],
        "问题": [_joined([_problem(one) for one in found[n]]) or ":green[✓]" for n in rows],
        "修改建议": [_joined([plain(advice_text(one)) for one in found[n]]) for n in rows],
        "同类示例": [
            _joined([plain(example_text(one.peer_example)) for one in found[n] if one.peer_example])
            for n in rows
        ],
    }


def _problem(one: Finding) -> str:
    colour, name = _COLOURS[one.severity], SEVERITY_NAMES[one.severity]
    basis = plain(basis_text(one.rule))
    return (
        f":{colour}-badge[{one.rule.id} {one.rule.title}] {plain(one.message)} "
        f":small[:gray[{one.head}·{name}·依据：{basis}]]"
    )


def _joined(texts: list[str]) -> str:
    """Several texts in one cell, each once, a line each."""
    return "  \n".join(dict.fromkeys(text for text in texts if text))

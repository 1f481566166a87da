"""One project under review: how it stands, and its table with the findings beside each row."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from app_pages import links
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.quick_table import Part, show_table
from app_pages.words import project_name
from corpus.values import value_text
from knowledge.rules import Head, Rule, Severity
from quality.findings import Finding, ProjectReview
from service.review_report import SEVERITY_NAMES, advice_text, basis_text, example_text

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "orange", Severity.HINT: "blue"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are to be shown; an empty set wants all."""

    severities: frozenset[Severity] = frozenset()
    heads: frozenset[Head] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.severities or self.heads)

    def has(self, one: Finding) -> bool:
        """Whether a finding is wanted."""
        return (not self.severities or one.severity in self.severities) and (
            not self.heads or one.head in self.heads
        )


def show_project(number: int, review: ProjectReview, wanted: Wanted, *, opened: bool) -> None:
    """A project as a section that opens; `number` is its place in the review."""
    shown = [one for one in review.findings if wanted.has(one)]
    project, standing = review.project, review.standing
    title = f"{project.unit}　{project_name(project.name)}".strip()
    count = f"{len(standing.weak)}/{standing.rows} 条需要修改" if standing.rows else "没有指标行"
    label = f"{plain(title)}　:gray[{count}]"
    with st.expander(label, expanded=opened, key=f"review_project_{number}"):
        st.markdown(plain(standing.sentence))
        for one in shown:
            if one.position is None:
                st.markdown(f"- {_problem(one)}  \n  :gray[{plain(one.rule.advice)}]")
        if not project.indicators:
            return
        _show_rows(number, review, shown, narrowed=bool(wanted))
        _show_examples(number, review, shown)
        st.page_link(
            "app_pages/compare.py",
            label="与相近项目对比",
            icon=":material/compare_arrows:",
            help="在语料里找出相近的项目，把指标一条条对齐。",
            query_params={**links.shared(), "from": "审核", "of": str(number)},
        )


def show_rules(used: Sequence[Rule]) -> None:
    """The rules that spoke, each once, with what it rests on."""
    if not used:
        return
    st.markdown(f"**用到的规则和依据（{len(used)} 条）**")
    show_table(
        {
            "规则": [f"{rule.id} {rule.title}" for rule in used],
            "程度": [SEVERITY_NAMES[rule.severity] for rule in used],
            "审核角度": [str(rule.head) for rule in used],
            "什么算弱": [rule.weak_when for rule in used],
            "依据": [basis_text(rule) for rule in used],
        },
        key="review_rules",
        alt="用到的规则和依据",
        widths={"规则": 150, "程度": 70, "审核角度": 70},
    )


def _show_rows(
    number: int, review: ProjectReview, shown: Sequence[Finding], *, narrowed: bool
) -> None:
    """The table of the project; where only some findings are wanted, only their rows."""
    found: dict[int, list[Finding]] = {n: [] for n in range(review.standing.rows)}
    for one in shown:
        if one.position is not None:
            found[one.position].append(one)
    places = [n for n, ones in found.items() if ones or not narrowed]
    if not places:
        st.caption("没有符合筛选的问题。")
        return
    rows = [review.row(n) for n in places]
    show_table(
        {
            "原文行": [str(row.source.row or "") for row in rows],
            "二级指标": [row.level2_raw or row.level2 or "" for row in rows],
            "三级指标": [row.name for row in rows],
            "指标值": [value_text(row.value) for row in rows],
            "问题和怎么改": [_judged(found[n]) for n in places],
        },
        key=f"review_rows_{number}",
        alt="指标与审核意见",
        widths={"二级指标": 90, "三级指标": 150, "指标值": 110, "问题和怎么改": 560},
    )


def _show_examples(number: int, review: ProjectReview, shown: Sequence[Finding]) -> None:
    """The rows of peers that pass, each leading to its table and into the draft."""
    found = {
        (one.position, one.peer_example.id): (one.position, one.peer_example)
        for one in shown
        if one.peer_example is not None and one.position is not None
    }
    if not found:
        return
    with st.container(key=f"review_examples_{number}"):  # not on paper, see print.css
        st.markdown("**可以参照的同类示例**")
        show_linked(
            {
                "要改的指标": [review.row(place).name for place, _ in found.values()],
                "示例指标": [example.name for _, example in found.values()],
                "示例指标值": [example.value for _, example in found.values()],
                "单位": [example.unit for _, example in found.values()],
                "项目": [project_name(example.project) for _, example in found.values()],
                "年度": [str(example.year or "") for _, example in found.values()],
            },
            [example.id for _, example in found.values()],
            key=f"review_example_{number}",
            alt="可以参照的同类示例",
        )


def _problem(one: Finding) -> str:
    name = SEVERITY_NAMES[one.severity]
    rule = plain(f"{one.rule.id} {one.rule.title}")
    return f":{COLOURS[one.severity]}-badge[{name}] :small[{rule}]　{plain(one.message)}"


def _judged(found: Sequence[Finding]) -> list[Part]:
    """What is wrong with a row, each with what to do below it."""
    if not found:
        return [Part("✓", "green")]
    parts: list[Part] = []
    for one in found:
        said = f"{one.rule.id} {one.rule.title}：{one.message}"
        parts += [
            Part(SEVERITY_NAMES[one.severity], f"badge {COLOURS[one.severity]}"),
            Part(said),
            Part(advice_text(one), "below"),
        ]
        if one.peer_example is not None:
            parts.append(Part(f"示例：{example_text(one.peer_example)}", "below"))
    return parts

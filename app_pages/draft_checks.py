"""What the rules say of a draft, beside its editor: reason, cure and a peer that passes."""

from collections import Counter

import streamlit as st

from app_pages import links
from app_pages.draft_editor import Desk, adoption, height_of
from app_pages.house import open_session
from app_pages.plain import plain
from app_pages.review_table import COLOURS
from corpus.records import ValueKind
from corpus.values import parse_value
from errors import DuibiaoError
from knowledge.rules import Severity
from quality.findings import Finding, ProjectReview
from service.draft_check import DraftChecker, coverage_of
from service.home import Home
from service.review_report import SEVERITY_NAMES, basis_text
from service.search import Session

_LEAST_HEIGHT = 380
_MEASURED = (ValueKind.NUMERIC, ValueKind.DEADLINE)


def show_checks(home: Home, desk: Desk) -> None:
    """The findings of the draft as it is now, the gravest first, and the groups it covers."""
    project = desk.draft.judged()
    _show_coverage(desk)
    if not project.indicators:
        st.caption("加入指标后，这里随时指出哪里还写得弱。")
        return
    session = _session(home)
    checker = _checker(str(home.path), session.generation if session else "", home, session)
    with st.spinner("正在检查…"):
        review = checker.check(project)
    counts = Counter(one.severity for one in review.findings)
    said = [f"{SEVERITY_NAMES[one]} {counts[one]} 处" for one in Severity if counts[one]]
    st.markdown(f"**{'，'.join(said) if said else '没有发现问题'}**")
    st.caption(plain(review.standing.sentence))
    if session is None:
        st.caption("还没有语料，只按规则检查，没有同类示例。")
    height = max(_LEAST_HEIGHT, height_of(desk))
    with st.container(height=height, border=False, key="draft_findings"):
        met: Counter[str] = Counter()
        for one in _in_order(review):
            key = f"{one.rule.id}_{one.position}"  # stays the same while others are mended
            met[key] += 1
            _show_finding(f"{key}_{met[key]}", one, desk)


def _in_order(review: ProjectReview) -> list[Finding]:
    """By severity, then by row; what concerns the whole table comes first."""
    order = list(Severity)
    return sorted(
        review.findings,
        key=lambda one: (order.index(one.severity), -1 if one.position is None else one.position),
    )


def _show_finding(key: str, one: Finding, desk: Desk) -> None:
    rows = desk.draft.rows
    whose = "整张表" if one.position is None else f"{one.position + 1}. {rows[one.position].name}"
    with st.container(border=True, gap="xxsmall", key=f"finding_{key}"):
        st.markdown(
            f":{COLOURS[one.severity]}-badge[{SEVERITY_NAMES[one.severity]}] **{plain(whose)}**"
        )
        st.markdown(plain(one.message), help=plain(f"{one.rule.id}　依据：{basis_text(one.rule)}"))
        st.caption(plain(one.rule.advice))
        if one.suggestion:
            st.markdown(f"可写成 **{plain(one.suggestion)}**")
        with st.container(horizontal=True, gap="xsmall"):
            if one.position is not None and _is_value(one):
                st.button(
                    "采用",
                    key=f"adopt_{key}",
                    icon=":material/check:",
                    on_click=links.hand().ask,
                    args=(adoption(rows[one.position], one.suggestion),),
                )
            if one.peer_example is not None:
                example = one.peer_example
                st.button(
                    plain(f"示例：{example.name} {example.value}"),
                    key=f"example_{key}",
                    type="tertiary",
                    on_click=links.see,
                    args=(example.id,),
                )


def _is_value(one: Finding) -> bool:
    """Whether a rewrite can stand in the cell of the value as it is."""
    value = parse_value(one.suggestion) if one.suggestion else None
    return value is not None and value.kind in _MEASURED and not value.unreadable


def _show_coverage(desk: Desk) -> None:
    groups = coverage_of(desk.draft.judged())
    badges = [
        f":{'green' if one.rows else 'gray'}-badge[{one.level2} {one.rows or '无'}]"
        for one in groups
    ]
    st.markdown(" ".join(badges), help="各类二级指标的条数。")


def _session(home: Home) -> Session | None:
    try:
        return open_session(home)
    except DuibiaoError:
        return None


@st.cache_resource(max_entries=2, on_release=DraftChecker.close, show_spinner=False)
def _checker(path: str, generation: str, _home: Home, _session: Session | None) -> DraftChecker:
    return DraftChecker(_home, _session)

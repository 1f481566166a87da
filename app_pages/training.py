"""培训: good rows, good beside weak, a quiz, and a sheet to print."""

from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.counted import counted
from app_pages.house import open_home
from app_pages.lessons import ask_quiz, offer_sheet, show_gallery, show_pairs
from app_pages.notice import lead_to_corpus
from corpus.records import Level2
from errors import DuibiaoError
from quality.teach import Lessons
from service.home import Home
from service.overview import departments_of, stamp
from service.teach import Teacher

_ALL = "全部"
_MOST_PROJECTS = 200  # judging a row takes about a millisecond
_LESSONS = ("对照", "范例", "小测", "打印")


@st.cache_resource(max_entries=2, show_spinner=False)
def _teacher(_home: Home, path: str, stamp: str) -> Teacher:
    return Teacher(_home)


@st.cache_resource(max_entries=20, show_spinner="正在挑选例子…")
def _lessons(
    _teacher: Teacher,
    _projects: Sequence[str],
    path: str,
    stamp: str,
    level2: str,
    department: str,
) -> Lessons:
    return _teacher.lessons(level2=level2, department=department, projects=_projects)


def main() -> None:
    """All four lessons on the rows of one department."""
    st.header("培训", anchor=False)
    st.caption("例子都来自语料：弱的一条，和别的单位同一指标写得好的一条，以及区分它们的规则。")
    try:
        _show(open_home())
    except DuibiaoError as error:
        lead_to_corpus(error)


def _show(home: Home) -> None:
    now = (str(home.path), stamp(home))
    teacher = _teacher(home, *now)
    lines = counted(home).found.lines
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lesson = _asked_lesson()
        department = _asked_department(departments_of(lines))
        level2 = _asked_level2()
        links.offer_link("training_link")
    among = [line.id for line in lines if department in ("", line.department)]
    drawn = among[:: -(-len(among) // _MOST_PROJECTS) or 1]  # ids are in no order of sense
    if len(drawn) < len(among):
        st.caption(f"从 {len(among):,} 个项目里均匀抽取 {len(drawn)} 个来挑选例子。")
    found = _lessons(teacher, drawn, *now, level2, department)
    if lesson == "范例":
        show_gallery(teacher, found.good)
    elif lesson == "小测":
        ask_quiz(found.pairs)
    elif lesson == "打印":
        offer_sheet(found.pairs)
    else:
        show_pairs(found.pairs)


def _asked_lesson() -> str:
    """Which lesson the address asks for; only that one is worked out."""
    st.session_state["training_lesson"] = links.choice("lesson", _LESSONS, _LESSONS[0])
    st.segmented_control(
        "怎么学",
        _LESSONS,
        key="training_lesson",
        required=True,
        on_change=links.note,
        args=("lesson", "training_lesson", _LESSONS[0]),
    )
    return str(st.session_state["training_lesson"])


def _asked_department(departments: Sequence[str]) -> str:
    """The department that rows are of, "" for all; the largest one where none is chosen."""
    options = (*departments, _ALL)
    st.session_state["training_department"] = links.choice("department", options, options[0])
    chosen = st.selectbox(
        "行业",
        options,
        key="training_department",
        width=240,
        on_change=links.note,
        args=("department", "training_department", options[0], "page"),
    )
    return "" if chosen in (_ALL, None) else str(chosen)


def _asked_level2() -> str:
    """The level 2 that rows are of, "" for all."""
    st.session_state["training_level2"] = links.choice("level2", Level2, _ALL)
    chosen = st.selectbox(
        "二级指标",
        [_ALL, *Level2],
        key="training_level2",
        width=200,
        on_change=links.note,
        args=("level2", "training_level2", _ALL, "page"),
    )
    return "" if chosen in (_ALL, None) else str(chosen)


main()

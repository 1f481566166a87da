"""项目对比: a project, those like it, and their indicators side by side."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app_pages import links, reviewed
from app_pages.compare_table import show_comparison
from app_pages.house import open_home, open_session
from app_pages.linked import show_linked
from app_pages.notice import lead_to_corpus, show_error, told
from app_pages.once import once
from app_pages.plain import plain
from app_pages.rebuild import offer_rebuild
from app_pages.uploads import check_uploads, safe_name
from app_pages.words import project_name
from corpus.records import Project
from errors import DuibiaoError, InputError, SearchIndexError, UsageError
from index.results import Scope, SearchRequest
from peers.similar import SimilarProject
from service.home import Home
from service.projects import Projects, SimilarAnswer, Subject, subjects_of
from service.reasons import file_reason
from service.search import Session

_READ = "compare_read"
T = TypeVar("T")

_FOUND = 12
_SIMILAR = 8
_MOST = 4  # projects beside the first; more columns cannot be read


def main() -> None:
    """Choose a project, then those to lay beside it; the address keeps the choice."""
    home = open_home()
    session = open_session(home)
    subject = _asked(home, session)
    if subject is None:
        return
    with told(), Projects(home, session) as projects:
        answer = _once(home, session, [subject], lambda: projects.similar(subject, _SIMILAR))
        if not answer.hits:
            st.info("语料里没有可以对比的项目。")
            return
        st.subheader("相近的项目", anchor=False)
        show_linked(
            {
                "相近": [f"{hit.score:.2f}" for hit in answer.hits],
                "项目": [project_name(hit.project) for hit in answer.hits],
                "单位": [hit.unit for hit in answer.hits],
                "年度": [str(hit.year or "") for hit in answer.hits],
                "预算（万元）": [hit.budget_wan for hit in answer.hits],
                "理由": [_reasons(hit) for hit in answer.hits],
            },
            [hit.id for hit in answer.hits],
            key="similar",
            alt="相近的项目",
            takes=False,
        )
        chosen = _beside(subject, answer, projects)
        if chosen:
            beside = [subject, *chosen]
            found = _once(home, session, beside, lambda: projects.compare(beside))
            show_comparison(beside, found)


def _reasons(hit: SimilarProject) -> str:
    """Why a project is like this one, without the names of rows that stand aligned below."""
    return "；".join(reason.partition("：")[0] for reason in hit.reasons)


def _once(home: Home, session: Session, asked: list[Subject], answer: Callable[[], T]) -> T:
    """As `once`; an upload has no name to keep an answer by, and is nobody else's."""
    if not all(one.id for one in asked):
        return answer()
    return once(home, session, ["compare", *(one.id for one in asked)], answer)


def _beside(subject: Subject, answer: SimilarAnswer, projects: Projects) -> list[Subject]:
    """The projects to lay beside the first; the likest one where the address names none."""
    names = {hit.id: f"{hit.unit}　{project_name(hit.project)}" for hit in answer.hits}
    key = f"compare_with_{subject.id or subject.project.name}"
    asked = dict.fromkeys(st.query_params.get_all("with"))
    found = {}
    for own_id in list(asked)[:_MOST]:
        with suppress(UsageError):  # a project that is gone by now
            found[own_id] = projects.subject(own_id)
            names.setdefault(own_id, _title(found[own_id].project))
    if not found:
        likest = _likest(subject, answer, projects)
        found[likest.id] = likest
    st.session_state[key] = list(found)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "与哪些项目并排",
            list(names),
            format_func=names.__getitem__,
            max_selections=_MOST,
            key=key,
            placeholder="选一个或几个项目",
            on_change=links.note,
            args=("with", key),
        )
        if subject.id:
            links.offer_link("compare_link", project=subject.id)
    return list(found.values())


def _likest(subject: Subject, answer: SimilarAnswer, projects: Projects) -> Subject:
    """What is laid beside when nothing was chosen: not the same project, and one with rows."""
    own = (subject.project.unit, subject.project.name)
    for hit in answer.hits:
        found = projects.subject(hit.id)
        if (hit.unit, hit.project) != own and found.project.indicators:
            return found
    return projects.subject(answer.hits[0].id)


def _asked(home: Home, session: Session) -> Subject | None:
    """The project to start from: of the corpus by name, of an uploaded file, or one reviewed."""
    sources = {"语料": "语料里的项目", "文件": "上传一份文件"}
    if reviewed.subjects():
        sources["审核"] = "刚审核的文件"
    st.session_state["compare_source"] = links.choice("from", sources, "语料")
    source = st.segmented_control(
        "从哪里选项目",
        list(sources),
        required=True,
        key="compare_source",
        format_func=sources.__getitem__,
        label_visibility="collapsed",
        on_change=links.note,
        args=("from", "compare_source", "语料", "with", "of"),
    )
    if source == "审核":
        return _pick(reviewed.subjects())
    return _of_file() if source == "文件" else _of_corpus(home, session)


def _of_corpus(home: Home, session: Session) -> Subject | None:
    st.session_state["compare_text"] = links.text("q")
    st.text_input(
        "项目名称",
        key="compare_text",
        placeholder="写项目名称的几个字，例如：道路养护",
        on_change=links.note,
        args=("q", "compare_text", "", "project", "with"),
    )
    text, asked = links.text("q"), links.text("project")
    if not text and not asked:
        st.caption("写几个字，选一个项目；系统找出相近的项目，把指标一条条对齐。")
        return None
    with told(), Projects(home, session) as projects:
        ids = _found(text, session) if text else []
        if asked and asked not in ids:
            ids.insert(0, asked)
        if not ids:
            st.info("没有找到这样的项目，换个说法试试。")
            return None
        found = {own: projects.subject(own) for own in ids}
        st.session_state["compare_project"] = asked or ids[0]
        st.selectbox(
            "项目",
            ids,
            format_func=lambda key: _title(found[key].project),
            key="compare_project",
            on_change=links.note,
            args=("project", "compare_project", "", "with"),
        )
        return found[asked or ids[0]]
    return None


def _found(text: str, session: Session) -> list[str]:
    """Ids of the projects that a text may mean, the likest first."""
    hits = session.search(SearchRequest(text, Scope.PROJECT, _FOUND, marked=False)).hits
    return list(dict.fromkeys(own for hit in hits for own in hit.members))[: 2 * _FOUND]


def _of_file() -> Subject | None:
    with st.container(key="intake"):
        upload = st.file_uploader("上传一份绩效目标表（不会存入语料）", key="compare_file")
    if upload is None:
        return None
    try:
        return _pick(_read_once(upload))
    except InputError as error:
        name = plain(safe_name(upload.name))
        reason = plain(file_reason(str(error)))
        st.error(reason, title=f"没有读出：{name}", icon=":material/error:")
    return None


def _read_once(upload: UploadedFile) -> dict[str, Subject]:
    """The projects of an upload, read once; kept for this user alone."""
    file, found = st.session_state.get(_READ, ("", {}))
    if file != upload.file_id:
        check_uploads([upload])
        projects = subjects_of(upload.getvalue(), safe_name(upload.name))
        found = {str(place): one for place, one in enumerate(projects, start=1)}
        st.session_state[_READ] = (upload.file_id, found)
    return dict(found)


def _pick(subjects: dict[str, Subject]) -> Subject | None:
    """One of the projects of a file that is not in the corpus; `of` is its place there."""
    st.session_state["compare_of_file"] = links.choice("of", subjects, next(iter(subjects)))
    chosen = st.selectbox(
        "项目",
        list(subjects),
        format_func=lambda key: _title(subjects[key].project),
        key="compare_of_file",
        on_change=links.note,
        args=("of", "compare_of_file", "", "with"),
    )
    return subjects.get(chosen)


def _title(project: Project) -> str:
    year = f"{project.year or project.year_inferred or ''}"
    return "　".join(part for part in (project.unit, project_name(project.name), year) if part)


try:
    main()
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(open_home())
except DuibiaoError as error:
    lead_to_corpus(error)

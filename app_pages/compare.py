"""项目对比: a project, those like it, and their indicators side by side."""

import streamlit as st

from app_pages.compare_table import show_comparison
from app_pages.house import open_home, open_session
from app_pages.notice import show_error, told
from app_pages.plain import plain
from app_pages.rebuild import offer_rebuild
from app_pages.uploads import safe_name
from app_pages.words import number, project_name
from corpus.records import Project
from errors import DuibiaoError, SearchIndexError
from index.results import Scope, SearchRequest
from service.home import Home
from service.projects import Projects, Subject, subjects_of
from service.search import Session

_FOUND = 12
_SIMILAR = 8
_MOST = 4  # projects beside the first; more columns cannot be read


def main() -> None:
    """Choose a project, then those to lay beside it."""
    home = open_home()
    session = open_session(home)
    subject = _asked(home, session)
    if subject is None:
        return
    with told(), Projects(home, session) as projects:
        answer = projects.similar(subject, _SIMILAR)
        if not answer.hits:
            st.info("语料里没有可以对比的项目。")
            return
        st.subheader("相近的项目", anchor=False)
        st.table(
            {
                "相近": [f"{hit.score:.2f}" for hit in answer.hits],
                "项目": [plain(project_name(hit.project)) for hit in answer.hits],
                "单位": [plain(hit.unit) for hit in answer.hits],
                "年度": [str(hit.year or "") for hit in answer.hits],
                "预算（万元）": [
                    "" if hit.budget_wan is None else number(hit.budget_wan) for hit in answer.hits
                ],
                "理由": [plain("；".join(hit.reasons)) for hit in answer.hits],
            },
            border="horizontal",
            alt="相近的项目",
        )
        names = {hit.id: f"{hit.unit}　{project_name(hit.project)}" for hit in answer.hits}
        chosen = st.multiselect(
            "与哪些项目并排",
            list(names),
            default=[answer.hits[0].id],
            format_func=names.__getitem__,
            max_selections=_MOST,
            key=f"compare_with_{subject.id or subject.project.name}",
            placeholder="选一个或几个项目",
        )
        if chosen:
            show_comparison(projects.compare([subject, *map(projects.subject, chosen)]))


def _asked(home: Home, session: Session) -> Subject | None:
    """The project to start from: of the corpus by name, or of an uploaded file."""
    source = st.segmented_control(
        "从哪里选项目",
        ["语料", "文件"],
        default="语料",
        required=True,
        key="compare_source",
        format_func={"语料": "语料里的项目", "文件": "上传一份文件"}.__getitem__,
        label_visibility="collapsed",
    )
    return _of_file() if source == "文件" else _of_corpus(home, session)


def _of_corpus(home: Home, session: Session) -> Subject | None:
    text = st.text_input(
        "项目名称",
        key="compare_text",
        placeholder="写项目名称的几个字，例如：道路养护",
        value=st.query_params.get("project", ""),
    ).strip()
    if not text:
        st.caption("写几个字，选一个项目；系统找出相近的项目，把指标一条条对齐。")
        return None
    with told(), Projects(home, session) as projects:
        hits = session.search(SearchRequest(text, Scope.PROJECT, _FOUND, marked=False)).hits
        if not hits:
            st.info("没有找到这样的项目，换个说法试试。")
            return None
        ids = list(dict.fromkeys(own for hit in hits for own in hit.members))[: 2 * _FOUND]
        found = {own: projects.subject(own).project for own in ids}
        return _pick({own: Subject(own, project) for own, project in found.items()})
    return None


def _of_file() -> Subject | None:
    with st.container(key="intake"):
        upload = st.file_uploader("上传一份绩效目标表（不会存入语料）", key="compare_file")
    if upload is None:
        return None
    with told():
        found = subjects_of(upload.getvalue(), safe_name(upload.name))
        return _pick({str(place): one for place, one in enumerate(found, start=1)})
    return None


def _pick(subjects: dict[str, Subject]) -> Subject | None:
    chosen = st.selectbox(
        "项目",
        list(subjects),
        format_func=lambda key: _title(subjects[key].project),
        key="compare_project",
    )
    return subjects.get(chosen) if chosen else None


def _title(project: Project) -> str:
    year = f"{project.year or project.year_inferred or ''}"
    return "　".join(part for part in (project.unit, project_name(project.name), year) if part)


try:
    main()
except SearchIndexError as error:
    show_error(error)
    offer_rebuild(open_home())
except DuibiaoError as error:
    show_error(error)
    st.page_link("app_pages/corpus.py", label="去「语料」", icon=":material/folder_open:")

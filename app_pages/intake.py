"""Uploading files and reading them into the corpus, with progress and a result per file."""

from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.documents import left_out, show_remarks
from app_pages.house import own_home
from app_pages.notice import offer_wording, show_error
from app_pages.quick_table import Cell, Part, show_table
from app_pages.uploads import FileResult, Upload, lay_down, read_in
from app_pages.work import Progress, Work, watch
from errors import DuibiaoError, HomeUnwritableError
from service.reasons import file_reason

_WORK = "intake_work"
_OUTCOME = "intake_outcome"
_ROUND = "intake_round"

Results = tuple[FileResult, ...]


def take_in() -> None:
    """Ask for files; while they are read show how far it is, then what came of each."""
    work: Work[Results] | None = st.session_state.get(_WORK)
    if work is not None and work.running:
        watch(work)
        return
    if work is not None:
        _finish(work)
    _ask_for_files()
    outcome: Results | DuibiaoError | None = st.session_state.get(_OUTCOME)
    if isinstance(outcome, DuibiaoError):
        show_error(outcome)
    elif outcome:
        _show_results(outcome)


def _ask_for_files() -> None:
    key = f"intake_files_{st.session_state.setdefault(_ROUND, 0)}"
    with st.container(key="intake"):
        files = st.file_uploader(
            "上传绩效目标文件（Word、WPS、Excel、PDF、网页、文本，或 .zip 压缩包；一次可选多个）",
            accept_multiple_files=True,
            key=key,
        )
    st.button(
        f"读入语料（{len(files)} 份）" if files else "读入语料",
        key="intake_start",
        type="primary",
        disabled=not files,
        on_click=_start,
        args=(key,),
    )


def _start(key: str) -> None:
    files: list[Upload] = st.session_state[key] or []
    st.session_state.pop(_OUTCOME, None)
    try:
        home = own_home()
        folder, laid = lay_down(files)
    except DuibiaoError as error:
        st.session_state[_OUTCOME] = error
        return
    except OSError as error:
        st.session_state[_OUTCOME] = HomeUnwritableError(str(error))
        return

    def do(progress: Progress) -> Results:
        return read_in(home, folder, laid, progress)

    st.session_state[_WORK] = Work("正在读入", do)


def _finish(work: Work[Results]) -> None:
    try:
        st.session_state[_OUTCOME] = work.result()
    except DuibiaoError as error:
        st.session_state[_OUTCOME] = error
    del st.session_state[_WORK]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _show_results(results: Results) -> None:
    read = sum(result.document is not None for result in results)
    if read == len(results):
        st.success(f"{read} 份文件已读入，现在就可以检索。", icon=":material/check:")
    elif read:
        st.warning(f"{read} 份文件已读入，{len(results) - read} 份没有读出来。")
    else:
        st.error("没有一份文件读出来。")
    show_table(
        _result_columns(results),
        key="intake_results",
        alt="读入结果",
        on_pick=lambda document: links.turn_to({"document": document}),
    )
    unread = [f"{one.name}: {one.reason}" for one in results if not one.document]
    if unread:
        offer_wording(unread)
    for result in results:
        if result.document and (result.document.problems or left_out(result.document)):
            show_remarks(result.document)


def _result_columns(results: Results) -> dict[str, Sequence[Cell]]:
    documents = [result.document for result in results]
    return {
        "文件": [
            [Part(result.name, leads=result.document.id if result.document else "")]
            for result in results
        ],
        "结果": [_state(result) for result in results],
        "项目（个）": [str(document.projects) if document else "" for document in documents],
        "指标（条）": [str(document.indicators) if document else "" for document in documents],
        "目标（句）": [str(document.goals) if document else "" for document in documents],
        "说明": ["" if result.document else file_reason(result.reason) for result in results],
    }


def _state(result: FileResult) -> Cell:
    if result.document is None:
        return [Part("没有读出", "orange")]
    return "语料中已有" if result.known else "已读入"

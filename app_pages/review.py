"""审核: drafts in, findings beside the original table out. Nothing that is uploaded is stored."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from app_pages import reviewed
from app_pages.house import open_home, open_session
from app_pages.notice import show_error
from app_pages.plain import plain
from app_pages.quick_table import show_table
from app_pages.rebuild import offer_rebuild
from app_pages.review_table import Wanted, show_project, show_rules
from app_pages.uploads import Upload, check_uploads, safe_name
from app_pages.work import Progress, Work, watch
from errors import DuibiaoError, LimitError, SearchIndexError
from knowledge.rules import Head, Severity
from service.home import Home
from service.review import FileReview, Review, Reviewer
from service.review_files import FORMATS
from service.review_report import SEVERITY_NAMES, report_of
from service.search import Session

_WORK = "review_work"
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
}
_KINDS = {".xlsx": "Excel", ".docx": "Word", ".html": "网页"}


def main() -> None:
    """Ask for files, check them beside the corpus, show what was found."""
    work: Work[Review] | None = st.session_state.get(_WORK)
    if work is not None and work.running:
        watch(work)
        return
    if work is not None:
        del st.session_state[_WORK]
        try:
            reviewed.keep(work.result())
        except DuibiaoError as error:
            reviewed.keep(error)
    _ask()
    done = reviewed.at_hand()
    if isinstance(done, DuibiaoError):
        show_error(done)
        if isinstance(done, SearchIndexError):
            offer_rebuild(open_home())
    elif done is not None:
        _show(done)


def _ask() -> None:
    with st.container(key="intake"):
        files = st.file_uploader(
            "上传要审核的绩效目标表（可选多个；只作审核，不会存入语料）",
            accept_multiple_files=True,
            key="review_files",
        )
    st.button(
        f"开始审核（{len(files)} 份）" if files else "开始审核",
        key="review_start",
        type="primary",
        disabled=not files,
        on_click=_start,
    )


def _start() -> None:
    uploads: Sequence[Upload] = st.session_state["review_files"] or []
    reviewed.keep(None)
    try:
        check_uploads(uploads)
    except LimitError as error:
        reviewed.keep(error)
        return
    documents = [(safe_name(one.name), one.getvalue()) for one in uploads]
    home, session = _corpus()

    def do(progress: Progress) -> Review:
        return _check(documents, home, session, progress)

    st.session_state[_WORK] = Work("正在审核", do)


def _corpus() -> tuple[Home | None, Session | None]:
    """The corpus to ask; none where there is none yet: the rules judge without it."""
    try:
        home = open_home()
        return home, open_session(home)
    except DuibiaoError:
        return None, None


def _check(
    documents: Sequence[tuple[str, bytes]],
    home: Home | None,
    session: Session | None,
    progress: Callable[[int, int, str], None],
) -> Review:
    found: list[FileReview] = []
    opened = Reviewer.over(home, session) if home and session else Reviewer.open(None)
    with opened as reviewer:
        for number, (name, data) in enumerate(documents):
            progress(number, len(documents), name)
            found += reviewer.check_document(data, name).files
    return Review(tuple(found), session is not None)


def _show(review: Review) -> None:
    report = report_of(review)
    names = [plain(file.file) for file in review.files]
    whose = names[0] if len(names) == 1 else f"{len(names)} 份文件"
    st.subheader(f"审核结果：{whose}", anchor=False)
    for file, reason in report.unread:
        st.error(plain(reason), title=f"没有读出：{plain(file)}", icon=":material/error:")
    if not review.projects:
        return
    show_table({name: [text] for name, text in report.figures}, key="review_all", alt="总体情况")
    if not review.peers:
        st.info("还没有语料，这次只按规则审核，没有同类示例。", icon=":material/info:")
    _downloads(review)
    wanted = _filters()
    opened = next((n for n, one in enumerate(review.projects) if one.standing.weak), 0)
    for number, project in enumerate(review.projects):
        show_project(number, project, wanted, opened=number == opened)
    spoke = {one.rule.id for one in review.findings if wanted.has(one)}
    show_rules([rule for rule in report.rules if rule.id in spoke])


def _filters() -> Wanted:
    """Which findings are shown; nothing chosen means all."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        severities = st.pills(
            "程度",
            list(Severity),
            selection_mode="multi",
            format_func=SEVERITY_NAMES.__getitem__,
            key="review_severity",
        )
        heads = st.pills("审核角度", list(Head), selection_mode="multi", key="review_head")
    return Wanted(frozenset(severities), frozenset(heads))


def _downloads(review: Review) -> None:
    name = Path(review.files[0].file).stem if len(review.files) == 1 else "绩效目标"
    with st.container(horizontal=True):
        for ending in FORMATS:
            st.download_button(
                f"下载审核意见（{_KINDS[ending]}）",
                data=partial(_report, review, ending),
                file_name=f"{name}审核意见{ending}",
                mime=_TYPES[ending],
                key=f"review_download_{ending[1:]}",
                icon=":material/download:",
                on_click="ignore",
            )


def _report(review: Review, ending: str) -> bytes:
    return FORMATS[ending](report_of(review))


main()

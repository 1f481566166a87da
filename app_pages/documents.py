"""What the corpus holds: figures, documents with their remarks, files that were not read."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import streamlit as st

from app_pages import links
from app_pages.figures import Figure, show_figures
from app_pages.notice import offer_wording
from app_pages.plain import plain
from app_pages.quick_table import Part, show_table
from app_pages.words import local_time, size, year_span
from corpus.records import Remark
from corpus.store.stored import SkippedFile, StoredDocument
from service.overview import Counted, Spread, whole_units
from service.reasons import file_reason, place_name, remark_reason
from service.report import masked_words

_PAGE = 50


def show_size(corpus: Counted) -> None:
    """How much there is of everything."""
    whole, units = corpus.spread().get((), Spread()), whole_units(corpus.found.lines)
    figures = {
        "文件（份）": corpus.found.documents,
        "单位（个）": whole.units,
        "项目（个）": whole.projects - units,
        "部门整体（份）": units,
        "指标（条）": whole.rows,
        "项目目标（句）": corpus.found.goals,
    }
    years = Figure("年度", year_span(line.year for line in corpus.found.lines))
    told = [Figure(name, f"{figure:,}") for name, figure in figures.items()]
    show_figures([*told, years], key="corpus_figures")


def show_documents(documents: Sequence[StoredDocument]) -> None:
    """All documents, fifty at a time, then what was remarked in those on this page."""
    st.subheader(f"已读入的文件（{len(documents)} 份）", anchor=False)
    if not documents:
        st.caption("还没有文件。")
        return
    st.caption("点文件名，看从这份文件里读出来的每一行；读错了可以改。")
    shown = links.on_this_page(documents, _PAGE, "documents")
    show_table(
        {
            "文件": [[Part(document.name, leads=document.id)] for document in shown],
            "项目（个）": [str(document.projects) for document in shown],
            "指标（条）": [str(document.indicators) for document in shown],
            "目标（句）": [str(document.goals) for document in shown],
            "已遮盖": [masked_words(asdict(document.masked)) for document in shown],
            "大小": [size(document.size) for document in shown],
            "读入时间": [local_time(document.added) for document in shown],
        },
        key="documents",
        alt="已读入的文件",
        on_pick=lambda document: links.turn_to({"document": document}),
    )
    if any(any(asdict(document.masked).values()) for document in shown):
        st.caption("「已遮盖」：文件里负责人姓名、电话、证件号等个人信息的个数，都没有存入语料。")
    remarked = [document for document in shown if document.problems or left_out(document)]
    if remarked:
        st.caption("下面的文件里有没读出来或按规则略过的地方，点开可看：")
    for document in remarked:
        show_remarks(document)


def show_remarks(document: StoredDocument) -> None:
    """What was not read in a document, and what was left out on purpose."""
    notes = left_out(document)
    counts = [
        f"{len(document.problems)} 处没有读出" if document.problems else "",
        f"{len(notes)} 处按规则略过" if notes else "",
    ]
    said = "，".join(count for count in counts if count)
    with st.expander(f"{plain(document.name)}：{said}"):
        _remark_table(document, "没有读出", document.problems)
        _remark_table(document, "按规则略过", notes)


def left_out(document: StoredDocument) -> list[Remark]:
    """The notes on places that were left out; how much was masked is told beside the name."""
    return [note for note in document.notes if not note.reason.startswith("masked: ")]


def show_skipped(skipped: Iterable[SkippedFile]) -> None:
    """Files that were not read at all, each with the reason; one entry per name and reason."""
    distinct = list(dict.fromkeys((file.name, file.reason) for file in skipped))
    if not distinct:
        return
    st.subheader(f"没有读出的文件（{len(distinct)} 份）", anchor=False)
    show_table(
        {
            "文件": [name for name, _ in distinct],
            "原因": [file_reason(reason) for _, reason in distinct],
        },
        key="documents_skipped",
        alt="没有读出的文件",
    )
    offer_wording([f"{name}: {reason}" for name, reason in distinct])


def _remark_table(document: StoredDocument, title: str, remarks: Sequence[Remark]) -> None:
    if not remarks:
        return
    st.caption(title)
    show_table(
        {
            "位置": [place_name(remark.place) for remark in remarks],
            "情况": [remark_reason(remark.reason) for remark in remarks],
        },
        key=f"remarks_{title}_{document.id}",
        alt=title,
    )

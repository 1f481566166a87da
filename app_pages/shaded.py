"""A document with its boilerplate shaded, and pairs of units with copied tables."""

from collections.abc import Iterable, Iterator
from itertools import islice

import streamlit as st

from app_pages import links
from app_pages.families import KIND_NAMES, family_name
from app_pages.house import open_clusters
from app_pages.linked import show_linked
from app_pages.plain import plain
from app_pages.words import project_name
from peers.boilerplate.records import Kind
from service.cluster_records import DocumentShare, MarkedProject, MarkedText
from service.clusters import ClusterReader
from service.home import Home
from service.overview import stamp

_MOST_DOCUMENTS = 500
_ROW = (Kind.NAME, Kind.VALUE, Kind.DESCRIPTION)


def show_document(home: Home) -> None:
    """Choose a document; its texts with boilerplate shaded."""
    reader = open_clusters(home)
    shares = _shares(reader, str(home.path), stamp(home), reader.generation)
    if not shares:
        st.info("还没有文件。")
        return
    labels = {one.document_id: f"{one.file}（套话 {one.share:.0%}）" for one in shares}
    chosen = links.choice("document", labels, next(iter(labels)))
    st.session_state["shaded_document"] = chosen
    # a list of thousands can be neither read nor sent quickly
    offered = dict.fromkeys((*islice(labels, _MOST_DOCUMENTS), chosen))
    st.selectbox(
        "文件，套话多的在前"
        + (f"（前 {_MOST_DOCUMENTS} 份）" if len(labels) > _MOST_DOCUMENTS else ""),
        list(offered),
        format_func=labels.__getitem__,
        key="shaded_document",
        on_change=links.note,
        args=("document", "shaded_document"),
    )
    st.caption("橙底：别的单位也在用的套话；红底：照抄名称；灰字是所属的家族。")
    for marked in _document(reader, str(home.path), stamp(home), reader.generation, chosen):
        st.subheader(plain(project_name(marked.project.name)), anchor=False)
        goals = [text for text in marked.texts if text.kind not in _ROW]
        if goals:
            st.markdown("\n".join(f"- {_shaded(text)}" for text in goals))
        rows = list(_rows(text for text in marked.texts if text.kind in _ROW))
        if rows:
            columns = {KIND_NAMES[kind]: [_shaded(row[kind]) for row in rows] for kind in _ROW}
            st.table(columns, border="horizontal", alt="指标与套话")


def show_copied(home: Home) -> None:
    """Pairs of units whose tables are copies beyond the standard rows."""
    pairs = open_clusters(home).copied_tables
    st.caption("除去规定的固定指标和各部门通用的指标后，仍然雷同的表。")
    if not pairs:
        st.info("没有发现雷同的表。")
        return
    columns = {
        "单位": [one.unit for one in pairs],
        "另一单位": [one.other_unit for one in pairs],
        "雷同的表": [str(one.tables) for one in pairs],
        "最高相似度": [f"{one.likeness:.0%}" for one in pairs],
    }
    show_linked(
        columns, [one.one for one in pairs], key="copied", alt="雷同的表", takes=False, height=480
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _shares(
    _reader: ClusterReader, path: str, stamp: str, generation: str
) -> tuple[DocumentShare, ...]:
    return _reader.document_shares()


@st.cache_resource(max_entries=20, show_spinner=False)
def _document(
    _reader: ClusterReader, path: str, stamp: str, generation: str, document_id: str
) -> tuple[MarkedProject, ...]:
    return _reader.document(document_id)


def _rows(texts: Iterable[MarkedText]) -> Iterator[dict[Kind, MarkedText]]:
    """The three texts of each row, which follow each other."""
    row: dict[Kind, MarkedText] = {}
    for text in texts:
        row[text.kind] = text
        if len(row) == len(_ROW):
            yield row
            row = {}


def _shaded(text: MarkedText) -> str:
    shown = plain(text.text)
    if text.family is None or not text.idle or not shown:
        return shown
    colour = "red" if text.family.template == "〈指标〉" else "orange"
    return f":{colour}-background[{shown}] :gray[:small[{family_name(text.family)}]]"

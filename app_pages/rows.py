"""Every row that was read from a document, and a form to put one right.

Which document, table and row is shown stands in the address of the page, so that a link from
elsewhere leads to a row (`record`: the id of an indicator or project).
"""

from collections.abc import Sequence

import streamlit as st

from app_pages import links
from app_pages.correct import show_form
from app_pages.notice import show_error
from app_pages.quick_table import Cell, Part, show_facts, show_table
from app_pages.tables import corrected_notes, head_facts, indicator_columns
from app_pages.words import project_name
from corpus.store.stored import RecordPlace, StoredDocument, StoredProject, StoredTable
from corpus.values import value_text
from errors import UsageError
from service.home import Home

_WHOLE_TABLE = "表头（单位、项目、年度、预算等）"


def is_chosen() -> bool:
    """Whether the address names a document or a record."""
    return "document" in st.query_params or "record" in st.query_params


def offer_rows(documents: Sequence[StoredDocument]) -> None:
    """Documents to choose from, to see their rows."""
    st.subheader("查看与更正", anchor=False)
    st.caption("读错了可以改；以后重新读入同一份文件，更正仍然有效。")
    _choose(documents, None)


def show_rows(home: Home, documents: Sequence[StoredDocument]) -> None:
    """The document that the address names: the form for the row chosen, and its whole table."""
    st.button("全部文件", icon=":material/arrow_back:", type="tertiary", on_click=_leave)
    place = _place(home, documents)
    document, project = st.columns(2)
    with document:
        _choose(documents, place)
    if place is None:
        return
    with home.store() as store:
        tables = store.tables(place.document_id)
    with project:
        table = _table(tables, place)
    if table is None:
        return
    row = _row(table, place)
    if row is not None:
        show_form(home, table, RecordPlace(place.document_id, table.position, row))
    _show_table(table, place)


def _leave() -> None:
    links.turn_to({})


def _choose(documents: Sequence[StoredDocument], place: RecordPlace | None) -> None:
    names = {document.id: document.name for document in documents}
    st.session_state["rows_document"] = place.document_id if place else None
    st.selectbox(
        "文件",
        list(names),
        format_func=lambda key: names.get(key, key),
        key="rows_document",
        placeholder="选一份文件，看读出来的每一行",
        on_change=_chosen,
        args=("document",),
    )


def _place(home: Home, documents: Sequence[StoredDocument]) -> RecordPlace | None:
    """The place that the address names; None where it names none that is there.

    An id of a record becomes its place in the address, as a correction may change the id.
    """
    params = st.query_params
    if "record" in params:
        try:
            with home.store() as store:
                place = store.place_of(params["record"])
        except UsageError as error:
            show_error(error)
            return None
        _go(document=place.document_id, table=place.table, row=place.row)
        return place
    if params.get("document") not in {document.id for document in documents}:
        return None
    return RecordPlace(params["document"], _number("table"), _number("row"))


def _go(**place: str | int | None) -> None:
    """Write a place to the address."""
    links.turn_to({name: str(value) for name, value in place.items() if value is not None})


def _number(name: str) -> int:
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _chosen(level: str) -> None:
    """Write what was chosen to the address; what lies below it is chosen anew."""
    _go(
        document=st.session_state["rows_document"],
        table=st.session_state.get("rows_table") if level != "document" else None,
        row=st.session_state.get("rows_row") if level == "row" else None,
    )


def _table(tables: Sequence[StoredTable], place: RecordPlace) -> StoredTable | None:
    """The table chosen among those of the document."""
    if not tables:
        st.info("这份文件里没有留下绩效目标表。")
        return None
    by_position = {table.position: table for table in tables}
    telling = (table for table in tables if table.stored.project.indicators)
    usual = next(telling, tables[0]).position
    chosen = place.table if place.table in by_position else usual
    st.session_state["rows_table"] = chosen
    if len(tables) > 1:
        st.selectbox(
            f"项目（{len(tables)} 张表）",
            list(by_position),
            format_func=lambda position: _title(by_position[position]),
            key="rows_table",
            on_change=_chosen,
            args=("table",),
        )
    return by_position[chosen]


def _title(table: StoredTable) -> str:
    project = table.stored.project
    return f"{table.position}. {project_name(project.name)}（{len(project.indicators)} 条指标）"


def _show_table(table: StoredTable, place: RecordPlace) -> None:
    stored = table.stored
    if not table.active:
        st.caption("另一份文件里有同样的表，检索里显示的是那一份；在这里更正，两份都会改。")
    facts: dict[str, Cell] = {**head_facts(stored.project)}
    notes = corrected_notes(stored)
    if stored.id in notes:
        facts["更正"] = [Part(notes[stored.id], "primary")]
    show_facts(facts, key="rows_facts", alt="读出的项目情况")
    st.button(
        "看全表与原文件",
        key="rows_open",
        icon=":material/open_in_new:",
        on_click=links.see,
        args=(stored.id,),
    )
    if not stored.project.indicators:
        st.caption("这张表里没有读出指标。")
        return
    ids = stored.indicator_ids
    numbers = _numbers(stored)
    columns: dict[str, Sequence[Cell]] = {
        "序号": [[Part(str(number), leads=str(number))] for number in numbers],
        **indicator_columns(stored.project.indicators),
    }
    if any(own_id in notes for own_id in ids):
        columns["更正"] = [[Part(notes.get(own_id, ""), "primary")] for own_id in ids]
    show_table(
        columns,
        key="rows_indicators",
        alt="读出的指标",
        on_pick=lambda number: _go(
            document=place.document_id, table=table.position, row=int(number)
        ),
    )


def _numbers(stored: StoredProject) -> list[int]:
    """The numbers that the rows of a table are known by; rows taken out leave gaps."""
    return [int(own_id.rpartition("-i")[2]) for own_id in stored.indicator_ids]


def _row(table: StoredTable, place: RecordPlace) -> int | None:
    """The row to put right, 0 for the head, None where none is chosen."""
    stored = table.stored
    rows = dict(zip(_numbers(stored), stored.project.indicators, strict=True))
    asked = "row" in st.query_params
    st.session_state["rows_row"] = (place.row if place.row in rows else 0) if asked else None

    def caption(row: int) -> str:
        if row == 0:
            return _WHOLE_TABLE
        return f"{row}. {rows[row].name}　{value_text(rows[row].value)}"

    st.selectbox(
        "要更正哪一行",
        [0, *rows],
        format_func=caption,
        key="rows_row",
        placeholder="没有读错就不用选；也可以点下面的序号",
        on_change=_chosen,
        args=("row",),
    )
    chosen: int | None = st.session_state["rows_row"]
    return chosen

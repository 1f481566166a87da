"""Every limit refuses what is beyond it, in a clear line, and nothing that documents need."""

import io
import zipfile
from collections.abc import Callable

import pytest

from corpus import limits
from corpus.parse import read_document
from errors import InputError, LimitError, NoTableError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t渠道长度\t≥12公里\n"
CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return buffer.getvalue()


def docx(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed(word__document=xml)


def xlsx(sheet: str) -> bytes:
    sheets = "<sheets>" + "<sheet name='a'/>" * 2 + "</sheets>"
    return packed(
        xl__workbook=f'<workbook xmlns="{S}">{sheets}</workbook>',
        xl__worksheets__sheet1=f'<worksheet xmlns="{S}">{sheet}</worksheet>',
        xl__worksheets__sheet2=f'<worksheet xmlns="{S}"/>',
    )


def cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def outcome(data: bytes, name: str = "a.txt") -> str:
    try:
        read_document(data, name)
    except InputError as error:
        return f"{type(error).__name__}: {error}"
    return "read"


SMALLER: dict[str, tuple[str, int, Callable[[], bytes], str]] = {
    "text": ("TEXT_BYTES", 90, lambda: TABLE.encode(), "in a text"),
    "page": ("TEXT_BYTES", 100, lambda: b"<html>" + b"x" * 100, "in a web page"),
    "line": ("LINE_CHARACTERS", 9, lambda: TABLE.replace("\n", "").encode(), "bytes in a line"),
    "lines": ("ITEMS", 20, lambda: b"a\n" * 22, "20 lines"),
    "items": ("ITEMS", 20, lambda: docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 21),
              "20 rows and paragraphs"),
    "part": ("PART_BYTES", 100, lambda: docx(""), "in word/document.xml unpacked"),
    "directory": ("DIRECTORY_BYTES", 50, lambda: docx(""), "in a table of contents"),
    "ratio": ("RATIO_FROM", 1000, lambda: docx(" " * 900_000), "200 times the packed size"),
    "nested": ("TABLE_DEPTH", 2,
               lambda: docx("<w:tbl><w:tr><w:tc>" * 3 + "</w:tc></w:tr></w:tbl>" * 3),
               "2 tables inside each other"),
    "cells": ("CELLS", 30, lambda: xlsx(
        "<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 8 + "</row>") * 4 + "</sheetData>"
    ), "30 cells in a workbook"),
    "cells of a table": ("CELLS", 30, lambda: docx(
        "<w:tbl>" + ("<w:tr>" + CELL * 8 + "</w:tr>") * 4 + "</w:tbl>"), "30 cells in a table"),
    "separated": ("CELLS", 30, lambda: b"a,b,c,d\n" * 9, "30 cells in a table"),
    "columns": ("COLUMNS", 7, lambda: b"a," * 8, "7 columns in a table"),
    "mail": ("MAIL_PARTS", 3, lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; "
             b"boundary=b\n\n" + b"--b\nContent-Type: text/html\n\nx\n" * 4, "3 parts"),
    "a cell": ("CELL_CHARACTERS", 20_000, lambda: docx(
        "<w:p><w:r><w:t>" + "字" * 20_001 + "</w:t></w:r></w:p>"), "characters in a cell"),
}  # fmt: skip


@pytest.mark.parametrize("case", SMALLER)
def test_beyond_the_limit(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, value, make, words = SMALLER[case]
    name = "a.csv" if case in ("separated", "columns") else "a.txt"
    data = make()
    assert not outcome(data, name).startswith("LimitError"), "within the real limit"
    monkeypatch.setattr(limits, limit, value)
    said = outcome(data, name)
    assert said.startswith("LimitError: expected at most ")
    assert words in said
    assert ", found " in said and "; " in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx("<w:sdt>" * 300 + "</w:sdt>" * 300), "256 elements inside each other"),
        (b"a\n" * 600_000 + b"\n" * 600_000 + b"b", "lines"),
        (b"a" + b" " * 10_001 + b"b", "10,000 blanks or empty lines in a row"),
        (b"a" + b"\n" * 10_001 + b"b", "10,000 blanks or empty lines in a row"),
        (b"<html>" + b"<div>" * 5000, "2,000 levels in a web page"),
    ],
    ids=["elements", "lines", "blanks", "empty lines", "levels"],
)
def test_shapes_that_no_document_has(data: bytes, words: str) -> None:
    said = outcome(data)
    assert said.startswith("LimitError: expected at most ")
    assert words in said


HARMLESS = {
    "empty rows at the end": TABLE.encode() + b"\t\t\t\t\n" * 50_000,
    "a stray cell in the last corner": xlsx(
        f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{cell("A1", "一级指标")}'
        f'{cell("B1", "三级指标")}{cell("C1", "指标值")}</row><row r="1048576">'
        f'{cell("A1048576", "产出指标")}{cell("B1048576", "渠道")}{cell("C1048576", "≥1")}'
        f'{cell("XFD1048576", "。")}</row></sheetData>'
    ),
    "merged over the whole sheet": xlsx(
        f'<sheetData><row r="1">{cell("A1", "题")}</row><row r="3">{cell("A3", "一级指标")}'
        f'{cell("B3", "三级指标")}{cell("C3", "指标值")}</row><row r="4">{cell("A4", "产出指标")}'
        f'{cell("B4", "渠道")}{cell("C4", "≥1")}</row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD2"/><mergeCell ref="D4:XFD1048576"/></mergeCells>'
    ),
    "wide spans": docx(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999'/></w:tcPr><w:p/></w:tc></w:tr>"
        + "".join(
            "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in row)
            + "</w:tr>"
            for row in (("一级指标", "三级指标", "指标值"), ("产出指标", "渠道", "≥1"))
        )
        + "</w:tbl>"
    ),
    "many empty paragraphs": docx("<w:p/>" * 200_000 + "<w:tbl>" + "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in row)
        + "</w:tr>"
        for row in (("一级指标", "三级指标", "指标值"), ("产出指标", "渠道", "≥1"))
    ) + "</w:tbl>"),
    "spans of a million": (
        "<table><tr><td colspan=1000000 rowspan=2>题</td></tr><tr></tr><tr><td>一级指标<td>三级指标"
        "<td>指标值</tr><tr><td>产出指标<td>渠道<td rowspan=1000000>≥1</tr></table>"
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS)
def test_odd_but_harmless_documents_are_read(case: str) -> None:
    (project,) = read_document(HARMLESS[case], "a.txt").projects
    assert len(project.indicators) == 1


def test_giant_spans_over_each_other_are_refused() -> None:
    rows = "".join(f'<row r="{r}">{cell(f"A{r}")}{cell(f"ALL{r}")}</row>' for r in range(1, 1990))
    merges = "".join(f'<mergeCell ref="A{r}:ALL1048576"/>' for r in range(1, 900))
    with pytest.raises(LimitError, match="merged cells in a table"):
        read_document(xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"), "a")


# raised inside a finaliser, the exception is lost, and comes again two seconds later
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_time_grows_with_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS_PER_ITEM", 0.0)
    text = TABLE.splitlines()[0] + "\n" + TABLE.splitlines()[1].replace("渠", "渠" * 9) + "\n"
    body = text + (TABLE.splitlines()[1] + "\n") * 40_000
    from corpus import watchdog

    monkeypatch.setattr(watchdog, "_LOOK_EVERY", 0.01)
    with pytest.raises(LimitError, match=r"expected at most 0 seconds to read a document"):
        watchdog.within_time(lambda: read_document_without_limit(body.encode()), 0.05)
    with pytest.raises(NoTableError):
        read_document("今天".encode(), "a.txt")


def read_document_without_limit(data: bytes) -> None:
    from corpus.parse import parse_bytes

    parse_bytes(data, "a.txt")

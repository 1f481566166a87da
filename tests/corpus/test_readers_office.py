"""Office files to rows: spans, number formats, what hides in them, and what is refused."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.blocks import Item, Paragraph, Row, Unread
from corpus.readers.docx import read_docx
from corpus.readers.formats import plain_number, shown
from corpus.readers.xls import read_xls
from corpus.readers.xlsx import read_xlsx
from errors import UnreadableError

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx(body: str, namespace: str = W) -> bytes:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return packed({
        "word/document.xml": f'<w:document xmlns:w="{namespace}" {math} {mc}><w:body>{body}'
        "</w:body></w:document>"
    })  # fmt: skip


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def xlsx(sheet: str, styles: str = "", texts: Sequence[str] = (), book: str = "") -> bytes:
    strings = "".join(f"<si>{text}</si>" for text in texts)
    return packed({
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{book}<sheets><sheet name="表1"'
        ' sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" '
        'Target="worksheets/one.xml"/></Relationships>',
        "xl/worksheets/one.xml": f'<worksheet xmlns="{S}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
    })  # fmt: skip


def texts(items: Sequence[Item]) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in item.cells) for item in items if isinstance(item, Row)]


def places(items: Sequence[Item]) -> list[tuple[str, int]]:
    return [(item.place, item.number) for item in items if isinstance(item, Row)]


# Word


def test_spans_of_a_word_table() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tr(tc("题", '<w:gridSpan w:val="3"/>')),
        tr(tc("产出", restart), tc("数量"), tc("≥1")),
        tr(tc("", goes_on), tc("质量"), tc("100%")),
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc("时效") + tc("年底") + "</w:tr>",
    )
    items = list(read_docx(docx(p("前") + table + p("后"))))
    assert texts(items) == [
        ("题", "", ""),
        ("产出", "数量", "≥1"),
        ("", "质量", "100%"),
        ("", "时效", "年底"),
    ]
    assert [i.text for i in items if isinstance(i, Paragraph)] == ["前", "后"]
    merged = [cell.merged for item in items if isinstance(item, Row) for cell in item.cells]
    assert merged == [False, True, True, False, False, False, True, False, False] + [False] * 3
    assert places(items)[-1] == ("table 1", 4)


def test_tables_in_cells_follow_their_row() -> None:
    inner = tbl(tr(tc("里", "")))
    cell = f"<w:tc>{p('外')}{inner}</w:tc>"
    silent = f"<w:tc>{tbl(tr(tc('无')))}</w:tc>"
    items = list(read_docx(docx(tbl(tr(cell), tr(tc("下")), tr(silent)))))
    assert texts(items) == [("外",), ("里",), ("下",), ("无",)]
    assert [place for place, _ in places(items)] == ["table 1", "table 2", "table 1", "table 3"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>",
         "新"),
        (f"<w:p>{run('留')}<w:moveFrom>{run('走')}</w:moveFrom></w:p>", "留"),
        ("<w:p><m:oMath><m:r><m:t>≥95%</m:t></m:r></m:oMath></w:p>", "≥95%"),
        (f'<w:p><w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run("95%")}</w:p>', "≥95%"),
        (f"<w:p>{run('a')}<w:r><w:noBreakHyphen/><w:br/></w:r>{run('b')}</w:p>", "a-\nb"),
        (f"<w:p>{run('x')}<mc:AlternateContent><mc:Fallback>{run('x')}</mc:Fallback>"
         "</mc:AlternateContent></w:p>", "x"),
    ],
    ids=["content control", "insertion", "move", "formula", "symbol", "breaks", "said twice"],
)  # fmt: skip
def test_what_hides_in_a_word_file_is_read_once(body: str, said: str) -> None:
    (paragraph,) = read_docx(docx(body))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == said


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent>{tr(tc('甲'))}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    assert texts(list(read_docx(docx(tbl(row, tr(cell)))))) == [("甲",), ("乙",)]


def test_text_boxes_follow_their_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('框')}{tbl(tr(tc('格')))}</w:txbxContent></w:pict></w:r>"
    items = list(read_docx(docx(f"<w:p>{run('锚')}{box}</w:p>{p('后')}")))
    assert [i.text for i in items if isinstance(i, Paragraph)] == ["锚", "框", "后"]
    assert texts(items) == [("格",)]


def test_both_namespaces_of_the_standard() -> None:
    body = tbl(tr(tc("甲"), tc("乙")))
    strict, loose = (
        [item.cells for item in read_docx(document) if isinstance(item, Row)]
        for document in (docx(body, STRICT_W), docx(body))
    )
    assert strict == loose != []


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        ("<w:document", "its text damaged"),
        (f'<w:document xmlns:w="{W}"/>', "a body, found none"),
        (f'<!DOCTYPE d [<!ENTITY e "x">]><w:d xmlns:w="{W}"><w:body>&e;</w:body></w:d>',
         "declarations of its own"),
        (f'<!DOCTYPE d SYSTEM "file:///etc/passwd"><w:d xmlns:w="{W}"/>',
         "declarations of its own"),
        (f'<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd"><w:document xmlns:w="{W}"/>',
         "declarations of its own"),
    ],
)  # fmt: skip
def test_damaged_and_declared_xml_is_refused(xml: str, word: str) -> None:
    with pytest.raises(UnreadableError, match=word):
        list(read_docx(packed({"word/document.xml": xml})))


# Excel


def test_cells_without_places_follow_each_other() -> None:
    first = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    fourth = '<row r="4"><c r="C4"><v>3</v></c></row>'
    items = list(read_xlsx(xlsx(f"<sheetData>{first}{fourth}</sheetData>")))
    assert texts(items) == [("1", "2", ""), ("", "", "3")]
    assert places(items) == [("表1", 1), ("表1", 4)]


def test_kinds_of_cells() -> None:
    cells = [
        '<c t="s"><v>0</v></c>', '<c t="s"><v>7</v></c>', '<c t="b"><v>1</v></c>',
        '<c t="e"><v>#N/A</v></c>', '<c t="str"><f>A1</f><v>算出</v></c>',
        '<c t="inlineStr"><is><t>内_x000D_联</t></is></c>', '<c t="d"><v>2024-05-06</v></c>',
        '<c><v>no number</v></c>', '<c s="99"><v>0.30000000000000004</v></c>', "<c/>",
    ]  # fmt: skip
    rich = "<r><t>共</t></r><r><t>享</t></r><rPh><t>gong</t></rPh>"
    (row,) = texts(list(read_xlsx(
        xlsx(f"<sheetData><row>{''.join(cells)}</row></sheetData>", texts=[rich])
    )))  # fmt: skip
    assert row == (
        "共享", "", "TRUE", "#N/A", "算出", "内\r联", "2024年5月6日", "no number", "0.3",
    )  # fmt: skip


def test_merged_ranges_and_formulas_without_results() -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>合</t></is></c>'
        '<c r="C1"><v>1</v></c></row><row r="2"><c r="C2"><f>C1*2</f></c></row>'
        '<row r="3"><c r="C3"><v>3</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:B3"/><mergeCell ref="??"/></mergeCells>'
    )
    items = list(read_xlsx(xlsx(sheet)))
    assert texts(items) == [("合", "", "1"), ("", "", "3")]
    (unread,) = (item for item in items if isinstance(item, Unread))
    assert "1 that were never computed" in unread.reason


def test_values_typed_as_formulas_are_what_was_typed() -> None:
    """A program that writes =100% or =8个 into a cell writes a formula without a result."""
    formulas = ("100%", "8个", "1.2万元/公里", "A1+1", "SUM(A1:A3)")
    cells = "".join(f"<c><f>{f}</f><v/></c>" for f in formulas)
    items = list(read_xlsx(xlsx(f"<sheetData><row>{cells}</row></sheetData>")))
    assert texts(items) == [("=100%", "=8个", "=1.2万元/公里")]
    (unread,) = (item for item in items if isinstance(item, Unread))
    assert "2 that were never computed" in unread.reason


def test_numbers_are_shown_by_their_format(tmp_path: Path) -> None:
    """The formats of a real workbook, written by another program."""
    import openpyxl

    rows: list[tuple[float | datetime.date | datetime.time, str, str]] = [
        (0.95, "0%", "95%"),
        (0.9555, "0.00%", "95.55%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1860, "#,##0", "1,860"),
        (-36000, '#,##0"亩"', "-36,000亩"),
        (-5, "#,##0.00_);[Red]\\(#,##0.00\\)", "-5.00"),
        (95, '"≥"0"人"', "≥95人"),
        (3, 'General"个"', "3个"),
        (12, "[$¥-804]#,##0.00", "¥12.00"),
        (datetime.date(2024, 12, 31), 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (datetime.date(2024, 12, 31), "yyyy-mm", "2024年12月"),
        (datetime.date(2024, 12, 31), 'm"月"d"日"', "12月31日"),
        (datetime.time(8, 30), "h:mm", "8:30"),
        (44561, "General", "44561"),
        (0.5, "# ?/?", "0.5"),
        (2, "@", "2"),
    ]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, (value, code, _) in enumerate(rows, start=1):
        sheet.cell(number, 1, value).number_format = code
    book.save(tmp_path / "a.xlsx")
    found = texts(list(read_xlsx((tmp_path / "a.xlsx").read_bytes())))
    assert [text for (text,) in found] == [expected for _, _, expected in rows]


def test_dates_since_1904() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    sheet = '<sheetData><row><c s="1"><v>43830</v></c></row></sheetData>'
    assert texts(list(read_xlsx(xlsx(sheet, styles)))) == [("2019年12月31日",)]
    later = xlsx(sheet, styles, book='<workbookPr date1904="1"/>')
    assert texts(list(read_xlsx(later))) == [("2024年1月1日",)]


@pytest.mark.parametrize("value", [0.1, -3.0, 1e15, 123456789.0, 0.30000000000000004, 1e300])
def test_plain_numbers_are_what_was_typed(value: float) -> None:
    assert float(plain_number(value)) == pytest.approx(value)
    assert shown(value, '"') == plain_number(value)


def test_old_excel_shows_percent_dates_and_formulas() -> None:
    rows = texts(list(read_xls((SAMPLES / "028_E_yingji_xls.xls").read_bytes())))
    assert ("", "", "社会成本指标", "0", "0.00%", "0", "反映对社会发展可能造成的负面影响") in rows
    assert any("财政项目支出绩效目标审批表" in row[0] for row in rows)

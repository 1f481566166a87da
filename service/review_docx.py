"""A review as a Word document, on landscape pages."""

import io
from typing import Any

from service.office_text import xml_text
from service.review_report import HEADS, Report, ReportTable, basis_text

_SHOWN = ("行", "二级指标", "三级指标", "指标值", "结论", "问题", "修改建议", "同类示例")
_WIDTHS = (1.0, 1.9, 3.3, 2.4, 1.7, 7.2, 4.6, 3.4)  # centimetres


def to_docx(report: Report) -> bytes:
    """The report as the bytes of a document."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.8))
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(report.title, 0)
    for name, text in report.figures:
        document.add_paragraph(f"{name}：{text}")
    for table in report.tables:
        _project(document, table)
    if report.unread:
        document.add_heading("未读出的文件", 1)
        for file, reason in report.unread:
            document.add_paragraph(xml_text(f"{file}：{reason}"))
    _rules(document, report)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _project(document: Any, table: ReportTable) -> None:  # noqa: ANN401 - untyped library
    document.add_heading(xml_text(table.title), 1)
    document.add_paragraph(xml_text("　".join(table.facts)))
    document.add_paragraph(xml_text(table.standing))
    for text in table.whole:
        document.add_paragraph(xml_text(text), style="List Bullet")
    if table.rows:
        _table(document, table)


def _table(document: Any, table: ReportTable) -> None:  # noqa: ANN401 - untyped library
    from docx.shared import Cm

    columns = [HEADS.index(head) for head in _SHOWN]
    shown = document.add_table(rows=1, cols=len(_SHOWN))
    shown.style, shown.autofit = "Table Grid", False
    for cell, head in zip(shown.rows[0].cells, _SHOWN, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in table.rows:
        cells = shown.add_row().cells
        for cell, column in zip(cells, columns, strict=True):
            cell.text = xml_text(row.cells[column])
    for row in shown.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _rules(document: Any, report: Report) -> None:  # noqa: ANN401 - untyped library
    if not report.rules:
        return
    document.add_heading("规则说明", 1)
    for rule in report.rules:
        said = f"{rule.id} {rule.title}：{rule.weak_when}。依据：{basis_text(rule)}"
        document.add_paragraph(said)

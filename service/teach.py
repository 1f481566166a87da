"""Teaching material from the corpus: pairs, gallery, quiz, and a sheet to print."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from corpus.records import Level2, Source
from embed import open_encoder
from errors import HomeUnwritableError, UsageError
from knowledge.departments import canonical
from quality.check import check_project
from quality.lookup import ConceptLookup
from quality.teach import Lessons, Reason, TaughtRow, TeachingPair, lessons_of
from service.home import Home
from service.office_text import xml_text
from service.review_report import basis_text

DEFAULT_TOP = 50

_TITLE = "绩效指标对照学习"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a pair as it is shown, with its source."""

    id: str
    project_id: str
    name: str
    value: str
    description: str
    basis: str
    level2: str
    unit: str
    department: str
    project: str
    year: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A rule that the weak row breaks and the good one does not."""

    rule: str
    title: str
    severity: str
    head: str
    message: str
    advice: str
    basis: str
    basis_status: str


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A weak row, a good one of another unit, and what tells them apart."""

    concept: str
    weak: ShownRow
    good: ShownRow
    reasons: tuple[ShownReason, ...]
    alike: int


@dataclass(frozen=True, slots=True)
class PairsAnswer:
    """The pairs shown, the most different ones first, and how many there are (`total`)."""

    pairs: tuple[ShownPair, ...]
    total: int


class Teacher:
    """Finds pairs and good rows in a home; what rules said of a table is kept."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lookup = ConceptLookup(open_encoder())
        self._at_fault: dict[str, frozenset[int | None]] = {}

    def lessons(
        self,
        *,
        level2: str = "",
        department: str = "",
        projects: Collection[str] | None = None,
    ) -> Lessons:
        """All pairs and good rows; those of pairs are judged with all that rules can know.

        `projects` (ids) are the ones to draw from, None for all.

        :raises StoreError: the corpus cannot be read.
        """
        with self._home.store() as store:
            drawn = store.projects(projects)
            return lessons_of(drawn, self.is_good, level2=level2, department=department)

    def is_good(self, taught: TaughtRow) -> bool:
        """Whether no rule finds anything in a row, not even a hint; by meaning of names too."""
        if taught.project_id not in self._at_fault:
            review = check_project(taught.project, self._lookup)
            self._at_fault[taught.project_id] = frozenset(one.position for one in review.findings)
        rows = taught.project.indicators
        position = next(place for place, row in enumerate(rows) if row is taught.row)
        return position not in self._at_fault[taught.project_id]


def pairs(
    home: Home, *, level2: str = "", department: str = "", top: int = DEFAULT_TOP
) -> PairsAnswer:
    """Teaching pairs as the command line prints them.

    :raises UsageError: `top` is below 1, or `level2` or `department` is unknown.
    :raises StoreError: the corpus cannot be read.
    """
    if top < 1:
        raise UsageError(f"--top expects a number from 1, found {top}")
    if level2 not in ("", *Level2):
        raise UsageError(f"--level2 expects {', '.join(Level2)}, found {level2!r}")
    if department and not canonical(department):
        raise UsageError(f"--department expects one as 教育 or 水利, found {department!r}")
    department = canonical(department) if department else ""
    found = Teacher(home).lessons(level2=level2, department=department)
    return answer_of(found.pairs, top)


def answer_of(found: Sequence[TeachingPair], top: int) -> PairsAnswer:
    """The first of the pairs as they are shown."""
    return PairsAnswer(tuple(shown_pair(pair) for pair in found[:top]), len(found))


def shown_pair(pair: TeachingPair) -> ShownPair:
    """A pair as it is shown."""
    return ShownPair(
        concept=pair.concept,
        weak=shown_row(pair.weak),
        good=shown_row(pair.good),
        reasons=tuple(map(_shown_reason, pair.reasons)),
        alike=pair.alike,
    )


def shown_row(taught: TaughtRow) -> ShownRow:
    """A row as it is shown."""
    row, project = taught.row, taught.project
    return ShownRow(
        id=taught.id,
        project_id=taught.project_id,
        name=row.name,
        value=taught.value,
        description=row.description,
        basis=row.basis,
        level2=taught.level2,
        unit=project.unit,
        department=taught.department,
        project=project.name,
        year=project.year_inferred if project.year is None else project.year,
        source=row.source,
    )


def write_sheet(found: PairsAnswer, path: Path) -> None:
    """Write the pairs as a sheet to print: .docx, or .html with a style for printing.

    :raises UsageError: another ending.
    :raises HomeUnwritableError: the file cannot be written.
    """
    writers = {".docx": to_docx, ".html": to_html, ".htm": to_html}
    if path.suffix.lower() not in writers:
        raise UsageError(f"--out expects a name ending in .docx or .html, found {path.name}")
    try:
        path.write_bytes(writers[path.suffix.lower()](found))
    except OSError as error:
        raise HomeUnwritableError(
            f"file {path}: expected a place to write to, found: {error.strerror or error}"
        ) from error


def to_html(found: PairsAnswer) -> bytes:
    """The sheet as one page that needs nothing beside it; texts of documents are escaped."""
    parts = [f"<h1>{_TITLE}</h1>"]
    for number, pair in enumerate(found.pairs, start=1):
        reasons = "".join(f"<li>{escape(line)}</li>" for line in _reason_lines(pair))
        rows = "".join(
            f'<tr class="{name}"><th>{label}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in _cells(row))
            + "</tr>"
            for name, label, row in (("weak", "弱", pair.weak), ("good", "好", pair.good))
        )
        heads = "".join(f"<th>{head}</th>" for head in ("", *_HEADS))
        parts.append(
            f"<section><h2>{number}. {escape(pair.concept)}</h2>"
            f"<table><tr>{heads}</tr>{rows}</table><ul>{reasons}</ul></section>"
        )
    page = (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{_TITLE}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )
    return page.encode("utf-8", "replace")


def to_docx(found: PairsAnswer) -> bytes:
    """The sheet as a Word document."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(_TITLE, 0)
    for number, pair in enumerate(found.pairs, start=1):
        document.add_heading(xml_text(f"{number}. {pair.concept}"), 2)
        _docx_table(document, pair)
        for line in _reason_lines(pair):
            document.add_paragraph(xml_text(line), style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docx_table(document: Any, pair: ShownPair) -> None:  # noqa: ANN401 - untyped library
    table = document.add_table(rows=3, cols=1 + len(_HEADS))
    table.style = "Table Grid"
    lines = (("", *_HEADS), ("弱", *_cells(pair.weak)), ("好", *_cells(pair.good)))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = xml_text(text)


_HEADS = ("三级指标", "指标值", "指标说明", "单位与项目", "来源")
_STYLE = (
    'body{font-family:"Noto Sans CJK SC","Microsoft YaHei",SimSun,sans-serif;margin:2em}'
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:4px;"
    "text-align:left;vertical-align:top}.weak{background:#fdecea}.good{background:#eaf6ec}"
    "section{break-inside:avoid}@media print{@page{size:A4;margin:1.5cm}"
    "body{margin:0;font-size:9.5pt;print-color-adjust:exact}h1{font-size:16pt;margin:0}"
    "h2{font-size:11.5pt;margin:1em 0 .4em}ul{margin:.4em 0}}"
)


def _cells(row: ShownRow) -> tuple[str, ...]:
    year = f"{row.year}年 " if row.year else ""
    place = f"第{row.source.row}行" if row.source.row else ""
    return (
        row.name,
        row.value,
        row.description,
        f"{row.unit} {year}{row.project}",
        f"{row.source.file} {place}".strip(),
    )


def _reason_lines(pair: ShownPair) -> list[str]:
    return [
        f"【{one.rule} {one.title}】{one.message}。改法：{one.advice}。依据：{one.basis}"
        for one in pair.reasons
    ]


def _shown_reason(reason: Reason) -> ShownReason:
    rule = reason.rule
    return ShownReason(
        rule=rule.id,
        title=rule.title,
        severity=reason.severity,
        head=rule.head,
        message=reason.message,
        advice=rule.advice,
        basis=basis_text(rule),
        basis_status=rule.basis_status,
    )

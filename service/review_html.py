"""A review as one web page that needs nothing beside it and can be printed."""

from html import escape

from knowledge.rules import Severity
from service.review_report import HEADS, Report, ReportTable, basis_text

_CLASSES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "hint"}
_STYLE = """
body{font-family:"Noto Sans CJK SC","Microsoft YaHei",SimSun,sans-serif;margin:2em;line-height:1.5}
table{border-collapse:collapse;width:100%;margin:.6em 0 1.6em;font-size:.85em}
th,td{border:1px solid #bbb;padding:.3em .5em;vertical-align:top;text-align:left}
td{white-space:pre-line;overflow-wrap:anywhere}
th{background:#f0f0f0}.error{background:#f8d7da}.warning{background:#fff0cc}.hint{background:#eaf3ff}
th,td:first-child,td:nth-child(8){white-space:nowrap}tr{break-inside:avoid}h1,h2,.facts{break-after:avoid}
.facts{color:#555}@media print{body{margin:0;font-size:10pt;print-color-adjust:exact}
@page{size:A4 landscape;margin:1.2cm}h1{font-size:16pt}h2{font-size:12pt}}
"""


def to_html(report: Report) -> bytes:
    """The report as UTF-8 bytes; all texts of documents are escaped."""
    figures = "".join(f"<li>{escape(name)}：{escape(text)}</li>" for name, text in report.figures)
    parts = [f"<h1>{escape(report.title)}</h1><ul>{figures}</ul>"]
    parts += [_project(table) for table in report.tables]
    if report.unread:
        unread = "".join(f"<li>{escape(f)}：{escape(reason)}</li>" for f, reason in report.unread)
        parts.append(f"<h2>未读出的文件</h2><ul>{unread}</ul>")
    parts.append(_rules(report))
    page = (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )
    return page.encode("utf-8", "replace")


def _project(table: ReportTable) -> str:
    whole = "".join(f"<li>{escape(text)}</li>" for text in table.whole)
    head = "".join(f"<th>{name}</th>" for name in HEADS)
    rows = "".join(
        f'<tr class="{_CLASSES[row.worst] if row.worst else ""}">'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        + "</tr>"
        for row in table.rows
    )
    shown = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return (
        f"<h2>{escape(table.title)}</h2><p class=facts>{escape('　'.join(table.facts))}</p>"
        f"<p>{escape(table.standing)}</p>" + (f"<ul>{whole}</ul>" if whole else "") + shown
    )


def _rules(report: Report) -> str:
    if not report.rules:
        return ""
    rows = "".join(
        f"<tr><td>{rule.id}</td><td>{escape(rule.title)}</td><td>{rule.head}</td>"
        f"<td>{escape(rule.weak_when)}</td>"
        f"<td>{escape(basis_text(rule))}</td></tr>"
        for rule in report.rules
    )
    return (
        "<h2>规则说明</h2><table><thead><tr><th>规则</th><th>名称</th><th>审核角度</th>"
        f"<th>何时算问题</th><th>依据</th></tr></thead><tbody>{rows}</tbody></table>"
    )

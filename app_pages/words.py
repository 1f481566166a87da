"""The Chinese words of the pages: names of fields and values, and what an error means."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from index.results import Scope
from service.overview import Counted, whole_units

SCOPES = {Scope.INDICATOR: "指标", Scope.GOAL: "目标", Scope.PROJECT: "项目"}

FIELD_NAMES = {
    "level1": "一级指标",
    "level2": "二级指标",
    "unit": "单位",
    "province": "省份",
    "city": "地市",
    "county": "县区",
    "department": "行业",
    "year": "年度",
    "value_kind": "指标值类型",
    "measurable": "只看可衡量",
}

_VALUE_NAMES = {
    "value_kind": {
        "numeric": "数值",
        "deadline": "时限",
        "qualitative": "定性",
        "empty": "未填",
    },
    "measurable": {"true": "可衡量", "false": "不可衡量"},
}

WHOLE_UNIT = "部门整体绩效目标"

SAMPLE_BANNER = (
    "示例数据：以下单位与数字均为虚构，仅供试用。到「语料」上传本单位的文件后，这里只显示真实数据。"
)


def value_name(field: str, value: str) -> str:
    """How a filter value is called on the page."""
    return _VALUE_NAMES.get(field, {}).get(value, value) or "未注明"


def project_name(name: str) -> str:
    """The printed name; a project without one is the targets of a whole unit."""
    return name or WHOLE_UNIT


def number(value: float) -> str:
    """Without needless zeros, thousands set off: 80.0 → 80, 12345.5 → 12,345.5."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def roughly(value: float) -> str:
    """Three digits that count, more only before the point."""
    return number(float(f"{value:.3g}")) if abs(value) < 1000 else f"{value:,.0f}"


def projects_words(corpus: Counted, where: Mapping[str, str]) -> str:
    """How many projects say all this, and how many of them are whole departments."""
    found = corpus.chosen(where)
    units = whole_units(found)
    return f"{len(found):,} 个项目" + (f"（含部门整体 {units:,} 份）" if units else "")


def year_span(years: Iterable[int | None]) -> str:
    """The first and the last year: 2023–2026; — where none is known."""
    known = sorted({year for year in years if year})
    if not known:
        return "—"
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def size(count: int) -> str:
    """A number of bytes for people."""
    if count < 1024:
        return f"{count} 字节"
    if count < 1024**2:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024**2:.1f} MB"


def local_time(stamp: str) -> str:
    """An ISO time stamp in the time of this machine: 2026-01-31 08:05; "" stays ""."""
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M") if stamp else ""

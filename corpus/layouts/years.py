"""The budget year: printed in a title, or inferred from running text or a project code."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.blocks import Block, Paragraph, Row
from text.normalise import squeeze

_YEAR = r"(20[1-4]\d)"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[(（]?{_YEAR}年(?:度)?[)）]?$",
        rf"^(?:预算|项目|评价|所属)?年[度份][:：]?{_YEAR}(?:年度?)?$",
        rf"表[(（]?{_YEAR}年度?[)）]?$",
        rf"{_YEAR}年(?:度)?.{{0,30}}(?:绩效|目标表|自评|监控|预算公开|部门预算|预算.{{0,12}}表)",
        rf"[(（]{_YEAR}年(?:度)?[)）]",
    )
)
_NAMED_YEAR = re.compile(rf"{_YEAR}年")
_ALONE = re.compile(rf"{_YEAR}(?:年度?)?")
_DOCUMENT_NUMBER = re.compile(rf"[〔【\[({{]{_YEAR}[〕】\])}}]")
_LONGEST_TITLE = 60
_ONE_OF_MANY = re.compile(r"^\d{1,3}[.、．].*绩效目标表$")  # its year is in the project's name
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[A-Z]\d")


def printed_year(items: Sequence[Block]) -> int | None:
    """The year that a title among these items prints, or None."""
    texts = list(_titles(items))
    for pattern in _TITLES:
        for text in texts:
            match = pattern.search(text)
            if match:
                return int(match.group(1))
    return None


def _titles(items: Sequence[Block]) -> Iterable[str]:
    for item in items:
        texts = item.texts[:1] if isinstance(item, Row) else (item.text,)
        for text in texts:
            squeezed = squeeze(text) if "20" in text else ""
            if not squeezed or len(squeezed) > _LONGEST_TITLE or squeezed.endswith("。"):
                continue
            if not _ONE_OF_MANY.match(squeezed):
                yield squeezed


def stated_year(text: str) -> int | None:
    """The year of a cell that holds nothing else: 2026, 2026年, 2026年度."""
    match = _ALONE.fullmatch(squeeze(text))
    return int(match.group(1)) if match else None


def year_in_name(name: str) -> int | None:
    """The year that a project name prints: 2026年…专项, or the document number 财〔2026〕3号."""
    name = squeeze(name)
    match = _NAMED_YEAR.search(name) or _DOCUMENT_NUMBER.search(name)
    return int(match.group(1)) if match else None


def narrative_year(items: Sequence[Block]) -> int | None:
    """The year that the running text speaks of: named at least twice, and more than all others."""
    counts = Counter(
        int(year)
        for item in items
        if isinstance(item, Paragraph)
        for year in _NAMED_YEAR.findall(squeeze(item.text))
    )
    if not counts:
        return None
    year, times = counts.most_common(1)[0]
    return year if times >= 2 and times > counts.total() / 2 else None


def inferred_year(code: str) -> int | None:
    """The year in a Hebei project code: 13022524P00420610016U → 2024."""
    match = _CODE_YEAR.match(code)
    return 2000 + int(match.group(1)) if match else None

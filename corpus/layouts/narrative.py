"""The narrative part of a department's targets: sections, paragraphs, clauses with numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from corpus.blocks import Block, Paragraph
from corpus.frozen import frozen
from corpus.records import Goal, Quantity, Source
from text.clauses import clauses
from text.normalise import one_line, squeeze
from text.numbers import quantities

_SECTION = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分)?[一二三四五六七八九十\d]*[、.．]?"
    r"((?:总体|年度|整体)绩效目标|分项绩效目标|(?:\d{4}年)?工作保障措施)$"
)
_SECTION_ENDS = ("绩效目标", "工作保障措施")
_NOISE = re.compile(r"^[\d一二三四五六七八九十]+[、.．]绩效指标[:：]?$")
_STOP = re.compile(r"[。；;：:！？!?]$")
_NUMBERING = re.compile(r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])")
_SHORTEST = 4  # 综合科, 宣传科：
_PART = re.compile(r"^第[一二三四五六七八九十]+部分|^(?:部门整体|预算项目)绩效目标$|^目录$")


@frozen
class Narrative:
    """Paragraphs of the narrative part with the section each stands under."""

    paragraphs: tuple[tuple[str, Paragraph], ...]

    @property
    def overall(self) -> str:
        """Text of the section 总体绩效目标."""
        return " ".join(one_line(p.text) for s, p in self.paragraphs if s.startswith("总体"))


def narrative_of(items: Sequence[Block]) -> Narrative:
    """Collect the paragraphs under the section headings; nothing if there is no heading."""
    section = ""
    found: list[tuple[str, Paragraph]] = []
    for item in items:
        if not isinstance(item, Paragraph):
            continue
        text = squeeze(item.text)
        heading = _SECTION.match(text) if text.endswith(_SECTION_ENDS) else None
        if heading:
            section = re.sub(r"^\d{4}年", "", heading.group(1))
        elif _PART.match(text):
            section = ""
        elif section and len(text) > _SHORTEST and not _NOISE.match(text):
            if found and _wrapped(found[-1][1], item) and found[-1][0] == section:
                found[-1] = (section, _joined(found[-1][1], item))
            else:
                found.append((section, item))
    return Narrative(tuple(found))


def _wrapped(before: Paragraph, after: Paragraph) -> bool:
    """Is the second line the rest of the first, cut by the width of the page?

    A cut line has no final stop, and what follows is not much longer: a long paragraph below a
    short line without a stop has that line as its heading.
    """
    return (
        after.number - before.number <= 1 + before.text.count("\n")
        and not _STOP.search(before.text.strip())
        and not _NUMBERING.match(after.text.strip())
        and len(after.text) <= 1.3 * len(before.text)
    )


def _joined(before: Paragraph, after: Paragraph) -> Paragraph:
    return Paragraph(f"{before.text}\n{after.text}", before.number, before.place)


def goals_of(paragraphs: Sequence[tuple[str, Paragraph]], file: str) -> tuple[Goal, ...]:
    """Clauses of the paragraphs, in order, each with the numbers found in it."""
    return tuple(_goals_of(paragraphs, file))


def _goals_of(paragraphs: Sequence[tuple[str, Paragraph]], file: str) -> Iterator[Goal]:
    order = count(1)
    for number, (section, paragraph) in enumerate(paragraphs, start=1):
        source = Source(file, paragraph.place, paragraph.number)
        for clause in clauses(paragraph.text.replace("\n", "")):
            yield Goal(
                order=next(order),
                text=clause,
                section=section,
                paragraph=number,
                quantities=tuple(
                    [Quantity(q.number, q.measure, q.text) for q in quantities(clause)]
                ),
                source=source,
            )

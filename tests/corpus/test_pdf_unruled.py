"""PDF tables without rulings whose cells are broken over several lines."""

import re
from collections.abc import Sequence
from itertools import accumulate

import pytest

from corpus.blocks import Unread
from corpus.readers.pdf import read_pdf
from tests.corpus.hand_written import differences
from tests.corpus.test_readers_pdf import pdf

FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    " /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4"
    " /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 /StemV 93 >>"
    " /DW 1000 /W [1 95 500 814 907 500] >>] >>"
)
SIZE, LEAD, PADDING = 10, 13, 6
HEAD = ("项目支出绩效目标表", "（2026年度）", "项目名称：农村供水工程维修养护")
ROWS = (
    ("产出指标", "数量指标", "维修养护农村集中供水工程处数", "≥42处"),
    ("", "", "更换老旧管网长度", "≥18.6公里"),
    ("", "质量指标", "出厂水水质检测合格率", "≥95%"),
    ("", "时效指标", "故障抢修响应时间", "接到报修后24小时内到场处理"),
    ("效益指标", "社会效益指标", "受益农村人口数量", "≥5.6万人"),
    ("", "可持续影响指标", "工程良性运行率", "≥90%"),
    ("满意度指标", "服务对象满意度指标", "受益用水户满意度", "≥92%"),
)
EXPECTED = """
数量指标|维修养护农村集中供水工程处数|≥42处|42
数量指标|更换老旧管网长度|≥18.6公里|18.6
质量指标|出厂水水质检测合格率|≥95%|95
时效指标|故障抢修响应时间|接到报修后24小时内到场处理
社会效益指标|受益农村人口数量|≥5.6万人|5.6
可持续影响指标|工程良性运行率|≥90%|90
服务对象满意度指标|受益用水户满意度|≥92%|92
"""
HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
WIDTHS = (50, 60, 100, 90)

Row = Sequence[str]


def wrapped(text: str, width: float) -> list[str]:
    lines, line, room = [], "", width - 6.0
    for piece in re.findall(r"[!-~]+|.", text):
        wide = sum(SIZE / 2 if c.isascii() else SIZE for c in piece)
        if line and wide > room:
            lines.append(line)
            line, room = "", width - 6.0
        line, room = line + piece, room - wide
    return [*lines, line] if line else lines


class Page:
    """Text placed on a page as a word processor does it, without lines between cells."""

    def __init__(self, heads: Row, widths: Sequence[int], *, centred: bool) -> None:
        self.content, self.y = b"", 800.0
        self.heads, self.widths, self.centred = heads, widths, centred
        self.lefts = [50, *accumulate(widths, initial=0)][1:]

    def put(self, x: float, y: float, text: str) -> None:
        """Text with its left upper corner so far from the left margin and the bottom."""
        shown = text.encode("utf-16-be").hex()
        self.content += f"BT /F1 {SIZE} Tf {50 + x} {y - SIZE} Td <{shown}> Tj ET\n".encode()

    def cell(self, column: int, text: str, top: float, height: float) -> None:
        """A cell with its text broken at the width of its column."""
        lines = wrapped(text, self.widths[column])
        start = top - (height - PADDING - len(lines) * LEAD) / 2 if self.centred else top
        for k, line in enumerate(lines):
            self.put(self.lefts[column] + 3, start - k * LEAD, line)

    def table(self, rows: Sequence[Row]) -> None:
        """The header and the rows; a level stands beside all of its rows."""
        tall = [self._height(row) for row in (self.heads, *rows)]
        tops = [self.y - above for above in accumulate(tall, initial=0)]
        for k, head in enumerate(self.heads):
            self.cell(k, head, tops[0], tall[0])
        for column in range(len(self.heads)):
            starts = [k for k, row in enumerate(rows) if row[column] or column > 1]
            for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
                self.cell(
                    column, rows[start][column], tops[start + 1], tops[start + 1] - tops[end + 1]
                )
        self.y = tops[-1]

    def _height(self, row: Row) -> float:
        lines = [len(wrapped(t, w)) for t, w in zip(row[1:], self.widths[1:], strict=True)]
        return max(lines) * LEAD + PADDING


def document(
    *parts: Sequence[Row], heads: Row = HEADS, widths: Sequence[int] = WIDTHS, centred: bool = True
) -> bytes:
    """One page for each part of the rows."""
    pages: list[bytes] = []
    for part in parts:
        page = Page(heads, widths, centred=centred)
        for line in HEAD if not pages else ():
            page.put(0, page.y, line)
            page.y -= LEAD + 5
        page.table(part)
        pages.append(page.content)
    return pdf(*pages, font=FONT)


@pytest.mark.parametrize("widths", [WIDTHS, (60, 100, 220, 180), (40, 50, 80, 60)])
@pytest.mark.parametrize("centred", [True, False])
def test_rows_are_told_by_their_places(widths: Sequence[int], *, centred: bool) -> None:
    data = document(ROWS, widths=widths, centred=centred)
    assert differences(data, "project=农村供水工程维修养护|year=2026", EXPECTED, "a.pdf") == []


def test_more_columns_and_a_head_of_two_lines() -> None:
    rows = [(a, b, c, f"年度内{c}的情况", d, "工作方案") for a, b, c, d in ROWS]
    heads = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
    data = document(rows, heads=heads, widths=(50, 60, 90, 90, 80, 60))
    assert differences(data, "", EXPECTED, "a.pdf") == []


def test_over_two_pages() -> None:
    data = document(ROWS[:3], ROWS[3:])
    assert differences(data, "", EXPECTED, "a.pdf") == []


def test_rows_that_cannot_be_told_apart_are_reported() -> None:
    """Names stand half between values: each may belong to either."""
    page = Page(HEADS, WIDTHS, centred=True)
    for k, head in enumerate(HEADS):
        page.put(page.lefts[k] + 3, 780, head)
    for k in range(4):
        page.put(page.lefts[3] + 3, 740 - 24 * k, f"≥{k + 3}处")
        page.put(page.lefts[2] + 3, 752 - 24 * k, f"改造{'甲乙丙丁'[k]}类水源")
    items = list(read_pdf(pdf(page.content, font=FONT)))
    assert [type(item) for item in items] == [Unread]


def test_numbers_of_two_rows_are_never_one_cell() -> None:
    """Points stand lower than words, and one row of points is nearer to the row above."""
    page = Page((*HEADS, "分值"), (80, 90, 120, 90, 40), centred=False)
    for k, head in enumerate(page.heads):
        page.put(page.lefts[k] + 3, 780, head)
    for k, (name, value, off) in enumerate(
        (("带动就业人数", "≥60人", 0), ("就业形势", "总体稳定", 3), ("失业率", "≤4.5%", 0))
    ):
        top = 750 - 36 * k
        for column, text in enumerate((*ROWS[4][:2], name) if k == 0 else ("", "", name)):
            page.put(page.lefts[column] + 3, top, text)
        page.put(page.lefts[3] + 3, top, value)
        page.put(page.lefts[4] + 3, top - off, str(10 + k))
    rows = "社会效益指标|带动就业人数|≥60人|60|10\n|就业形势|总体稳定||11\n|失业率|≤4.5%|4.5|12"
    assert differences(pdf(page.content, font=FONT), "", rows, "a.pdf") == []


def test_cells_of_the_head_may_have_a_second_line() -> None:
    page = Page(HEADS, WIDTHS, centred=True)
    for x, y, text in (
        (0, 800, "主管部门"), (80, 800, "蓼川县农业农村局"), (190, 800, "实施单位"),
        (260, 800, "蓼川县农业技术"), (260, 787, "推广中心"), (0, 770, "项目资金（万"),
        (80, 770, "年度资金总额"), (190, 770, "75.5"), (0, 757, "元）"),
    ):  # fmt: skip
        page.put(x, y, text)
    page.y = 740
    page.table(ROWS)
    data = pdf(page.content, font=FONT)
    assert differences(data, "unit=蓼川县农业技术推广中心|budget=75.5", EXPECTED, "a.pdf") == []

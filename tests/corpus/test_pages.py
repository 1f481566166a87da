"""Rows that the end of a page cut in two."""

from corpus.blocks import Cell, Row
from corpus.layouts.assemble import assemble

HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "分值")
BODY = (
    ("产出指标", "数量指标", "改造农村公厕", "≥36座", "20"),
    ("", "质量指标", "公厕验收合格率", "=100%", "20"),
    ("", "时效指标", "任务按时完成率", "≥95%", "20"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%", "10"),
)


def page(number: int, *lines: tuple[str, ...]) -> list[Row]:
    place = f"page {number} table 1"
    return [Row(tuple(Cell(t, k) for t in line), place) for k, line in enumerate(lines, start=1)]


def names_and_values(items: list[Row]) -> list[tuple[str, str]]:
    parsed = assemble(items, "pages.pdf")
    return [(i.name, i.value.raw) for p in parsed.projects for i in p.indicators]


WHOLE = [(line[2], line[3]) for line in BODY]


def test_a_row_between_two_pages_stays_two_rows() -> None:
    assert names_and_values([*page(1, HEADER, *BODY[:2]), *page(2, *BODY[2:])]) == WHOLE


def test_a_name_that_goes_on_on_the_next_page() -> None:
    cut = ("", "时效指标", "任务按时", "≥95%", "20")
    rest = ("", "", "完成率", "", "")
    assert names_and_values([*page(1, HEADER, *BODY[:2], cut), *page(2, rest, BODY[3])]) == WHOLE


def test_a_cell_in_the_middle_of_its_row_stands_on_the_next_page() -> None:
    cut = ("", "时效", "任务按时", "", "")
    rest = ("", "指标", "完成率", "≥95%", "20")
    assert names_and_values([*page(1, HEADER, *BODY[:2], cut), *page(2, rest, BODY[3])]) == WHOLE


def test_a_row_without_a_value_below_a_page_break_is_a_row_of_its_own() -> None:
    unused = ("", "", "指标2：", "", "")
    items = [*page(1, HEADER, *BODY[:2]), *page(2, unused, *BODY[2:])]
    assert names_and_values(items) == WHOLE


def test_a_value_whose_measure_stands_on_the_next_page() -> None:
    cut = ("产出指标", "数量指标", "改造农村", "≥36", "20")
    rest = ("", "", "公厕", "座", "分")
    assert names_and_values([*page(1, HEADER, cut), *page(2, rest, *BODY[1:])])[0] == (
        "改造农村公厕",
        "≥36座",
    )

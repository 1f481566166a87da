"""One cell a line, and nothing tells where a row ends: its cells do."""

from corpus.parse import parse_bytes

HEAD = ("项目名称", "灌区维修", "一级指标", "二级指标")


def rows_of(*cells: str) -> list[tuple[str, str, float | None]]:
    (project,) = parse_bytes("\n\n".join((*HEAD, *cells)).encode(), "x.txt").projects
    return [(i.name, i.value.raw, i.weight) for i in project.indicators]


def test_what_bears_the_mark_of_a_name_is_no_value() -> None:
    rows = rows_of(
        *("指标内容", "备注", "年度指标值", "产出指标", "时效指标"),
        *("指标1：资金拨付率", " ", "=100%"),
        *("指标2：完工时间", " ", "2026年11月30日前"),
        *("指标3：抢修时间", " ", "≤2小时"),
    )
    assert [row[:2] for row in rows] == [
        ("资金拨付率", "=100%"),
        ("完工时间", "2026年11月30日前"),
        ("抢修时间", "≤2小时"),
    ]


def test_points_are_no_value_where_words_are_one() -> None:
    rows = rows_of(
        *("三级指标", "指标值", "分值", "完成值", "得分", "备注", "效益指标", "社会效益指标"),
        *("用水纠纷起数", "≤3起", "10", "2起", "10", " "),
        *("灌溉保障能力", "进一步扩大", "10", "进一步扩大", "10", " "),
    )
    assert rows == [("用水纠纷起数", "≤3起", 10.0), ("灌溉保障能力", "进一步扩大", 10.0)]

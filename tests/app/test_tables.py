"""Records as table cells."""

from app_pages.tables import head_facts, indicator_columns, source_text
from corpus.records import Indicator, Inferred, Level1, Level2, Project, Source, Value


def indicator(name: str, level1: Level1, level2: Level2, **more: object) -> Indicator:
    return Indicator(name, Value(raw="≥1"), level1, level2, **more)  # type: ignore[arg-type]


ROWS = (
    indicator("播出期数", Level1.OUTPUT, Level2.QUANTITY, source=Source("a.txt", "", 7)),
    indicator("播出条数", Level1.OUTPUT, Level2.QUANTITY),
    indicator("成本", Level1.OUTPUT, Level2.COST, weight=12.5),
    indicator("成本", Level1.COST, Level2.COST),
)


def test_levels_are_named_in_the_first_row_of_their_run() -> None:
    columns = indicator_columns(ROWS)
    assert columns["一级"] == ["产出指标", "", "", "成本指标"]
    assert columns["二级"] == ["数量", "", "成本", "成本"]


def test_columns_that_say_nothing_are_left_out() -> None:
    columns = indicator_columns(ROWS)
    assert list(columns) == ["一级", "二级", "三级指标", "指标值", "分值", "原文行"]
    assert columns["分值"] == ["", "", "12.5", ""]
    assert columns["原文行"] == ["7", "", "", ""]


def test_head_says_what_is_known_and_marks_what_is_inferred() -> None:
    project = Project(
        unit="甲县局", year_inferred=2024, budget_wan=80.0, city="甲市", county="甲县"
    )
    assert head_facts(project) == {
        "单位": "甲县局",
        "年度": "2024年（推断）",
        "预算金额": "80 万元",
        "地区": "甲市甲县",
    }


def test_places_and_departments_that_are_inferred_are_marked() -> None:
    inferred = Inferred("河北省", "唐山市", "乐亭县", "教育")
    facts = head_facts(Project(inferred=inferred))
    assert (facts["地区"], facts["行业"]) == ("河北省唐山市乐亭县（推断）", "教育（推断）")
    printed = Project(county="乐亭县", department="文教", inferred=Inferred("河北省", "唐山市"))
    facts = head_facts(printed)
    assert facts["地区"] == "河北省唐山市乐亭县（河北省、唐山市为推断）"
    assert facts["行业"] == "文教"
    municipal = Project(county="忠县", inferred=Inferred("重庆市", "重庆市"))
    assert head_facts(municipal)["地区"] == "重庆市忠县（重庆市为推断）"


def test_source_names_file_place_and_row() -> None:
    assert source_text(Source("a.xlsx", "工作表 1", 3)) == "a.xlsx · 工作表 1 · 第 3 行"
    assert source_text(Source("a.txt")) == "a.txt"

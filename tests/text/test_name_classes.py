"""The kind of quantity that a name asks for, and which way is better."""

import pytest

from knowledge.concepts import MeasureClass, Polarity
from text.name_classes import (
    class_of_name,
    class_of_time,
    is_share_of_whole,
    plain_name,
    polarity_of_name,
)
from text.unit_classes import class_of_measure, counts_people


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("苗木成活率", MeasureClass.SHARE),
        ("调解成功率", MeasureClass.SHARE),
        ("监测数据有效率", MeasureClass.SHARE),
        ("居民满意度", MeasureClass.SHARE),
        ("办事效率", MeasureClass.DEGREE),
        ("巡查频率", MeasureClass.FREQUENCY),
        ("培训人数", MeasureClass.COUNT),
        ("工程质量", MeasureClass.DEGREE),
        ("稿件推送量", MeasureClass.COUNT),
        ("补助标准", MeasureClass.UNIT_COST),
        ("维护费用", MeasureClass.MONEY),
        ("绿化面积（平方米）", MeasureClass.AREA),
        ("播出天数", MeasureClass.DURATION),
        ("工程完工时间", MeasureClass.DATE),
        ("提升城市形象", MeasureClass.DEGREE),
        ("宣传活动", None),
        ("村级污水设施完好率", MeasureClass.SHARE),
        ("托养残疾人满意程度", MeasureClass.SHARE),
        ("城市知名度", MeasureClass.DEGREE),
        ("维护系统设备（台）", MeasureClass.COUNT),
        ("医废处置量（吨）", MeasureClass.MASS),
        ("投诉处置时限（工作日）", MeasureClass.DURATION),
        ("核酸检测点数量(个/处)", MeasureClass.COUNT),
        ("幼儿入园率（学前三年）", MeasureClass.SHARE),
        ("水渠修缮长度", MeasureClass.LENGTH),
        ("来电响应时间", MeasureClass.DURATION),
        ("户均改造成本", MeasureClass.UNIT_COST),
        ("印刷费用", MeasureClass.MONEY),
        ("网络生态空间", None),
        ("及时维修维护", None),
    ],
)
def test_class_of_name(name: str, kind: MeasureClass | None) -> None:
    assert class_of_name(name) is kind


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("群众投诉件数", Polarity.LOWER),
        ("森林火灾受害率", Polarity.LOWER),
        ("补贴逾期发放率", Polarity.LOWER),
        ("投诉处理率", Polarity.HIGHER),
        ("污水达标排放率", Polarity.HIGHER),
        ("失业人员培训人次", Polarity.NONE),
        ("工伤事故培训合格率", Polarity.HIGHER),
        ("培训人次", Polarity.HIGHER),
        ("管理费占比", Polarity.NONE),
    ],
)
def test_polarity(name: str, way: Polarity) -> None:
    assert polarity_of_name(name) is way


def test_shares_of_a_whole() -> None:
    assert is_share_of_whole("合格率")
    assert not is_share_of_whole("产值增长率")
    assert not is_share_of_whole("任务完成率")


def test_the_sort_of_time_where_the_end_tells_nothing() -> None:
    assert class_of_time("补助按月发放") is MeasureClass.FREQUENCY
    assert class_of_time("设备及时维护") is MeasureClass.DATE
    assert class_of_time("设备维护") is None


def test_one_name_in_two_prints_is_plainly_the_same() -> None:
    assert plain_name("培训人数（人）") == plain_name("培训人数指标") == plain_name("“培训”人数")
    assert plain_name("补助标准（小学）") != plain_name("补助标准（初中）")


def test_classes_of_measures() -> None:
    assert class_of_measure("") is None
    assert class_of_measure("元/人·月") is MeasureClass.UNIT_COST
    assert class_of_measure("次/年") is MeasureClass.FREQUENCY
    assert class_of_measure("平方米/人") is MeasureClass.AREA
    assert class_of_measure("台") is MeasureClass.COUNT
    assert counts_people("人/年") and not counts_people("台")

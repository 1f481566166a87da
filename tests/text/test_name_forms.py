"""What the form of a name tells."""

import pytest

from knowledge.concepts import MeasureClass, Polarity
from text.name_forms import (
    class_of_name,
    fits_anywhere,
    is_bare,
    is_category,
    is_sentence,
    is_share_of_whole,
    plain_name,
    polarity_of_name,
)
from text.statements import Statement, statement_of
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


def test_names_that_say_nothing() -> None:
    assert is_category("社会效益指标") and is_category("生态效益增长率")
    assert not is_category("居民满意程度提高人数")
    assert is_bare("合格率") and not is_bare("苗木合格率")
    assert fits_anywhere("项目完成率") and not fits_anywhere("绿化项目完成率")
    assert is_sentence("加强宣传，提升形象") and not is_sentence("宣传场次")
    assert plain_name("培训人数（人）") == plain_name("培训人数指标")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("优、良、中、差", Statement.GRADED),
        ("符合国家标准", Statement.CHECKED),
        ("未发生安全事故", Statement.CHECKED),
        ("每季度一次", Statement.COUNTED),
        ("及时完成", Statement.TIMELY),
        ("年内及时完成", Statement.IN_TERM),
        ("按合同约定的时间提交", Statement.IN_TERM),
        ("已完成", Statement.OPEN),
        ("观众人次", Statement.INDICATOR),
        ("有所提升", Statement.OPEN),
        ("长期", Statement.OPEN),
    ],
)
def test_statements(text: str, said: Statement) -> None:
    assert statement_of(text) is said


def test_classes_of_measures() -> None:
    assert class_of_measure("") is None
    assert class_of_measure("元/人·月") is MeasureClass.UNIT_COST
    assert class_of_measure("次/年") is MeasureClass.FREQUENCY
    assert class_of_measure("平方米/人") is MeasureClass.AREA
    assert class_of_measure("台") is MeasureClass.COUNT
    assert counts_people("人/年") and not counts_people("台")

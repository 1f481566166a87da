"""Families of names, and values that cannot be the target of a name."""

import pytest

from corpus.records import Level2
from knowledge.concepts import MeasureClass
from peers.families import COSTS, TOTAL_COST, family_of, family_of_row, is_akin
from peers.fitting import can_be, fits
from peers.records import Quantity


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("牧民对兽医站的满意率", "满意度"),
        ("设备采购验收合格率", "合格率"),
        ("补助按时发放率", "及时率"),
        ("资金到位率", "到位率"),
        ("热线工单办结率", "办结率"),
        ("全部工程完工时间", "完成时间"),
        ("项目预算控制数", "总成本"),
        ("开工时间", None),
        ("护林员聘用人数", None),
        ("人员经费", None),
    ],
)
def test_values_of_a_family_are_alike(name: str, family: str | None) -> None:
    found = family_of(name)
    assert (found.name if found else None) == family


def test_a_description_or_the_level_tells_a_family_where_the_name_does_not() -> None:
    told = family_of_row("完成及时性", "项目完成时间", Level2.TIMELINESS)
    assert told is not None
    assert told.name == "完成时间"
    assert family_of_row("印刷费用", "", Level2.COST) == COSTS
    assert family_of_row("印刷费用", "", Level2.QUANTITY) is None
    assert is_akin(COSTS, TOTAL_COST)
    assert not is_akin(TOTAL_COST, COSTS)


def test_a_value_must_fit_its_name() -> None:
    assert not fits("社会影响力", None, MeasureClass.SHARE)
    assert not fits("完成项目数量", Level2.QUANTITY, MeasureClass.SHARE)
    assert fits("完成项目数量", Level2.QUANTITY, MeasureClass.COUNT)
    assert not fits("成本控制", Level2.COST, MeasureClass.SHARE)
    assert fits("成本控制", Level2.COST, MeasureClass.MONEY)
    assert not fits("完成时间", Level2.TIMELINESS, MeasureClass.SHARE)
    assert not fits("广大村民", Level2.SATISFACTION, MeasureClass.COUNT)


def test_more_than_the_whole_is_no_target_of_a_share() -> None:
    def share(number: float) -> Quantity:
        return Quantity(MeasureClass.SHARE, "%", number, "%")

    for name in ("受益群众满意度", "工程验收合格率"):
        assert can_be(name, None, share(100))
        assert not can_be(name, None, share(150))
    assert can_be("旅游收入增长率", None, share(150))
    assert not can_be("受益群众满意度", None, None)

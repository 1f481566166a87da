"""Names that hold too little to be measured."""

import pytest

from text.hollow_names import fits_anywhere, is_bare, is_category, is_hollow


def test_names_that_say_nothing() -> None:
    assert is_category("社会效益指标") and is_category("生态效益增长率")
    assert not is_category("居民满意程度提高人数")
    assert is_bare("合格率") and not is_bare("苗木合格率")
    assert fits_anywhere("项目完成率") and not fits_anywhere("绿化项目完成率")
    assert is_category("项目对生态效益提升比") and not is_category("工程质量")


@pytest.mark.parametrize(
    "name",
    [
        "社会影响力",
        "质量指标",
        "经济效益增长率",
        "生态效益提升值%",
        "提高效率，增加利润",
        "可持续性",
        "保障业务工作情况",
        "拉动地方经济发展",
    ],
)
def test_slogans_and_categories_have_nothing_to_measure(name: str) -> None:
    assert is_hollow(name)


@pytest.mark.parametrize(
    "name", ["满意度", "带动就业人数", "设备正常运行率", "节约资金金额", "完成时间", "合格率"]
)
def test_names_with_an_object_or_a_measure_are_not_hollow(name: str) -> None:
    assert not is_hollow(name)

"""Goal texts cut into clauses."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from text.clauses import clauses
from text.numbers import quantities

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强管理；提高效率。", ["加强管理", "提高效率"]),
        ("1、加强管理2、提高效率", ["加强管理", "提高效率"]),
        ("1.加强管理。2.提高效率。", ["加强管理", "提高效率"]),
        ("1.2023年完成100公里2.培训5人", ["2023年完成100公里", "培训5人"]),
        ("(一) 贯彻方针。 (二) 推进建设。", ["贯彻方针", "推进建设"]),
        ("（1）加强管理（2）提高效率", ["加强管理", "提高效率"]),
        ("一、加强管理二、提高效率", ["加强管理", "提高效率"]),
        ("①加强管理②提高效率", ["加强管理", "提高效率"]),
        ("一是加强管理，二是提高效率", ["加强管理", "提高效率"]),
        ("目标1：抽检860批次 目标2：处置率100%", ["抽检860批次", "处置率100%"]),
        ("1.目标内容：加强管理", ["加强管理"]),
        ("目标内容：加强管理", ["加强管理"]),
        ("完成《甲；乙》和（丙。丁）工作；戊", ["完成《甲；乙》和（丙。丁）工作", "戊"]),
        ("于3、4月完成", ["于3、4月完成"]),
        ("1、于3、4月完成2、验收", ["于3、4月完成", "验收"]),
        ("按一、二级标准", ["按一、二级标准"]),
        ("投资2.5万元", ["投资2.5万元"]),
        ("（未闭合；乙", ["（未闭合", "乙"]),
        ("投入3,420元，培训5人", ["投入3,420元", "培训5人"]),
        ("建路3公里，方便出行，培训5人，提高能力", ["建路3公里，方便出行", "培训5人，提高能力"]),
        ("加强管理，提高效率", ["加强管理，提高效率"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("1.", []),
        ("。；", []),
        ("", []),
    ],
)
def test_cutting(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents (../shared/seeds) are missing")
def test_items_of_a_seed_document() -> None:
    (path,) = SEEDS.glob("001*.txt")
    lines = path.read_text("utf-8").split("\n")
    found = clauses(lines[41])
    assert found == [
        "2023年，怀来电视台将保证《怀来新闻》播出240期",
        "《新闻综述》52期",
        "新闻720条",
        "专题专栏100期",
        "2023年《看怀来—身边故事汇》栏目播出24期",
    ]
    numbers = [[(q.number, q.measure) for q in quantities(clause)] for clause in found]
    assert numbers == [[(240, "期")], [(52, "期")], [(720, "条")], [(100, "期")], [(24, "期")]]
    assert [q.text for q in quantities(clauses(lines[44])[1])] == ["17.8万"]
    assert [q.text for q in quantities(clauses(lines[45])[0])] == ["1800条以上"]


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙123一二三、.．（）()《》“”；。，,目标：: \n①②是年第月万个"))
def test_nothing_is_empty_made_up_or_out_of_order(text: str) -> None:
    place = 0
    for clause in clauses(text):
        assert clause.strip("，。；、 \n")
        found = text.find(clause, place)
        assert found >= place
        place = found + len(clause)


@settings(deadline=None)
@given(st.text(alphabet="甲乙丙丁；。，\n"))
def test_every_word_is_kept(text: str) -> None:
    kept = "".join(clauses(text))
    assert [c for c in kept if c in "甲乙丙丁"] == [c for c in text if c in "甲乙丙丁"]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=8), min_size=1, max_size=12))
@pytest.mark.parametrize("form", ["{}.", "{}、", "（{}）", "({})"])
def test_numbered_items_come_back(form: str, items: list[str]) -> None:
    for separator in ("", "。", "；\n"):
        numbered = [form.format(n) + item for n, item in enumerate(items, 1)]
        assert clauses(separator.join(numbered)) == items


@settings(deadline=None)
@given(st.text())
def test_never_fails(text: str) -> None:
    assert all(clauses(text)) or clauses(text) == []

"""What a target in words says, and which names speak of what."""

import pytest

from text.name_forms import is_sentence, is_spending
from text.statements import Statement, statement_of


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


def test_sentences_and_money_spent() -> None:
    assert is_sentence("加强宣传，提升形象") and not is_sentence("宣传场次")
    assert is_spending("专项资金支出率") and not is_spending("支出绩效评价项目数")

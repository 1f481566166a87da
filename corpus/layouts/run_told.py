"""What a notice tells in sentences: its project, unit, year, money and goal."""

import re
from collections.abc import Collection, Iterator

from corpus.blocks import Block, Cell, Paragraph, Row
from corpus.layouts.labels import Field
from text.normalise import squeeze

_UNIT_END = (
    r"(?:局|委|委员会|办公室|人民政府|管理处|管委会|中心|本级|分局|学校|中学|小学|医院|大队"
    r"|站|所|院|厅|馆|社|街道办事处)"
)
_PROJECT = re.compile(
    r"关于(?:公布|公开|下达|开展)?([^，。：:]{4,60}?)(?:预算|支出)?绩效(?:目标|自评)[^，。]{0,12}的?(?:公示|公告|通知|说明)"
)
_TITLED_PROJECT = re.compile(
    r"(?m)^[^，。：:\n]{2,30}?20\d\d年度?(?!部门|预算|重点|财政)([^，。：:\n]{2,60}?项目)"
    r"(?:预算|支出)?绩效(?:目标|自评)[^，。\n]{0,8}(?:公示|公告|公开|说明)$"
)
_PURPOSE_PROJECT = re.compile(r"用于([^，。；、\n]{4,40}?项目)(?=[，。；])")
_BUDGET = re.compile(
    r"(?:安排|投入|下达|预算|总投资|拨付|涉及)[^，。]{0,40}?(?:资金|经费)?(?:共计|总额|为)?([\d,]+(?:\.\d+)?(?:万|亿)?元)"
)
_QUOTED_PROJECT = re.compile(r"[“\"「]([^”\"」\n]{4,40})[”\"」](?:项目|专项)[^\n]{0,12}绩效目标")
_PAID_YEAR = re.compile(r"(20[1-4]\d)年度?[^，。；\n]{0,24}?(?:安排|投入|预算|绩效目标|下达|拨付)")
_PAID_UNIT = re.compile(
    rf"(?:安排|下达|拨付)(?:给)?([\u4e00-\u9fff]{{2,30}}?{_UNIT_END})"
    r"(?=[专项补助衔接财政预算上级中央省市县]{0,10}(?:资金|经费))"
)
_CARRYING_OUT = re.compile(
    rf"由([\u4e00-\u9fff]{{2,30}}?{_UNIT_END})(?:具体|组织|负责|承担)*(?:实施|承办|承建)"
)
_GOAL = re.compile(
    r"(?:绩效|年度|总体)目标(?:是|为)?[:：]?(?<=[是为:：])([^\n]{4,600}?[。；]?)(?=现将|现予|具体|\n|$)"
)
_DATE_LINE = re.compile(r"^(20[1-4]\d)年\d{1,2}月\d{1,2}日$")
#: The last lines of a notice: who signs it, and when.
SIGNED = re.compile(
    rf"(?:\n\s*[\u4e00-\u9fff（）()]{{2,30}}{_UNIT_END}\s*)?\n\s*20\d\d年\d{{1,2}}月\d{{1,2}}日\s*(?=\n|$)"
)
_SIGNATURE = re.compile(rf"^[\u4e00-\u9fff（）()]{{2,30}}{_UNIT_END}$")
_ISSUED = re.compile(r"(?:发文|成文|发布|公开)(?:时间|日期)[:：]?(20[1-4]\d)[-./年]")
_YEAR_SPOKEN = re.compile(r"(20[1-4]\d)年度")


def told(head: str, tail: str | None, number: int, stated: Collection[Field]) -> Iterator[Block]:
    """Rows for what the sentences before a table say and no label states.

    `tail` is what stands below the rows of a notice, None for a table.
    """
    text = "\n".join(squeeze(line) for line in head.replace("|", " ").split("\n"))
    for field, label, pattern in (
        (Field.PROJECT, "项目名称", _QUOTED_PROJECT),
        (Field.PROJECT, "项目名称", _PROJECT),
        (Field.PROJECT, "项目名称", _TITLED_PROJECT),
        (Field.PROJECT, "项目名称", _PURPOSE_PROJECT),
        (Field.BUDGET, "年度资金总额", _BUDGET),
        (Field.UNIT, "实施单位", _CARRYING_OUT),
        (Field.UNIT, "实施单位", _PAID_UNIT),
        (Field.GOAL, "年度目标", _GOAL),
    ):
        match = pattern.search(text)
        if match and field not in stated and not _stated_otherwise(field, stated):
            yield Row((Cell(label, number), Cell(match.group(1), number)))
    if tail is not None:
        yield from _signed(text, tail, number, stated)


def _stated_otherwise(field: Field, stated: Collection[Field]) -> bool:
    if field is Field.BUDGET:
        return Field.TOTAL in stated
    return field is Field.UNIT and bool({Field.FILLED_BY, Field.DEPARTMENT} & set(stated))


def _signed(text: str, tail: str, number: int, stated: Collection[Field]) -> Iterator[Block]:
    """The unit that signs a notice, and the year of its date."""
    lines = [squeeze(line) for line in tail.split("\n")]
    dated = [m.group(1) for line in lines if (m := _DATE_LINE.match(line))]
    spoken = _YEAR_SPOKEN.search(text) or _PAID_YEAR.search(text)
    issued = _ISSUED.search(text)
    year = spoken.group(1) if spoken else dated[-1] if dated else issued and issued.group(1)
    if year:
        yield Paragraph(f"{year}年", number)
    signed = [line for line in lines if _SIGNATURE.match(line)]
    units = {Field.UNIT, Field.FILLED_BY, Field.DEPARTMENT, Field.PUBLISHER}
    if signed and not units & set(stated):
        yield Row((Cell("填报单位", number), Cell(signed[-1], number)))

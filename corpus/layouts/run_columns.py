"""The header of a table whose cells nothing parts: a run of head words."""

import re

from corpus.layouts.roles import Role, role_of_head, unfolded
from text.normalise import squeeze

HEADER = re.compile(
    r"(?:绩\s*效\s*)?[*]?一\s*级\s*(?:绩\s*效\s*)?指\s*标\s*(?:名\s*称\s*)?[*]?二\s*级\s*(?:绩\s*效\s*)?指\s*标"
    r"|二\s*级\s*(?:绩\s*效\s*)?指\s*标\s*(?:名\s*称\s*)?[*]?三\s*级\s*(?:绩\s*效\s*)?指\s*标"
)
DEFAULT_HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
_LONGEST_HEADER = 200
_YEARLY = (
    r"(?:20\d\d年度?|本?年度?|全年|当年|预期|预计|年初|计划|考核|设定|批复|绩效|项目)*"
    r"(?:[（(]/?项目[)）])?(?:绩效|计划|预期)?"
)
_HEAD = re.compile(
    r"\*?(?:"
    r"[一二三四]级(?:绩效)?指标(?:名称|内容|解释(?!值))?|绩效指标名称|具体指标(?:名称)?"
    r"|(?:绩效)?(?:指标|目标)值?(?:的)?(?:确定|设定|设置|选取|来源)[^指目权分备得]{0,4}(?:依据|来源|标准)(?:及数据来源)?"
    r"|指标(?:标准|依据)(?:或依据)?|绩效标准|评(?:[（(]扣[)）])?[价分](?:标准|规则)"
    r"|(?:确定|设定)?依据(?:及来源)?|标准或依据|(?:数据|指标|取值)来源"
    r"|(?:绩效)?(?:指标|目标)值?(?:说明|解释|描述|释义|内涵|含义)|说明"
    r"|指标值类型|(?:绩效)?指标(?:类型|性质|属性|方向性?)|(?:计算|运算|比较|指标|关系|逻辑)?符号|(?:计算|运算)"
    r"|(?:绩效)?(?:度量|计量)单位|指标值?单位|责任(?:科室|单位|部门)"
    r"|(?:上年|上一年|历史)[^指权分备得\d值]{0,6}(?:指标)?值?"
    r"|(?:中长?期|长期|实施周?期)(?:绩效)?(?:指标|目标)值"
    r"|(?:年度|全年)?(?:计划|预期|预计)(?:当年)?(?:完成|实现)?值"
    r"|(?:指标)?(?:本?年度?|全年|半年|1[-—]\d月|年终)?(?:实际|执行|完成)(?:完成|执行|实现)?(?:指标)?(?:值|情况|数|结果)"
    rf"|{_YEARLY}(?:指标|目标)(?:目标)?值"
    r"|指标(?:内容|名称)"
    r"|(?:指标|标准|本年)?(?:分值权重|权重分值|分值|权重|分数|满分)|(?:指标|自评|评价)?得分|自评分"
    r"|(?:未完成|偏差|存在偏差)(?:的)?原因(?:分析)?(?:及|和|与)?(?:拟采取的)?(?:改进|整改)?(?:措施)?(?:说明)?"
    r"|完成率|备注|佐证材料|全年完成可能性|完成可能性"
    r")(?:[（(][^（）()]{1,12}[)）])?"
)


def heads_of(text: str) -> tuple[str, ...]:
    """The head words in a run of them; what is unknown between two of them is a word too.

    The words of side labels before 一级指标 do not come here.
    """
    tokens = text.split()
    roles = [role_of_head(token) for token in tokens]
    if len(tokens) > 2 and all(roles) and Role.NAME in roles and "一级" not in "".join(tokens[1:]):
        glued = [h for token in tokens for h in _glued(token)]
        return _in_order(glued if len(glued) > len(tokens) else tokens)
    return _in_order(_glued(squeeze(text)))


def _in_order(heads: list[str]) -> tuple[str, ...]:
    return tuple(heads[k] for k in unfolded(heads))


def _glued(run: str) -> list[str]:
    heads: list[str] = []
    last = 0
    for match in _HEAD.finditer(run[:_LONGEST_HEADER]):
        if match.start() > last:
            heads.append(run[last : match.start()])
        heads.append(match.group())
        last = match.end()
    if last < min(len(run), _LONGEST_HEADER):
        heads.append(run[last:_LONGEST_HEADER])
    return heads

"""What a target in words says: a graded scale, something that can be checked, a time, or nothing.

Words that can be held true or false on the day of the review (合格, 未发生, 符合国家标准) are told
from words that cannot (有所提升, 长期, 显著), and so are numbers in words (每季度一次) or in a
sentence that holds several. That work is done (已完成) says nothing of how much or how well.
"""

import re
from enum import StrEnum

from text.normalise import fold
from text.numbers import quantities

_PUNCTUATION = re.compile(r"[\s,，。.;；:：、!！“”\"'()（）《》]+")
_GRADED = re.compile(
    r"优.{0,4}良.{0,4}(?:中|差|一般|合格)|好.{0,3}较好.{0,4}(?:一般|差)|高.{0,3}中.{0,3}低"
    r"|分(?:为)?[一二三四五2345]?(?:个)?(?:档|等级|级)|基本达成.{0,30}部分达成|达成预期.{0,20}部分"
)
_CHECKED = re.compile(
    r"(?:均|全部|已|应|须|一次性?|质量|产品|检测|结果)*(?:验收|审核|检查|评审|考核|抽检|检验)?(?:均|全部)?"
    r"(?:合格|通过|达标|合规)(?:验收|标准|率)?"
    r"|(?:一次性?)?通过.{0,6}(?:评审|审查|鉴定|论证|考核|评估|备案|认证)"
    r"|.{0,8}(?:符合|达到|满足|按照?|依据|参照).{1,24}(?:标准|规定|规范|规程|合同|等级|[一二三四五六甲乙a-civ]+[级类])(?:要求)?"
    r"|(?:无|零|没有|未发生|不发生|未出现|不出现|杜绝).{0,16}|是|全覆盖|(?:全年|年内)?未(?:因|发生|出现).{2,20}|.{0,16}(?:较|比|不低于|不高于|优于)(?:上年|去年|上一年|往年|同期|上年度).{0,8}|(?:全部|已|均)?(?:建成|投入使用|开通)"
)
_TERM = r"规定时间内|在?规定期限内|合同期内|工期内|当年|年内|年度内|全年"
_TIMELY = re.compile(
    r"(?:(?:能够?|均|应|全部|已|做到|确保)?(?:及时|按时|按期|如期|准时|适时|即时|实时|按进度|按计划|按要求时间|按规定时间"
    rf"|{_TERM}|长期有效))+.{{0,8}}"
)
_WITHIN_TERM = re.compile(
    rf"{_TERM}|(?:规定|计划|合同|约定|要求|预定|限定|既定|序时|施工).{{0,6}}(?:时间|期限|时限|日期|工期|进度)"
)
_CHINESE_COUNT = re.compile(
    r"[一二两三四五六七八九十百千]+(?:余|多)?(?:个|次|场|期|篇|条|人|名|户|家|天|年|月|周|季|项|件|台|套|批|份|轮|处|所|座|亩"
    r"|公里|万元|小时|工作日)|百分之[一二三四五六七八九十百]+|[一二两三四五六七八九]成以上"
)
_SCHEDULED = re.compile(
    r"(?:每个?(?:年|半年|季度?|月|旬|周|日|天|学期)|[按逐分](?:年|季度?|月|旬|周|学期))(?:度|内|末|底|初|前)?(?:足额|及时|按时|社会化|定期)*"
    r"(?:发放|拨付|支付|兑付|缴纳|结算|报送|上报|开展|检查|更新|完成)?"
)
_SIGNED = re.compile(r"[≥≤=><]\d|\d(?:\.\d+)?[%‰]|\d[:：]\d\d|\d{1,2}[日号月]")
_INDICATOR = re.compile(
    r".{2,}(?:率|数量|人数|人次|次数|比例|满意度|占比|情况|成本|时间|时限|面积|金额)"
)


class Statement(StrEnum):
    """What sort of target a worded value is.

    `in_term` ends with a term that is known elsewhere (年内, 合同期内); `timely` names none (及时).
    """

    GRADED = "graded"
    CHECKED = "checked"
    COUNTED = "counted"
    IN_TERM = "in_term"
    TIMELY = "timely"
    INDICATOR = "indicator"
    OPEN = "open"


def statement_of(text: str) -> Statement:
    """What a worded value says; `indicator`: it is itself the name of one (观众人次)."""
    plain = _PUNCTUATION.sub("", fold(text))
    if _GRADED.search(plain):
        return Statement.GRADED
    if _SCHEDULED.fullmatch(plain):
        return Statement.COUNTED
    if _TIMELY.fullmatch(plain):
        return Statement.IN_TERM if _WITHIN_TERM.search(plain) else Statement.TIMELY
    if _CHECKED.fullmatch(plain):
        return Statement.CHECKED
    if quantities(text) or _SIGNED.search(text) or _CHINESE_COUNT.search(plain):
        return Statement.COUNTED
    if _INDICATOR.fullmatch(plain):
        return Statement.INDICATOR
    return Statement.IN_TERM if _WITHIN_TERM.search(plain) else Statement.OPEN

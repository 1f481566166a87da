"""What is personal data in a text: names behind labels, telephone, card and account numbers.

A name is only looked for behind a label such as 项目负责人, 联系人 or 填报人; a number only where
its form or its label says what it is. Figures (amounts, codes, years) are no personal data: a
number with a unit, a sign, decimals or letters is left alone. All texts here are half-width.
"""

import re
from collections.abc import Iterator

from text.names import names_behind
from text.personal import Finding, Personal
from text.units import half_width


def _spaced(words: str) -> str:
    """A pattern for any of the words, also with white space between their characters."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "(?:" + "|".join(r"\s*".join(word) for word in longest_first) + ")"


_PERSON = _spaced(
    "负责人 负责同志 责任人 联系人 联络人 联系领导 填报人 填表人 填写人 填制人 编制人 编报人 "
    "制表人 制单人 审核人 复核人 审批人 审定人 经办人 经手人 承办人 申报人 申请人 评价人 自评人 "
    "监督人 验收人 登记人 记录人 报告人 法定代表人 法人代表 法人 分管领导 分管局长 分管县长 "
    "分管副县长 主管领导 主管局长 主管县长 单位领导 包联领导 牵头领导 主管会计 姓名"
)
_PHONE = (
    rf"(?:{_spaced('联系电话 联系方式 电话号码 电话 手机号码 手机号 手机 座机 传真')}"
    r"|(?<![A-Za-z])(?:[Tt][Ee][Ll]|[Pp]hone|[Ff]ax)(?![a-z]))"
)
_ID = _spaced(
    "身份证号码 身份证件号码 身份证件号 身份证号 身份证 公民身份号码 证件号码 证件号 证件"
)
_ACCOUNT = rf"(?:{_spaced('银行卡号 银行卡 账号 帐号 账户 帐户 卡号 微信号')}|(?<![A-Za-z])QQ号?)"
_LABEL = re.compile(
    rf"(?P<person>{_PERSON})|(?P<phone>{_PHONE})|(?P<id>{_ID})|(?P<account>{_ACCOUNT})"
)
_PERSON_TAIL = re.compile(
    rf"(?:\s*(?:{_spaced('姓名 签字 签名 签章 盖章 签署 职务 职称')}"
    r"|\([^()]{0,12}\)"
    rf"|[及和与、/]?\s*{_spaced('联系电话 联系方式 手机号码 手机号 手机 电话号码 电话 身份证号')}"
    r"|[及和与、/](?=\s*[姓签盖职])))*"
)
_PERSON_REST = re.compile(rf"{_PERSON_TAIL.pattern}[\s:]*")
_KINDS = {"phone": Personal.PHONE, "id": Personal.ID, "account": Personal.ACCOUNT}
_LONGEST_LABEL = 24  # characters
_GAP = re.compile(r"(?:[\s:|_]|号码|\([^()0-9]{0,8}\)){0,40}")
_BETWEEN = re.compile(r"[\s、,/;|]{1,6}|或")

_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][.,\-—–])(?<![A-Za-z][\-—–])"
_AFTER = r"(?![0-9A-Za-z%‰]|\.[0-9]|,[0-9]{3}(?![0-9])|[\-—–][0-9])"
_DASH = r"\s?[\-—–]\s?"
_COUNTRY = r"(?:\(?\+?86\)?[ \-]?)?"
_MOBILE = rf"{_COUNTRY}1[3-9][0-9](?:[0-9]{{8}}|(?P<gap>[ \-])[0-9]{{4}}(?P=gap)[0-9]{{4}})"
_EXTENSION = r"(?:(?:[\-—–]|转)[0-9]{1,5})?"
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2}|000)"
_LANDLINE = rf"{_COUNTRY}(?:\({_AREA}\)\s?|{_AREA}{_DASH})[0-9]{{3,4}}[ \-]?[0-9]{{4}}{_EXTENSION}"
_IDENTITY = r"[1-9][0-9]{5} ?[0-9]{8} ?[0-9]{3}[0-9Xx]"
_EMAIL = r"[A-Za-z0-9][A-Za-z0-9_.%+\-]{0,63} ?@ ?[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{2,63}){1,4}"
_FORMED = (
    (Personal.PHONE, re.compile(rf"{_BEFORE}(?<![0-9] ){_MOBILE}{_AFTER}(?! [0-9])")),
    (Personal.PHONE, re.compile(rf"{_BEFORE}{_LANDLINE}{_AFTER}")),
    (Personal.ID, re.compile(rf"{_BEFORE}{_IDENTITY}{_AFTER}")),
    (Personal.EMAIL, re.compile(_EMAIL)),
)
_TOLD = {  # behind a label, which says what the digits are
    Personal.PHONE: re.compile(
        rf"(?:(?P<sure>{_MOBILE}|{_LANDLINE})"
        rf"|{_COUNTRY}\(?0[0-9]{{2,3}}\)?(?:{_DASH}|\s)?[0-9]{{3,4}}[ \-]?[0-9]{{3,4}}"
        rf"|[0-9]{{3,4}}-[0-9]{{4}}(?:-[0-9]{{4}})?|[0-9]{{7,12}}){_EXTENSION}(?![0-9])"
    ),
    Personal.ID: re.compile(
        r"(?P<sure>[1-9][0-9]{5} ?(?:[0-9]{8} ?[0-9]{3}[0-9Xx]|[0-9]{9}))(?![0-9A-Za-z])"
    ),
    Personal.ACCOUNT: re.compile(r"(?P<sure>[0-9](?:[ \-]?[0-9]){8,29})(?![0-9A-Za-z])"),
}

_SIGN = re.compile(r"[≥≤=><≧≦±¥￥$约超达共计第№]\s*$")
_FIGURE_LABEL = re.compile(
    r"(?:金额|资金|投资|总额|预算|收入|支出|产值|税收|成本|[额款费值价]|编号|编码|代码|文号|单号|合同号|批次|序号|批号"
    r"|不少于|不低于|不高于|不超过|达到|至少|大于|小于)[\s:(]*$"
)
_UNIT = re.compile(
    r"\s?(?:[元万亿千百%‰吨次个户部台件份辆株只头亩枚套年]|人(?!民)|公[斤里顷]|平方|立方|兆瓦|余|多|以上|以下)"
)
_FIGURE_CELL = re.compile(r"\s*[≥≤=><≧≦±¥￥]{0,2}\s*[0-9]+(?:\.[0-9]+)?\s*[^\d\s]{0,6}\s*")
_LOOK_BACK = 8  # characters in which a sign or label stands before a figure

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_DATE = re.compile(r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def findings(text: str) -> Iterator[Finding]:
    """All personal data, what a label announces first; some may be found twice."""
    yield from _labelled(text)
    yield from _formed(text)


def is_figure(text: str) -> bool:
    """Whether a whole cell is one number, with a sign and unit or without."""
    return _FIGURE_CELL.fullmatch(half_width(text)) is not None


def announced(text: str) -> Personal | None:
    """What a whole cell announces, such as 项目负责人 or 联系电话; None for any other cell."""
    if len(text) > _LONGEST_LABEL:
        return None
    half = half_width(text)
    for label in _LABEL.finditer(half):
        if label.lastgroup == "person" and _PERSON_REST.fullmatch(half, label.end()):
            return Personal.NAME
        if label.lastgroup in _KINDS and _GAP.fullmatch(half, label.end()):
            return _KINDS[label.lastgroup]
    return None


def is_announced(kind: Personal, text: str) -> bool:
    """Whether a whole cell is what a label of this kind announces."""
    half = half_width(text).strip()
    if kind is not Personal.NAME:
        return kind in _TOLD and _TOLD[kind].fullmatch(half) is not None
    spans = list(names_behind(f"\t{half}", 0))
    return bool(spans) and spans[0][0] == 1 and spans[-1][1] == len(half) + 1


def _labelled(text: str) -> Iterator[Finding]:
    for label in _LABEL.finditer(text):
        match label.lastgroup:
            case str(name) if name in _KINDS:
                yield from _numbers(text, label.end(), _KINDS[name])
            case _:
                yield from _of_person(text, label.end())


def _of_person(text: str, end: int) -> Iterator[Finding]:
    """Names behind a label, and a number right behind the last (李明13812345678)."""
    tail = _PERSON_TAIL.match(text, end)
    last = end = tail.end() if tail else end
    for start, last in names_behind(text, end):
        yield Finding(Personal.NAME, start, last, labelled=True)
    if last > end:
        yield from _numbers(text, last, Personal.PHONE)


def _numbers(text: str, position: int, kind: Personal) -> Iterator[Finding]:
    """The number behind a label, and others listed behind it."""
    gap = _GAP.match(text, position)
    number = _TOLD[kind].match(text, gap.end() if gap else position)
    while number is not None and (number["sure"] or not _UNIT.match(text, number.end())):
        yield Finding(kind, *number.span(), labelled=True)
        between = _BETWEEN.match(text, number.end())
        number = _TOLD[kind].match(text, between.end()) if between else None


def _formed(text: str) -> Iterator[Finding]:
    """Numbers and addresses that their form gives away."""
    for kind, pattern in _FORMED:
        for found in pattern.finditer(text):
            if kind is Personal.EMAIL or not (
                _is_counted(text, found.start(), found.end()) or _is_code(kind, found.group())
            ):
                yield Finding(kind, *found.span(), labelled=False)


def _is_counted(text: str, start: int, end: int) -> bool:
    """Whether a sign, a label or a unit says that a number is a figure."""
    before = text[max(0, start - _LOOK_BACK) : start]
    return bool(_SIGN.search(before) or _FIGURE_LABEL.search(before) or _UNIT.match(text, end))


def _is_code(kind: Personal, number: str) -> bool:
    """Whether the digits are a date or code that only looks like a telephone or card number."""
    if kind is Personal.PHONE:  # 010-20240131
        return number[0] == "0" and _DATE.fullmatch(number[-8:]) is not None
    digits = number.replace(" ", "").upper()
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return not _DATE.match(digits, 6) or _CHECK_DIGITS[total % 11] != digits[-1]

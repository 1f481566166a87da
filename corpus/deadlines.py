"""Target values that name a time: 8月25日前, 年底前完成, ≤12月, 每季度末, 202601-202612.

A duration (15个工作日内, 1年) is a number and no deadline; a month without further words (12月)
is a deadline only in a row about time. All texts here are half-width and without white space.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from text.numbers import quantities
from text.units import MEASURE_START

_YEAR = r"(?:19|20)[0-9]{2}"
_TO = r"(?:-|~|—|–|至|到)+"
_POINT = re.compile(
    rf"(?<![0-9.,])(?P<cy>{_YEAR})(?P<cm>[01][0-9])(?P<cd>[0-3][0-9])?(?![0-9.])"
    rf"|(?<![0-9.,])(?P<sy>{_YEAR})[-./](?P<sm>[0-9]{{1,2}})(?:[-./](?P<sd>[0-9]{{1,2}})日?)?"
    rf"(?:T?[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?(?![0-9.%]|(?![月日年]){MEASURE_START})"
    rf"|(?<![0-9.,])(?:(?P<y>{_YEAR})年度?)?"
    rf"(?:(?<![0-9])[0-9]{{1,2}}月?{_TO})?(?<![0-9])(?P<m>[0-9]{{1,2}})月"
    r"(?:(?P<d>[0-9]{1,2})[日号]?)?(?P<part>份|底|末|初|中旬|上旬|下旬)?(?![0-9A-Za-z])"
    rf"|(?<![0-9.,])(?P<oy>{_YEAR})(?:年度?(?P<end>[底末终内])?|(?={_TO}{_YEAR}年))"
    r"|(?P<recur>(?:每(?:个?月|季度?|半?年|周|学期)|[次下当]个?月)(?:[末底初]|[0-9]{1,2}[日号](?![0-9])))"
    r"|(?<![0-9月])(?P<day>[0-9]{1,2})[日号](?=前|之前|以前)"
    r"|(?:第)?(?P<q>[一二三四1-4])季度(?P<qend>[末底])?"
    r"|(?P<half>[上下])半年(?P<halfend>[末底])?"
    r"|(?P<event>(?:每个?(?:学期|学年|年))?(?:春节|元旦|(?:五一|国庆|中秋|端午|重阳)节?|两节|开学|入汛|主?汛期?|采暖[季期]"
    r"|供暖[季期]|春耕|秋收)(?:之前|以前|前))"
    r"|(?P<yend>年[底末终])|(?P<within>年内|当年|本年度?|全年)|(?P<some>月[底末]|季度?[末底])"
)
_FILLER = re.compile(
    r"(?:之前|以前|前|底|末|初|中旬|上旬|下旬|份|完成|完工|到位|建成|竣工|开工|验收|拨付|发放|支付|兑付"
    r"|投用|投入使用|结束|启动|上报|报送|提交|预计|计划|确保|力争|争取|全部|全面|按时|及时|实施|分[两二三四]批"
    r"|截止|截至|期间|工作|任务|项目|工程|资金|完毕|落实|执行|开始|从|自|于|在|均|止|起|内|日|号|年|月"
    r"|[、,;。:.~—–\-至到和及与或/()])*+"
)
_STRONG_AFTER = re.compile(r"之前|以前|前|底|末|完成|完工|到位|止|结束")
_SET_TIME = re.compile(
    r"(?:规定|计划|合同|约定|要求|预定|限定|既定|项目)[^,。;]{0,8}(?:时间|期限|时限|日期|工期)(?:以?内|之?前)"
)
_MAYBE = re.compile(r"[年月季日号前]|[0-9]{6}|[0-9]{4}[-./][0-9]|时间|期限|时限|日期|工期")
_ABOUT_TIME = re.compile(
    r"时效|时间|时限|及时|期限|日期|进度|工期|完工|竣工|开工|截止|按时|按期|何时|周期"
)
_DURATION_NAME = re.compile(r"月数|工期|周期|时长|年限|频|天数|个月|月份数")
_BUDGET_YEAR = re.compile(r"20[1-4][0-9]")
_BARE_MONTH = re.compile(r"[0-9]{1,2}月")

_CHINESE_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4}
_SERIAL_FIRST, _SERIAL_LAST = 36526, 55000  # 2000-01-01 … 2050-07-31
_SERIAL_ZERO = date(1899, 12, 30)
_LONGEST_REST = 12


def about_time(name: str, level2: str) -> bool:
    """Whether a row speaks of when something is done: by its level 2, else by its name."""
    return "时效" in level2 or _ABOUT_TIME.search(name) is not None


def names_duration(name: str) -> bool:
    """Whether the name asks for a length of time, so that 6月 means six months."""
    return _DURATION_NAME.search(name) is not None


def may_name_time(text: str) -> bool:
    """Whether a cell that is no bare number has what every deadline has: quick."""
    return _MAYBE.search(text) is not None


def serial_date(number: float, year: int | None = None) -> str:
    """Date behind an Excel day number of this century, YYYY-MM-DD; "" when it cannot be one.

    With the budget `year` known, a date more than five years away is refused.
    """
    if number != int(number) or not _SERIAL_FIRST <= number <= _SERIAL_LAST:
        return ""
    day = _SERIAL_ZERO + timedelta(days=int(number))
    if year is not None and abs(day.year - year) > 5:
        return ""
    return day.isoformat()


def _stamp(year: str, month: int, day: str) -> str | None:
    """YYYY-MM-DD, YYYY-MM, MM-DD or MM; None when the calendar has no such day."""
    if not 1 <= month <= 12:
        return None
    if day and not 1 <= int(day) <= monthrange(int(year or 2024), month)[1]:
        return None
    parts = [year] if year else []
    parts.append(f"{month:02d}")
    if day:
        parts.append(f"{int(day):02d}")
    return "-".join(parts)


def _point(found: re.Match[str], year: str) -> str | None:
    """Normalised date of one match ("" = recurring); None when it is no date after all."""
    for y, m, d in (("cy", "cm", "cd"), ("sy", "sm", "sd"), ("y", "m", "d")):
        if found[m]:
            return _stamp(found[y] or year, int(found[m]), found[d] or "")
    if found["oy"]:
        return _stamp(found["oy"], 12, "")
    if found["q"]:
        quarter = _CHINESE_QUARTER.get(found["q"]) or int(found["q"])
        return _stamp(year, 3 * quarter, "")
    if found["half"]:
        return _stamp(year, 6 if found["half"] == "上" else 12, "")
    if found["yend"] or found["within"]:
        return _stamp(year, 12, "")
    if found["day"]:
        return "" if 1 <= int(found["day"]) <= 31 else None
    return ""


def _is_weak(found: re.Match[str]) -> bool:
    """A period (2023年, 全年) rather than a day: alone it does not make a sentence a deadline."""
    bare_year = found["oy"] and not found["end"]
    return bool(bare_year or found["within"] or (found["q"] and not found["qend"]))


def _needs_time_row(found: re.Match[str]) -> bool:
    """Forms that are as likely a number: 202601, 2023.5, 12月, 全年, 一季度, 15日前."""
    bare_month = found["m"] and not (found["y"] or found["d"] or found["part"])
    short = found["sy"] and not found["sd"]
    return bool(found["cy"] or short or bare_month or found["within"] or found["q"])


def find_deadline(text: str, in_time_row: bool, rate_row: bool = False) -> str | None:
    """Normalised deadline of a cell, "" when it names none exactly, None when it is no deadline.

    `rate_row`: the name is a rate, so a share beside the date (12月底前拨付100%) is the target.
    """
    if in_time_row and not rate_row and _BUDGET_YEAR.fullmatch(text):
        return f"{text}-12"
    return _find(text, in_time_row, rate_row) if may_name_time(text) else None


@lru_cache(maxsize=8192)
def _find(text: str, in_time_row: bool, rate_row: bool) -> str | None:
    points, stamp, year = [], "", ""
    for found in _POINT.finditer(text):
        point = _point(found, year)
        if point is None:
            continue
        points.append(found)
        year = found["cy"] or found["sy"] or found["y"] or found["oy"] or year
        stamp = point or stamp
    if not points:
        return "" if in_time_row and _SET_TIME.search(text) else None
    return stamp if _is_deadline(text, points, in_time_row, rate_row) else None


def _is_deadline(text: str, points: list[re.Match[str]], in_time_row: bool, rate_row: bool) -> bool:
    rest = _without(text, points)
    strong = _STRONG_AFTER.search(text, points[0].start()) is not None
    if _FILLER.fullmatch(rest):
        return in_time_row or strong or not all(_needs_time_row(point) for point in points)
    if all(_is_weak(point) for point in points):
        return False
    counted = bool(quantities(rest)) or re.search(r"[0-9]%?$", rest) is not None
    if counted:
        return in_time_row and not rate_row
    return in_time_row or (strong and len(rest) <= _LONGEST_REST)


def _without(text: str, points: list[re.Match[str]]) -> str:
    """The text around the dates, joined by commas so that no new number arises."""
    pieces, last = [], 0
    for point in points:
        pieces.append(text[last : point.start()])
        last = point.end()
    pieces.append(text[last:])
    return ",".join(pieces)


def is_bare_month(text: str) -> bool:
    """Whether the cell is only a month such as 12月, which may also mean twelve months."""
    return _BARE_MONTH.fullmatch(text) is not None

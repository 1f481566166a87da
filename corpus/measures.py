"""Numbers made comparable across documents: factors folded in, one spelling per unit.

Counts lose 万 and 亿 (5万次 → 50000 次). Money is in 万元 (元 and 亿元 converted), rates of money
in 元 (46.5万元/公里 → 465000 元/公里), so that unit costs stay readable. 百分比 and ％ are %;
‰ stays ‰. Hours, days, working days, months and years keep their unit.
"""

import re
from functools import lru_cache

from text.normalise import fold

_FACTORS = (
    ("百万", 1e6),
    ("千万", 1e7),
    ("十万", 1e5),
    ("百亿", 1e10),
    ("千亿", 1e11),
    ("万", 1e4),
    ("亿", 1e8),
)
_SAME = {
    "百分比": "%",
    "个百分点": "百分点",
    "名": "人",
    "位": "人",
    "个人": "人",
    "工日": "人天",
    "人日": "人天",
    "个工作日": "工作日",
    "个自然日": "天",
    "自然日": "天",
    "日": "天",
    "个月": "月",
    "个小时": "小时",
    "h": "小时",
    "min": "分钟",
    "个季度": "季度",
    "个星期": "周",
    "星期": "周",
    "年度": "年",
    "周年": "年",
    "平米": "平方米",
    "平方": "平方米",
    "m2": "平方米",
    "立方": "立方米",
    "方": "立方米",
    "m3": "立方米",
    "千米": "公里",
    "km": "公里",
    "km2": "平方公里",
    "平方千米": "平方公里",
    "m": "米",
    "cm": "厘米",
    "mm": "毫米",
    "ha": "公顷",
    "hm2": "公顷",
    "千克": "公斤",
    "kg": "公斤",
    "g": "克",
    "t": "吨",
    "l": "升",
    "ml": "毫升",
    "kwh": "千瓦时",
    "度": "千瓦时",
    "kw": "千瓦",
    "mw": "兆瓦",
    "台/件": "台件",
}
_KEPT_FACTOR = ("百分", "千克", "千米", "千瓦", "千字")
_MONEY = {"元": 1.0, "百元": 1e2, "千元": 1e3}
_RATE = re.compile(r"/每?|[·•・*.]每?|每")
_ABOUT_MONEY = re.compile(
    "成本|费|经费|资金|预算|投入|投资|收入|支出|造价|单价|价格|补助|补贴|标准|产值|工资|薪|金额|款"
    "|效益|税|利润|产出值|贷|奖"
)


_ABOUT_COUNT = re.compile("数量|人次|面积|里程|次数|户数|人数|人口|数$|量$|长度")


def about_money(name: str, level2: str) -> bool:
    """Whether a row speaks of money, so that a bare 万 means 万元."""
    if "成本" in level2:
        return True
    return _ABOUT_MONEY.search(name) is not None and _ABOUT_COUNT.search(name) is None


@lru_cache(maxsize=4096)
def _canonical_unit(measure: str, money: bool) -> tuple[float, str]:
    """Factor and unit for a printed measure; the factor is applied to the number."""
    plain = fold(measure).replace("余", "").replace("多", "")
    if "每" in plain:
        plain = plain.replace("(", "").replace(")", "")
    if plain in _SAME:
        return 1.0, _SAME[plain]
    head, *rates = _RATE.split(plain)
    if plain.startswith("每"):
        head, rates = "", [plain[1:]]
    factor, head = _take_factor(head)
    if not head and money:
        head = "元"
    head = _SAME.get(head, head)
    per = [_SAME.get(rate, rate) for rate in rates if rate]
    if head in _MONEY:
        return _money_unit(factor * _MONEY[head], per)
    return factor, _join(head, per)


def _join(head: str, per: list[str]) -> str:
    return head + ("/" + "·".join(per) if per else "")


def _money_unit(factor: float, per: list[str]) -> tuple[float, str]:
    if per:
        return factor, _join("元", per)
    return factor / 1e4, "万元"


def _take_factor(head: str) -> tuple[float, str]:
    if head.startswith(_KEPT_FACTOR):
        return 1.0, head
    for word, factor in _FACTORS:
        if head.startswith(word):
            return factor, head[len(word) :]
    return 1.0, head


def is_bare(measure: str) -> bool:
    """Whether a measure lacks its noun (万, 万/月, /株), so that the row has to tell it."""
    return (
        measure.startswith(("/", "每"))
        or measure.rstrip("余多") in ("万", "亿")
        or "万/" in measure
    )


def canonical(
    number: float | None, measure: str, *, per: str = "", money: bool = False
) -> tuple[float | None, str]:
    """Comparable number and unit for a printed pair.

    `per` is a word such as 年 or 亩 that stood before the number (每年1次 → 次/年); `money` says
    that a bare 万 or a bare rate means money (28.40/株 → 元/株).
    """
    if per and not _RATE.search(measure):
        measure = f"{measure}/{per}"
    if not measure:
        return number, ""
    factor, unit = _canonical_unit(measure, money and is_bare(measure))
    return (None if number is None else round(number * factor, 8)), unit

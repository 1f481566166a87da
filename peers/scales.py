"""Scales: measures that can be compared with each other, in one base each.

Areas are compared in 平方米, lengths in 米, masses in 吨, durations in days, frequencies in times
a year; counts keep their word, but for words that count the same things (篇, 条).
"""

from knowledge.concepts import MeasureClass

_SHARES = {"%": 1.0, "‰": 0.1, "百分点": 1.0, "成": 10.0}
_DAYS = {
    "秒": 1 / 86400,
    "秒钟": 1 / 86400,
    "分钟": 1 / 1440,
    "小时": 1 / 24,
    "天": 1.0,
    "工作日": 7 / 5,
    "周": 7.0,
    "月": 30.0,
    "季度": 91.0,
    "年": 365.0,
}
_A_YEAR = {"天": 365.0, "日": 365.0, "周": 52.0, "月": 12.0, "季度": 4.0, "季": 4.0, "年": 1.0}
_LENGTH = {"米": 1.0, "延米": 1.0, "公里": 1000.0, "里": 500.0, "厘米": 0.01, "毫米": 0.001}
_AREA = {"平方米": 1.0, "㎡": 1.0, "亩": 10000 / 15, "公顷": 1e4, "平方公里": 1e6}
_VOLUME = {"立方米": 1.0, "升": 0.001, "毫升": 1e-6}
_MASS = {"吨": 1.0, "公斤": 0.001, "克": 1e-6, "斤": 0.0005}
_ENERGY = {"千瓦时": 1.0, "千瓦": 1.0, "兆瓦": 1000.0, "瓦": 0.001}
_SCALES: tuple[tuple[MeasureClass, str, dict[str, float]], ...] = (
    (MeasureClass.SHARE, "%", _SHARES),
    (MeasureClass.DURATION, "天", _DAYS),
    (MeasureClass.LENGTH, "米", _LENGTH),
    (MeasureClass.AREA, "平方米", _AREA),
    (MeasureClass.VOLUME, "立方米", _VOLUME),
    (MeasureClass.MASS, "吨", _MASS),
    (MeasureClass.ENERGY, "千瓦时", {"千瓦时": 1.0}),
    (MeasureClass.ENERGY, "千瓦", {"千瓦": 1.0, "兆瓦": 1000.0, "瓦": 0.001}),
)
_KNOWN = {
    unit: (measure_class, base, factor)
    for measure_class, base, units in _SCALES
    for unit, factor in units.items()
}
_SCORES = frozenset("分 级 等 倍 分贝 db ℃ 摄氏度 名次 位次 星 等级".split())
_ONE_WORD = {
    word: words[0]
    for words in (
        ("条", "篇", "条次", "篇次"),
        ("场", "场次"),
        ("台", "台套", "台件"),
        ("户", "农户"),
        ("人", "职工"),
        ("次", "次数"),
        ("班", "班次"),
        ("批", "批次"),
        ("期", "期次"),
        ("件", "件次"),
        ("本", "册"),
    )
    for word in words
}


def scale_of(measure: str) -> tuple[MeasureClass, str, float]:
    """Class and scale of a canonical measure, and what brings a number to the scale's base."""
    known = _KNOWN.get(measure)
    if known:
        return known
    if measure == "万元":
        return MeasureClass.MONEY, "万元", 1.0
    head, mark, per = measure.partition("/")
    if mark:
        if head in ("元", "万元"):
            return MeasureClass.UNIT_COST, f"元/{per}", 1.0 if head == "元" else 1e4
        if per in _A_YEAR:
            return MeasureClass.FREQUENCY, f"{_ONE_WORD.get(head, head)}/年", _A_YEAR[per]
        return MeasureClass.SCORE, measure, 1.0
    if measure in _SCORES:
        return MeasureClass.SCORE, measure, 1.0
    return MeasureClass.COUNT, _ONE_WORD.get(measure, measure), 1.0

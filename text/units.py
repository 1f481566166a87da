"""Units of measure as public budgets print them: 元/人·月, 万平方米, 个工作日, 台/件, ‰.

The list holds words that can be met right after a number; a measure is such a word with a
multiplier before it (万次) and rates after it (元/户·月, 次/年), or a bracketed twin (头（只）).
"""

import re
from collections.abc import Iterable

_MONEY = "亿元 百万元 十万元 万元 千元 百元 元 角 美元"
_SHARES = "百分比 个百分点 百分点 % ‰ 倍 成"
_TIME = (
    "个工作日 工作日 个自然日 自然日 个交易日 个小时 小时 分钟 秒钟 秒 个月 个星期 个季度 季度 "
    "星期 周年 周岁 年度 学年 学期 年 月 周 天 日 岁 课时 学时 机时 工时 h min"
)
_PEOPLE = "人次 人天 人日 人月 人份 人 名 位 户次 户 家次 家庭 家 工日 生 职工 学生 农户 床日"
_LENGTH = (
    "平方公里 平方千米 平方米 平方 平米 立方米 立方 公顷 亩次 亩 公里 千米 厘米 毫米 纳米 "
    "米 里 延米 km² km2 km cm mm m² m2 m³ m3 ㎡ ㎥ ㎞ hm2 ha m"
)
_WEIGHT = "公斤 千克 毫克 微克 克 斤 吨 升 毫升 立升 方 kg ㎏ mg ug μg µg g t ml L"
_ENERGY = "千瓦时 千瓦 兆瓦 瓦 度 kwh kW kw KW MW 伏 安 GB TB MB KB Mbps 兆 分贝 dB ℃ 摄氏度"
_COUNTS = (
    "个 项次 项 件次 件 场次 场 次 期次 期 篇 条次 条 部 台套 台次 台件 台/件 台 套次 套 册次 册 "
    "份 本 张 幅 块 面 片次 片 起 宗 例次 例 批次 批 班次 班期 班 车次 航次 航时 架次 趟 轮次 轮 "
    "届 辆次 辆 架 艘次 艘 座 栋 幢 所 处 间 口 眼 根 株 棵 穴 头次 头 只次 只 匹 羽次 羽 尾 箱 盒 "
    "瓶 袋 包 桶 罐 枚 把 顶 颗 粒 副 环 层 段 路 线 道 盏 杆 组次 组 类 种 门次 门 节次 节 集 档 "
    "帧 款 版次 版 页 栏 首 席 床位 床 对 双 支 队 笔 通 句 万字 字 单 站点 站 点位 点 级 分 等 "
    "亩/次 宿舍 具 艇 卷 令 捆 扇 堆 泵 孔 樘 棚 圈 池 塘 垛 窝 盆 丛 滴 餐 桌 码 号 标段 标 批件 "
    "年一遇 户头 幕 曲 格 事故 比例 标准地 亿 万"
)


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for the longest of these words, written as a tree so that it compiles fast."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    parts = [re.escape(head) + _alternatives(rest) for head, rest in sorted(branches.items())]
    if not parts:
        return ""
    tree = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"(?:{tree})?" if ends else tree


_WORDS = " ".join((_MONEY, _SHARES, _TIME, _PEOPLE, _LENGTH, _WEIGHT, _ENERGY, _COUNTS)).split()
_LATIN_END = re.compile(r"[A-Za-z²³]$")
# A Latin unit must not be the beginning of a word (m of mp3), nor a letter of a grade (A, K).
_ONE = (
    rf"(?:{_alternatives(w for w in _WORDS if _LATIN_END.search(w))}(?![A-Za-z0-9²³])"
    rf"|{_alternatives(w for w in _WORDS if not _LATIN_END.search(w))})"
)
_MANY = r"(?:百万|千万|十万|[百千]?[万亿])?[余多]?"
_RATE = rf"(?:(?:/每?|[·•・*.]每?|每)(?:{_ONE}|[\u4e00-\u9fff]{{1,3}}(?![\u4e00-\u9fff])))"

#: Source of a regular expression for one measure after a number, in half-width text.
MEASURE = (  # A: of dB(A)
    rf"{_MANY}(?:{_ONE}{_RATE}*|(?=/){_RATE}+)"
    rf"(?:[（(](?:{_ONE}|每[\u4e00-\u9fff]{{1,4}}|A)[)）])?"
)


def _character_class(characters: Iterable[str]) -> str:
    return "[" + "".join(re.escape(c) for c in sorted(set(characters))) + "]"


#: A character that a measure may begin with, and one that may stand in it: cheap stand-ins for
#: `MEASURE` where a pattern only looks ahead.
MEASURE_START = _character_class([*(w[0] for w in _WORDS), *"万亿百千"])
MEASURE_CHARACTER = _character_class([*"".join(_WORDS), *"万亿百千/·每"])

_MEASURE = re.compile(MEASURE)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {ord(wide): ord(half) for wide, half in zip("　﹪﹣−﹥﹤", " %--><", strict=True)}

_WIDE_CHARACTER = re.compile(_character_class(map(chr, _WIDE)))
_STARTS = frozenset("".join((*(w[0] for w in _WORDS), "万亿百千十余多/")))
_STARTS |= {chr(code) for code, half in _WIDE.items() if half in map(ord, _STARTS)}

# A measure longer than the longest word with its multiplier has a rate, or a twin in brackets.
_LONGEST_ONE = len("百万余") + max(map(len, _WORDS))
_MORE = re.compile(r"[/·•・*.每(（／．＊]")

_WIDE_IN_MEASURE = {code: half for code, half in _WIDE.items() if chr(code) not in "（）"}


def half_width(text: str) -> str:
    """Full-width Latin, digits and signs become half-width; length and places stay the same."""
    return _WIDE_CHARACTER.sub(_half, text)


def _half(found: re.Match[str]) -> str:
    return chr(_WIDE[ord(found[0])])


def printed_measure(text: str) -> str:
    """A measure as printed, without white space and with half-width %, / and letters."""
    return "".join(text.translate(_WIDE_IN_MEASURE).split())


def is_measure(text: str) -> bool:
    """Whether the whole text is a known measure, such as 万平方米 or 元/人·月."""
    if text[:1] not in _STARTS or (len(text) > _LONGEST_ONE and not _MORE.search(text)):
        return False
    return _MEASURE.fullmatch(half_width(text)) is not None


def leading_measure(text: str, place: int = 0) -> str:
    """Longest known measure that begins at a place of half-width text, or ""."""
    found = _MEASURE.match(text, place) if text[place : place + 1] in _STARTS else None
    return found.group() if found else ""

"""The words of level 1 and level 2, in the spellings met in public tables.

Both official trees are known: 成本 below 产出 (before 2021) and as a level 1 of its own (since).
"""

import re
from functools import lru_cache

from corpus.records import Level1, Level2
from text.normalise import fold, squeeze

_LEVEL1_STEMS: dict[str, Level1] = {
    "产出": Level1.OUTPUT,
    "预期产出": Level1.OUTPUT,
    "项目产出": Level1.OUTPUT,
    "项目完成": Level1.OUTPUT,
    "产出值": Level1.OUTPUT,
    "效益": Level1.BENEFIT,
    "项目效益": Level1.BENEFIT,
    "预期效益": Level1.BENEFIT,
    "效果": Level1.BENEFIT,
    "项目效果": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
    "满意": Level1.SATISFACTION,
    "成本": Level1.COST,
}

_LEVEL2_STEMS: dict[str, Level2] = {
    "数量": Level2.QUANTITY,
    "数量值": Level2.QUANTITY,
    "产出数量": Level2.QUANTITY,
    "质量": Level2.QUALITY,
    "产出质量": Level2.QUALITY,
    "时效": Level2.TIMELINESS,
    "产出时效": Level2.TIMELINESS,
    "成本": Level2.COST,
    "产出成本": Level2.COST,
    "经济效益": Level2.ECONOMIC,
    "社会效益": Level2.SOCIAL,
    "生态效益": Level2.ECOLOGICAL,
    "环境效益": Level2.ECOLOGICAL,
    "可持续影响": Level2.SUSTAINABLE,
    "可持续": Level2.SUSTAINABLE,
    "可持续性": Level2.SUSTAINABLE,
    "可持续发展": Level2.SUSTAINABLE,
    "可持续性影响": Level2.SUSTAINABLE,
    "满意度": Level2.SATISFACTION,
    "服务对象满意度": Level2.SATISFACTION,
    "服务对象的满意度": Level2.SATISFACTION,
    "受益对象满意度": Level2.SATISFACTION,
    "社会公众满意度": Level2.SATISFACTION,
    "社会公众或服务对象满意度": Level2.SATISFACTION,
    "服务对象或社会公众满意度": Level2.SATISFACTION,
    "经济成本": Level2.ECONOMIC_COST,
    "社会成本": Level2.SOCIAL_COST,
    "生态环境成本": Level2.ECOLOGICAL_COST,
    "生态环境效益": Level2.ECOLOGICAL,
    "可持续发展影响": Level2.SUSTAINABLE,
    "生态成本": Level2.ECOLOGICAL_COST,
    "环境成本": Level2.ECOLOGICAL_COST,
}

#: The words of both levels without 指标, longest first, for finding them in running text.
STEMS = tuple(sorted({*_LEVEL1_STEMS, *_LEVEL2_STEMS}, key=len, reverse=True))

PARENTS: dict[Level2, tuple[Level1, ...]] = {
    Level2.QUANTITY: (Level1.OUTPUT,),
    Level2.QUALITY: (Level1.OUTPUT,),
    Level2.TIMELINESS: (Level1.OUTPUT,),
    Level2.COST: (Level1.OUTPUT, Level1.COST),
    Level2.ECONOMIC: (Level1.BENEFIT,),
    Level2.SOCIAL: (Level1.BENEFIT,),
    Level2.ECOLOGICAL: (Level1.BENEFIT,),
    Level2.SUSTAINABLE: (Level1.BENEFIT,),
    Level2.SATISFACTION: (Level1.SATISFACTION, Level1.BENEFIT),
    Level2.ECONOMIC_COST: (Level1.COST,),
    Level2.SOCIAL_COST: (Level1.COST,),
    Level2.ECOLOGICAL_COST: (Level1.COST,),
}

# 受益群众满意度指标, but 受益群众满意度 alone is the name of an indicator
_SATISFACTION = re.compile(r"^[\u4e00-\u9fff]{2,12}满意(度|程度)指标$")

# 一、 (一) 1. before a level, (50分), (0-20)分, 20%, (必填), ★, *, trailing colons: no part of it
_ORNAMENT = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.．]|[(][一二三四五六七八九十\d]{1,2}[)]|\d{1,2}[、.．](?=\D))"
    r"|[(\[【]?[\d.\-~]+[)\]】]?分[)\]】]?|\(\d+%\)|\(必填\)|[★☆*:：]"
)
_PLAIN_WORD = re.compile(r"[\u4e00-\u9fff]+")  # has nothing to clean
_LONGEST_LEVEL = 200  # characters; longer ones are no level words


@lru_cache(maxsize=4096)
def clean_level(text: str) -> str:
    """A printed level word without white space, points, stars and marks."""
    return _plain(fold(text))


@lru_cache(maxsize=4096)
def printed_level(text: str) -> str:
    """A level word as printed, without white space, points, stars and marks."""
    return _plain(squeeze(text))


def _plain(word: str) -> str:
    word = word.replace("（", "(").replace("）", ")")
    return _ORNAMENT.sub("", word) if len(word) <= _LONGEST_LEVEL else word


def _stem(text: str) -> str:
    word = text if _PLAIN_WORD.fullmatch(text) else clean_level(text)
    return word.removesuffix("指标") if word != "指标" else word


@lru_cache(maxsize=4096)
def level1_of(text: str) -> Level1 | None:
    """The level 1 that a whole cell names, or None."""
    return _LEVEL1_STEMS.get(_stem(text)) if text else None


@lru_cache(maxsize=4096)
def level2_of(text: str) -> Level2 | None:
    """The level 2 that a whole cell names, or None."""
    if not text:
        return None
    stem = _stem(text)
    found = _LEVEL2_STEMS.get(stem)
    if found is None and "满" in text and _SATISFACTION.match(clean_level(text)):
        return Level2.SATISFACTION
    return found


def parent_of(level2: Level2, printed: Level1 | None) -> Level1:
    """The level 1 above a level 2: the printed one where the official trees allow it."""
    parents = PARENTS[level2]
    return printed if printed in parents else parents[0]

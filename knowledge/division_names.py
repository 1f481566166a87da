"""How names of divisions are written in running text, and which of them are words of their own."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SHORT_NAME = 2
"""Names of so many characters (易县) are too easily part of another word (贸易县域)."""

WORDS_FILE = Path(__file__).parent / "division_words.txt"

_ENDING = re.compile(r"(?:自治[区州县旗]|联合旗|[地林特新]区|[盟市县区旗省])$")
_PEOPLES = tuple(
    "蒙古族 蒙古 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 "
    "哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜 土族 "
    "达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯 普米族 塔吉克 怒族 保安族 裕固族 独龙族 "
    "各族".split()
)
_SELF_GOVERNED = {"自治州": "州", "自治县": "县", "自治旗": "旗", "族区": "区"}
_CUSTOMARY = {
    "达尔罕茂明安联合旗": ("达茂旗",),
    "鄂温克族自治旗": ("鄂温克旗",),
    "东乡族自治县": ("东乡县",),
    "积石山保安族东乡族撒拉族自治县": ("积石山县",),
    "双江拉祜族佤族布朗族傣族自治县": ("双江县",),
    "科尔沁左翼中旗": ("科左中旗",),
    "科尔沁左翼后旗": ("科左后旗",),
    "科尔沁右翼前旗": ("科右前旗",),
    "科尔沁右翼中旗": ("科右中旗",),
    "察哈尔右翼前旗": ("察右前旗",),
    "察哈尔右翼中旗": ("察右中旗",),
    "察哈尔右翼后旗": ("察右后旗",),
    "东乌珠穆沁旗": ("东乌旗",),
    "西乌珠穆沁旗": ("西乌旗",),
    "鹰手营子矿区": ("营子区",),
    "峰峰矿区": ("峰峰区",),
    "白云鄂博矿区": ("白云矿区",),
    "河北唐山芦台经济开发区": ("芦台经济开发区", "芦台经济技术开发区", "芦台经开区", "芦台开发区"),
    "唐山市汉沽管理区": ("汉沽管理区",),
    "邯郸冀南新区": ("冀南新区",),
    "保定白沟新城": ("白沟新城",),
    "张家口市察北管理区": ("察北管理区",),
    "张家口市塞北管理区": ("塞北管理区",),
    "沧州渤海新区": ("渤海新区",),
}
_ZONES = (
    (
        re.compile(r"高新技术(?:产业)?(?:开发|园)区$|高技术产业开发区$"),
        ("高新区", "高新开发区", "高新技术开发区", "高新技术产业开发区"),
    ),
    (
        re.compile(r"经济(?:技术)?开发区$"),
        ("经开区", "开发区", "经济开发区", "经济技术开发区"),
    ),
)

_OPENER = re.compile(r"(?:[\W\d_]|中共|共产党|共青团|妇女|关于|附件|年|年度|由|在|驻)$")
_LONGEST_OPENER = 3
# 丰城|市场监督, 住院|市民; but 西安市|民政局.
_OTHER_AFTER = {
    "市": re.compile(r"场|值|价|民(?![政族兵营宗用办间爆])"),
    "区": re.compile(r"域|间|别|分(?!局|院)|划"),
    "县": re.compile(r"域|级|直"),
}
# Behind a bare name these make it the name of a town, a street, a school: 太和镇, 宁海路.
_NOT_BARE = re.compile(
    r"[镇乡村路街河湖山江水桥站寺店庄屯岭岛湾湖海港沟口堡营坪坝塘畈苑园里巷]|社区|大道|办事处|"
    r"苏木|嘎查|小学|中学|学校|幼儿|中心校|卫生院|敬老|完小|初中|高中|[东西南北中][路街]|新[村城]"
)

# Another division's name that only starts alike: 乌兰|泊市; but 怀来|城市管理局, 西安|高新区.
_LONGER_NAME = re.compile(
    r"[\u4e00-\u9fff]{0,3}?(?:(?<![城都超股上])市(?![场政民容])|县|(?<![红国])旗|"
    r"(?<![新发开园社城小景灌校库林牧山片街辖灾战地护范矿])区)"
)


@cache
def words() -> frozenset[str]:
    """Names that also are words: alone they say nothing of a place."""
    return _listed("words")


@cache
def common_names() -> frozenset[str]:
    """Names that towns and streets everywhere bear, without the ending of a division."""
    return _listed("common")


def opens(text: str, place: int) -> bool:
    """Whether a name may start here: behind a digit, a mark, or a word such as 中共."""
    return _OPENER.search(text, max(0, place - _LONGEST_OPENER), place) is not None


def is_other_word(name: str, after: str) -> bool:
    """Whether what follows makes the end of a full name part of another word: 合作市|场."""
    found = _OTHER_AFTER.get(name[-1])
    return found is not None and found.match(after) is not None


def is_bare_place(after: str) -> bool:
    """Whether a name without its ending can be a division, seen from what follows."""
    return _NOT_BARE.match(after) is None


def is_longer_name(after: str) -> bool:
    """Whether what follows a name without its ending completes it to an unknown division's."""
    return _LONGER_NAME.match(after) is not None


@cache
def stem_of(name: str) -> str:
    """The name without ending and peoples (围场满族蒙古族自治县 → 围场), or ""."""
    if name.endswith("矿区") or name in ("西沙群岛", "南沙群岛"):
        return ""
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else ""
    if "自治" in name or stem.endswith("族"):
        stem = _without_peoples(stem)
    return stem if len(stem) >= SHORT_NAME else ""


def other_names(name: str, province: str, city: str, code: str) -> Iterator[str]:
    """The other complete names of a division: 湘西州, 青龙县, 管城区, 承德高新区."""
    yield from _CUSTOMARY.get(name, ())
    if name.endswith(tuple(_SELF_GOVERNED)) and (stem := stem_of(name)):
        yield from (stem + short for end, short in _SELF_GOVERNED.items() if name.endswith(end))
    if code[4] == "7" and name != city:
        yield from _zone_names(name, stem_of(province), city)


def _listed(section: str) -> frozenset[str]:
    found: set[str] = set()
    inside = False
    for line in WORDS_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            inside = line.startswith(f"[{section}]")
        elif inside:
            found.update(line.split())
    return frozenset(found)


def _without_peoples(stem: str) -> str:
    while people := next((p for p in _PEOPLES if stem.endswith(p)), ""):
        if len(stem) - len(people) < SHORT_NAME:
            break
        stem = stem.removesuffix(people)
    return stem


def _zone_names(name: str, province: str, city: str) -> Iterator[str]:
    """河北唐山海港经济开发区 is also 唐山海港经开区, 唐山市海港经济开发区."""
    own = stem_of(city)
    rest = name if name.startswith(own) else name.removeprefix(province)
    for start in (city, own):
        if rest.startswith(start):
            rest = rest[len(start) :]
            break
    else:
        if rest != name:
            yield rest
        return
    for tail in _zone_tails(rest):
        yield own + tail
        yield city + tail


def _zone_tails(tail: str) -> Iterator[str]:
    yield tail
    for pattern, kinds in _ZONES:
        found = pattern.search(tail)
        if found:
            yield from (tail[: found.start()] + kind for kind in kinds)

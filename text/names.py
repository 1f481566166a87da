"""Names of persons behind a label of a form: where they begin and end.

A Chinese name cannot be told from other words by its form alone. Here a label (项目负责人,
联系人) has already said that a person should follow; what is left is to refuse what forms and
rules print there as well: the next label, an office, a duty.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from knowledge.surnames import DOUBLE, NO_NAMES, SINGLE

Span = tuple[int, int]


class Gap(IntEnum):
    """What stands between a label and the word behind it."""

    NONE = 0
    SPACE = 1
    CELL = 2
    COLON = 3


_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_GAP = re.compile(r"[\s:|_]{0,60}")
_DOTTED = re.compile(f"[{_HAN}]{{1,8}}(?:[·•・‧.][{_HAN}]{{1,8}}){{1,3}}")
_LETTERS_APART = re.compile(f"[{_HAN}](?:[ \u3000\u00a0]{{1,4}}[{_HAN}]){{1,2}}(?![{_HAN}])")
_STILL_APART = re.compile(f"[ \u3000\u00a0]+[{_HAN}](?![{_HAN}])")
_WORD = re.compile(f"[{_HAN}]{{2,4}}(?![{_HAN}])")
# An office before the name: 农业技术推广中心/石敬远, 财政局 李明, 林业局李明
_OFFICE = re.compile(
    rf"[{_HAN}\w()]{{2,25}}/\s*"
    rf"|[{_HAN}]{{1,20}}?(?:[局办科股处室站所院委厅部]|中心|公司|政府|学校|街道)(\s*)"
)
_NEXT = re.compile(r"\s*[、,/;]\s*|\s*[和及与]\s*|\s+")

# What follows a name in text without gaps.
_FOLLOWS = re.compile(
    r"\s*(?:同志|先生|女士|主任|副|局长|科长|股长|书记|[镇乡县市区村院校站所]长|联系|电话|手机|电子|签字|签名"
    r"|签章|日期|填报|填表|审核|审批|复核|经办|主管|市县|实施|主要|单位|部门|职务|身份|负责|牵头|分管|具体"
    r"|等人|等[\d一二三四五六七八九十]|为|项目[类名资属起总概基]|资金|年度|预算|开户|财务|绩效|是|任)"
)
_NUMBER = re.compile(r"[\s:(/]*[0-9+(][0-9\- ()]{6}")
_ALSO_NAMES = frozenset(
    "高峰 高原 成功 田园 文明 金华 江河 安康 平安 平原 岳阳 温泉 时代 成长 方向".split()
)
_JOINING = frozenset("和由向但")
_OFFICE_END = frozenset("局办科股部处室站所院委厅会组队校场")
_OFFICE_START = frozenset("党农商文林水公车武国司金计项安")
_THING_END = _OFFICE_END | frozenset("员长数率度表额类型量费级等者间期日称位书证号章法性险")
_NO_NAME_CHARACTERS = frozenset(
    "员部科局室股组队各全等委会办处司院校村镇乡街班站所厅干单位人相有无见同上下附待定未暂按由该其本县市省区"
    "国家公众数量时间年月日号不是及或负责签字盖章审核填报期联系电话主管务方者户监理设计师专职兼任的与和对"
)


def names_behind(text: str, start: int) -> Iterator[Span]:
    """Spans of the names behind a label that ends at `start`, in half-width text.

    Several names may be listed (李明、王芳); an office may stand before them.
    """
    gap = _GAP.match(text, start)
    position = gap.end() if gap else start
    kind = _kind(text[start:position])
    span = _name(text, position, kind) or _behind_office(text, position, kind)
    while span is not None:
        yield span
        following = _NEXT.match(text, span[1])
        if following is None:
            return
        bare = not following.group().strip()
        span = _plain(text, following.end(), Gap.NONE if bare else Gap.SPACE)


def _kind(gap: str) -> Gap:
    if ":" in gap:
        return Gap.COLON
    if any(mark in gap for mark in "\t\n|"):
        return Gap.CELL
    return Gap.SPACE if gap else Gap.NONE


def _name(text: str, position: int, gap: Gap) -> Span | None:
    dotted = _DOTTED.match(text, position)
    if dotted and "." not in dotted.group():
        return dotted.span()
    found = _plain(text, position, gap)
    if found is None and gap is not Gap.NONE:
        found = _apart(text, position)
    if found is None and gap is Gap.COLON:
        found = _foreign(text, position)
    return found


def _behind_office(text: str, position: int, gap: Gap) -> Span | None:
    office = _OFFICE.match(text, position)
    while office is not None:
        apart = office.group(1) is None or office.group(1)  # by a slash, or by white space
        if apart or gap > Gap.SPACE:
            span = _plain(text, office.end(), Gap.SPACE if apart else Gap.NONE)
            if span is not None and (apart or not _HAN_CHARACTER.match(text, span[1])):
                return span
        office = _OFFICE.match(text, office.end()) if office.group(1) == "" else None
    return None


def _plain(text: str, position: int, gap: Gap) -> Span | None:
    """A family name and one or two characters, and then something else than another word."""
    if text[position : position + 2] in DOUBLE:
        lengths: tuple[int, ...] = (4, 3, 2)
    elif text[position : position + 1] in SINGLE:
        lengths = (3, 2)
    else:
        return None
    for length in lengths:
        end = position + length
        word = text[position:end]
        if len(word) < length or not all(map(_HAN_CHARACTER.match, word)) or not _ends(text, end):
            continue
        sure = gap > Gap.NONE and _NUMBER.match(text, end)  # with a telephone number behind it
        if not _is_other(word, Gap.CELL if sure else gap):
            return position, end
    return None


def _ends(text: str, end: int) -> bool:
    return not _HAN_CHARACTER.match(text, end) or _FOLLOWS.match(text, end) is not None


def _is_other(word: str, gap: Gap) -> bool:
    """Whether a word that looks like a name is none: an office, a duty, another label."""
    if gap < Gap.CELL and word[0] in _JOINING:
        return True
    if word[:2] in NO_NAMES and not (gap >= Gap.CELL and word in _ALSO_NAMES):
        return gap < Gap.CELL or len(word) != 3 or word[-1] in _THING_END
    if word[-1] in _OFFICE_END:
        return gap is Gap.NONE or word[0] in _OFFICE_START
    return False


def _apart(text: str, position: int) -> Span | None:
    """A name with spaces inside: 李 明. Labels are printed so too: 单 位, 项 目 名 称."""
    found = _LETTERS_APART.match(text, position)
    if found is None or _STILL_APART.match(text, found.end()):
        return None
    word = "".join(found.group().split())
    if word[0] in SINGLE and word[:2] not in NO_NAMES and _ends(text, found.end()):
        return found.span()
    return None


def _foreign(text: str, position: int) -> Span | None:
    """A name without a family name of Han tradition: 扎西次仁."""
    found = _WORD.match(text, position)
    if found is None:
        return None
    word = found.group()
    if word[:2] in NO_NAMES or _NO_NAME_CHARACTERS.intersection(word):
        return None
    return found.span()

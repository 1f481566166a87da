"""Which concept a printed name is: its standard name, or a phrasing that means just the same.

Equal texts only. What is near in meaning is for vectors to find; here the answer to an unknown
name is None.
"""

import re
from functools import cache, lru_cache

from knowledge.concepts import Concept, concepts
from text.normalise import fold
from text.units import is_measure

_BULLET = re.compile(r"^\s*[\u2460-\u2473\u2776-\u2793●•·▪■◆*-]\s*")
_NUMBERING = re.compile(r"^(?:指标)?\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[):、]|\.(?!\d))+")
_BRACKETS = re.compile(r"[(\[【〔](?:计量单位|单位)?:?([^()\[\]【】〔〕]{1,12})[)\]】〕]")
_SIGNS = re.compile(r"[^\w%‰/]+")
_HEADS = re.compile(
    r"^(?:计划|完成|开展|实施|举办|组织|进行|落实|推进|实现|全年|年度|当年|本年|全县|全市|全区|本级)+"
)
_COUNT = re.compile(r"(?:数量|个数)$")
_SHORTEST = 3


@lru_cache(maxsize=1 << 16)
def concept_of(text: str) -> Concept | None:
    """The concept that a printed name or phrase tells; None where none is known.

    Width, case, white space, numbering and a measure in brackets (（人次）) do not matter. Leading
    verbs and years (完成, 全年) and 数量 for 数 do not either, unless that leaves two concepts.
    """
    plain = _plain(text)
    found = _exact().get(plain)
    return found or _loose().get(_core(plain))


@cache
def _exact() -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for concept in concepts():
        for text in (concept.name, *concept.phrasings):
            found.setdefault(_plain(text), concept)
    for concept in concepts():
        found[_plain(concept.name)] = concept
    return found


@cache
def _loose() -> dict[str, Concept | None]:
    """Concepts by the core of their texts; None where two share it."""
    found: dict[str, Concept | None] = {}
    for plain, concept in _exact().items():
        core = _core(plain)
        found[core] = concept if found.get(core, concept) == concept else None
    return found


def _plain(text: str) -> str:
    """What two prints of one name have in common."""
    folded = _NUMBERING.sub("", fold(_BULLET.sub("", text)))
    bare = _BRACKETS.sub(lambda found: "" if is_measure(found[1]) else found[0], folded)
    return _SIGNS.sub("", bare)


def _core(plain: str) -> str:
    """A plain text without leading verbs and years, and with 数 for 数量."""
    core = _HEADS.sub("", plain)
    return _COUNT.sub("数", core if len(core) >= _SHORTEST else plain)

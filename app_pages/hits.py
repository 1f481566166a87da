"""The hits of a search, one card each: all of them one piece of the page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app_pages.leads import follow, leads
from app_pages.own import component, draw
from app_pages.words import project_name
from index.bands import Band
from index.results import Highlight, Hit, Scope
from text.normalise import one_line

_BAND_WORDS = {band: band.value for band in Band} | {Band.NONE: "较远"}
_BAND_HELP = {
    Band.SAME: "多半是同一个指标的不同写法。",
    Band.KIND: "同一类的指标，写法可以参照。",
    Band.RELATED: "说的是相关的事，指标不一定相同。",
    Band.NONE: "离所查的较远，只供参考。",
}
_HITS = component("hits")


def show_hits(hits: Sequence[Hit], scope: Scope, key: str) -> None:
    """What each hit says, its target value, whose it is, and what to do with it."""
    shown = {
        "scope": scope,
        "leads": leads(takes=scope is Scope.INDICATOR),
        "hits": [card(hit, scope) for hit in hits],
    }
    draw(_HITS, shown, key=key, on_pick=follow())


def card(hit: Hit, scope: Scope) -> dict[str, Any]:
    """What a hit says, in plain texts and parts of texts (`hits.js` lays it out)."""
    others = [one_line(unit) for unit in hit.units if unit != hit.unit]
    return {
        "id": hit.id,
        "rank": hit.rank,
        "name": _marked(hit, "name"),
        "value": one_line(hit.value) if scope is Scope.INDICATOR else None,
        "description": None if scope is Scope.GOAL else _marked(hit, "description"),
        "badge": _badge(hit),
        "whose": one_line(_whose(hit, scope)),
        "same": _same_wording(hit, len(others)),
        "others": others,
    }


def _marked(hit: Hit, field: str) -> list[tuple[str, str]]:
    """A text in parts; what it has in common with the question is named (`Highlight.kind`)."""
    own = (one for one in hit.highlights if one.field == field)
    return [part for part in _parts(str(getattr(hit, field)), own) if part[0]]


def _parts(text: str, highlights: Iterable[Highlight]) -> Iterator[tuple[str, str]]:
    done = 0
    for one in sorted(highlights, key=lambda one: (one.start, one.end)):
        if done <= one.start < one.end <= len(text):
            yield text[done : one.start], ""
            yield text[one.start : one.end], one.kind
            done = one.end
    yield text[done:], ""


def _badge(hit: Hit) -> tuple[str, str, str] | None:
    """How near it is: the word, its look, and what it means."""
    if not hit.band:
        return None
    score = f"相关度 {hit.score:.2f}：意思相近 {hit.dense:.2f}，用词相同 {hit.lexical:.2f}"
    return _BAND_WORDS[hit.band], hit.band.name.lower(), f"{_BAND_HELP[hit.band]}{score}"


def _whose(hit: Hit, scope: Scope) -> str:
    parts = [
        hit.level2 or hit.level1,
        hit.unit or "单位未注明",
        "" if scope is Scope.PROJECT else project_name(hit.project),
        f"{hit.year}年" if hit.year else "年度未注明",
        "" if hit.band else f"相关度 {hit.score:.2f}",
        "已更正" if hit.corrected else "",
    ]
    return " · ".join(part for part in parts if part)


def _same_wording(hit: Hit, others: int) -> str:
    """How many more have the same wording."""
    if hit.count < 2:
        return ""
    return f"另有 {others} 个单位写法相同" if others else f"另有 {hit.count - 1} 行写法相同"

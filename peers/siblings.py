"""Measurable indicators to take instead of one that cannot be measured."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Level2
from index.results import Hit, SearchRequest
from peers.fitting import can_be
from peers.meaning import Meaning
from peers.records import Draft, Peer, Reach
from peers.retrieve import Corpus, peers_of_hits
from text.hollow_names import is_hollow

MOST = 6

# What can be counted where a name only praises; looked for among peers, never shown by itself.
_INSTEAD: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"影响力|知名度|美誉度|宣传|舆论|氛围|形象|关注"),
        "粉丝量 点击量 上级媒体采用稿件条数",
    ),
    (re.compile(r"经济|利润|效率|增收|产业"), "带动就业人数 增加收入金额 节约资金金额"),
    (re.compile(r"生态|环境|绿色|污染|节能"), "环保宣传条数 减排量 绿化面积"),
    (re.compile(r"可持续|长效|持续|机制"), "设备正常运行率 使用年限 管护覆盖率"),
    (re.compile(r"社会|稳定|保障|服务|作用|民生"), "受益人数 服务人次 投诉办结率"),
)
_HITS = 24
_LOOKED_AT = 30
_OF_A_HIT = 2


def siblings(draft: Draft, others: Sequence[Hit], corpus: Corpus) -> tuple[Peer, ...]:
    """Measurable rows of other units to take instead, those nearest in meaning first.

    What is known to be countable in the draft's field comes first, then hits near it.
    """
    meaning = Meaning.of(draft)
    known = next((texts for words, texts in _INSTEAD if words.search(draft.name)), "")
    hits: list[Hit] = []
    if known and meaning.hollow:
        where = {**draft.where, "measurable": ("true",)}
        request = SearchRequest(known, top=_HITS, where=where, marked=False, anyway=True)
        hits += corpus.search(request).hits
    hits += others
    wanted = [
        replace(hit, members=hit.members[:_OF_A_HIT])
        for hit in hits
        if not is_hollow(hit.name) and not meaning.is_same(hit)
    ]
    named: dict[str, Peer] = {}
    for peer in peers_of_hits(
        draft, wanted[:_LOOKED_AT], _OF_A_HIT * _LOOKED_AT, corpus.rows, Reach.FAMILY
    ):
        if _is_measured(peer):
            named.setdefault(peer.name, peer)
    return tuple(named.values())[:MOST]


def _is_measured(peer: Peer) -> bool:
    level2 = Level2(peer.level2) if peer.level2 else None
    return can_be(peer.name, level2, peer.quantity)

"""Why no value is suggested, in words for a drafter."""

from collections.abc import Sequence

from peers.records import Draft, Peer, Reach, Refusal, RefusalCode
from text.hollow_names import is_hollow
from text.normalise import fold

_BY_CODE = {
    RefusalCode.BAND_TOO_LOW: "没有找到同类指标，最接近的也只是相关；"
    "请换个说法，或写明对象和计量内容。",
    RefusalCode.MEASURES_DISAGREE: "同类指标的计量方式不一致，没有一种占到一半；"
    "请看下面的实例自行选择。",
    RefusalCode.VALUES_DISAGREE: "同类指标的数值相差太大，给不出可靠的数；请看下面的分布和实例。",
}


def refusal_of(
    draft: Draft, peers: Sequence[Peer], votes: Sequence[Peer], found: RefusalCode | None
) -> Refusal | None:
    """The refusal that holds for rows `peers` and their measurable `votes`; None: an answer.

    `found` is what the votes themselves gave.
    """
    if found is None:
        return None
    code = _code(draft, peers, votes, found)
    return Refusal(code, _message(code, draft, peers, votes))


def _code(
    draft: Draft, peers: Sequence[Peer], votes: Sequence[Peer], found: RefusalCode
) -> RefusalCode:
    if found is not RefusalCode.TOO_FEW_PEERS:
        return found
    if is_hollow(draft.name):
        return RefusalCode.NOT_MEASURABLE
    same = [peer for peer in peers if peer.reach is Reach.SAME]
    if not peers:
        return RefusalCode.BAND_TOO_LOW
    if same and not any(peer.reach is Reach.SAME for peer in votes):
        return RefusalCode.ONLY_ECHO
    return found


def _message(code: RefusalCode, draft: Draft, peers: Sequence[Peer], votes: Sequence[Peer]) -> str:
    if code is RefusalCode.NOT_MEASURABLE:
        return (
            f"「{draft.name}」没有可计量的对象，写百分比也是口号；"
            "请改用能数、能查的指标，下面列出同类单位改用的写法。"
        )
    if code is RefusalCode.ONLY_ECHO:
        echoes = sum(peer.value.echo for peer in peers if peer.reach is Reach.SAME)
        said = f"（其中 {echoes} 条照抄名称）" if echoes else ""
        return f"同名指标都没有写出可衡量的值{said}，没有可参照的数。"
    if code is RefusalCode.TOO_FEW_PEERS:
        units = len({fold(peer.unit) for peer in votes if peer.reach is Reach.SAME})
        return f"同一指标只有 {units} 个单位写出了可衡量的值，少于 3 个，不足以给出建议。"
    if code is RefusalCode.VALUES_DISAGREE and _needs_budget(draft, votes):
        return "同类指标的金额随预算变化；请给出本项目的预算金额（万元），再看建议值。"
    return _BY_CODE[code]


def _needs_budget(draft: Draft, votes: Sequence[Peer]) -> bool:
    money = [p for p in votes if p.quantity and p.quantity.measure_class == "money"]
    return not draft.budget_wan and 2 * len(money) > len(votes)

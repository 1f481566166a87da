"""Better wording: how peers name and describe the same indicator where they say more."""

import re
from collections.abc import Sequence

from peers.records import Draft, Peer, Reach, Rephrased
from text.name_classes import plain_name
from text.normalise import fold

MOST = 4

_FORMULA = re.compile(r"[÷×/*=＝]|占.{0,20}(?:比|重|率)|之比|比值|的比例|百分比|除以|比率")
_SCOPE = re.compile(
    r"全年|年度|年内|当年|本年|每[年月季周日]|全[县市区省镇乡]|[县市区镇乡村]级|辖区|范围|本单位|本部门|各[县市区镇乡村]"
)
_OBJECT_LENGTH = 4


def rephrased(draft: Draft, peers: Sequence[Peer]) -> tuple[Rephrased, ...]:
    """Wordings of the same indicator that tell object, scope or formula, the fullest first.

    Each name is shown once, with its fullest description.
    """
    shown: dict[str, tuple[tuple[int, float, str], Rephrased]] = {}
    for peer in peers:
        if peer.reach is not Reach.SAME:
            continue
        tells = what_it_tells(peer, draft)
        form = fold(peer.name + peer.description)
        if tells and form not in shown:
            rank = (-len(tells), -peer.score, peer.id)
            shown[form] = (
                rank,
                Rephrased(peer.id, peer.name, peer.description, peer.unit, peer.source, tells),
            )
    return tuple(entry for _, entry in sorted(shown.values(), key=lambda item: item[0])[:MOST])


def what_it_tells(peer: Peer, draft: Draft) -> tuple[str, ...]:
    """What a row says beyond the draft's own name: 对象, 范围, 公式."""
    own = fold(draft.name)
    name, description = fold(peer.name), fold(peer.description)
    if fold(draft.description) == description:
        description = ""
    if description in (name, own, plain_name(peer.name)):
        description = ""
    text = f"{name}{description}"
    tells = []
    if len(name) - len(own) >= 2 or len(description) - len(own) >= _OBJECT_LENGTH:
        tells.append("对象")
    if _SCOPE.search(text) and not _SCOPE.search(own):
        tells.append("范围")
    if _FORMULA.search(description):
        tells.append("公式")
    return tuple(tells)

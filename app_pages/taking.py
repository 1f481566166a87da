"""加入草稿: rows taken from any page into the draft of this user."""

from collections.abc import Callable, Sequence

import streamlit as st

from app_pages import links
from app_pages.house import open_home
from app_pages.links import Hand
from errors import DraftMissingError, DuibiaoError
from service import drafts
from service.advice import advice
from service.draft_records import KeptDraft, KeptRow
from service.home import Home

_EMPTY = KeptDraft()


def at_hand(home: Home) -> KeptDraft | None:
    """The draft at hand, None for none or one that cannot be read (the page 我的草稿 says why)."""
    try:
        return drafts.read(home, links.token()) if links.token() else None
    except DuibiaoError:
        return None


def rows_at_hand() -> int:
    """How many rows the draft at hand has; 0 without one."""
    try:
        found = at_hand(open_home()) if links.token() else None
    except DuibiaoError:
        return 0
    return len(found.rows) if found else 0


def held_records() -> frozenset[str]:
    """Ids of the records of the corpus that the draft at hand was taken from."""
    try:
        found = at_hand(open_home())
    except DuibiaoError:
        return frozenset()
    rows = found.rows if found else ()
    return frozenset(one.record for row in rows for one in row.origins)


def offer_take(records: Sequence[str], *, key: str, label: str = "加入草稿") -> None:
    """A button that takes records of the corpus (ids of indicators) into the draft."""
    st.button(
        label,
        key=key,
        icon=":material/playlist_add:",
        disabled=not records,
        on_click=take_records,
        args=(open_home(), links.hand(), tuple(records)),
    )


def take_records(home: Home, hand: Hand, records: Sequence[str]) -> None:
    """Take records of the corpus into the draft. For callbacks."""
    _take(home, hand, lambda: drafts.rows_of(home, records))


def take_rows(home: Home, hand: Hand, rows: Sequence[KeptRow], head: KeptDraft = _EMPTY) -> None:
    """Take rows into the draft, whose head is filled from that of `head`. For callbacks."""
    _take(home, hand, lambda: rows, head)


def _take(
    home: Home, hand: Hand, rows: Callable[[], Sequence[KeptRow]], head: KeptDraft = _EMPTY
) -> None:
    """Take rows into the draft at hand, or into a new one, and say what came of it.

    It must not call Streamlit, see `app_pages.links`.
    """
    try:
        wanted = rows()
        if not wanted:
            hand.said.append(("这一行已不在语料里，没有加入。", ":material/info:"))
            return
        draft, added = _add(home, hand.draft, wanted, head)
    except DuibiaoError as error:
        tell_error(hand, error, "没有加入草稿：")
        return
    hand.hold(draft.token)
    if added:
        said = f"已加入草稿 {added} 行，共 {len(draft.rows)} 行。"
        hand.said.append((said, ":material/playlist_add_check:"))
    else:
        held = "这一行" if len(wanted) == 1 else f"这 {len(wanted)} 行"
        hand.said.append((f"草稿里已有{held}。", ":material/info:"))


def tell_error(hand: Hand, error: DuibiaoError, before: str = "") -> None:
    """Have the next run say what went wrong. For callbacks."""
    words = advice(type(error))
    hand.said.append((f"{before}{words.what}{words.cure}", ":material/error:"))


def _add(home: Home, token: str, rows: Sequence[KeptRow], head: KeptDraft) -> tuple[KeptDraft, int]:
    """Into the draft at hand; into a new one where there is none, or where it was removed."""
    if token:
        try:
            return drafts.add(home, token, rows, head)
        except DraftMissingError:
            pass
    return drafts.add(home, drafts.create(home).token, rows, head)

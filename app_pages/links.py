"""The address of a page: what every page shares in it, and links to pass on.

The address is the state: a run reads it, a click writes it. So a link can be passed on and the
browser's back button steps through what was seen. (Widgets bound with `bind="query-params"`
replace the history entry instead of adding one, and would write the counts of filter labels
into the address.)

Shared by all pages: `draft`, the secret name of the draft at hand, and `open`, the record whose
panel is open. The draft is kept in the session too, as Streamlit's own navigation drops it.

Every use of `st.session_state` and `st.query_params` is a point where Streamlit breaks a run off
to answer a newer click, also inside a callback: what that callback was still to do is lost. One
that writes something works on a `Hand`, which is plain memory; the run after it does the rest.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

if TYPE_CHECKING:  # a first page has no draft
    from service.draft_records import KeptDraft

Change = Callable[["KeptDraft"], "KeptDraft"]
Params = Mapping[str, str | Sequence[str]]
Option = TypeVar("Option", bound=str)
Item = TypeVar("Item")

DRAFT = "draft"
SEE = "open"
_LONGEST = 500
_HAND = "hand"
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_BRING = """<script>
  (() => {
    const address = new URL(window.location.href);
    if (address.searchParams.has("draft")) return;
    address.searchParams.set("draft", "TOKEN");
    window.history.replaceState({}, "", address);
  })();
</script>"""


@dataclass(slots=True)
class Hand:
    """What one user has at hand: the secret name of the draft, "" for none.

    `moved`: the address has not heard of the draft. `said`: what callbacks have to tell, each with
    its icon. `asked`: changes that were asked for and are still to be made, each with the name of
    its draft (see `app_pages.draft_editor`). `name`: another for each user, which a browser can be
    told. `answered`: by component, when the last click was made that has been answered, by the
    browser's clock (see `app_pages.own`).
    """

    draft: str = ""
    moved: bool = False
    said: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[str, Change]] = field(default_factory=list)
    name: str = field(default_factory=lambda: token_hex(4))
    answered: dict[str, float] = field(default_factory=dict)

    def ask(self, change: Change) -> None:
        """Note a change of the draft at hand, which the next run makes. For callbacks."""
        self.asked.append((self.draft, change))

    def hold(self, name: str) -> None:
        """Have this draft at hand."""
        self.moved = self.moved or name != self.draft
        self.draft = name


def hand() -> Hand:
    """What this user has at hand."""
    if _HAND not in st.session_state:
        st.session_state[_HAND] = Hand()
    found: Hand = st.session_state[_HAND]
    return found


def turn_to(params: Params) -> None:
    """Move on to this state of the page, with one new entry in the history. For callbacks.

    The draft at hand comes along; an open panel closes.
    """
    st.query_params.from_dict({**shared(), **params})


def see(record: str) -> None:
    """Open the panel of an indicator, a goal or a project (by id). For callbacks."""
    st.query_params[SEE] = record


def seen() -> str:
    """The record whose panel is open, "" for none."""
    return str(st.query_params.get(SEE, ""))[:_LONGEST]


def look_away() -> None:
    """Close the panel: the page stands as it was before. For callbacks."""
    if SEE in st.query_params:
        del st.query_params[SEE]


def own() -> dict[str, list[str]]:
    """The parameters that belong to this page alone."""
    return {
        name: st.query_params.get_all(name) for name in st.query_params if name not in (DRAFT, SEE)
    }


def text(name: str) -> str:
    """A parameter of the page, "" where it has none."""
    return str(st.query_params.get(name, ""))[:_LONGEST].strip()


def choice(name: str, options: Iterable[Option], usual: Option) -> Option:
    """A parameter that is one of some options; the usual one where it is none of them."""
    return next((one for one in options if one == st.query_params.get(name)), usual)


def number(name: str, usual: int, most: int) -> int:
    """A parameter that is a number from 1 to `most`."""
    said = st.query_params.get(name, "")
    plain = said.isascii() and said.isdecimal() and len(said) < 9
    return max(1, min(int(said), most)) if plain else usual


def on_this_page(
    items: Sequence[Item], each: int, name: str, param: str = "page", *forgotten: str
) -> Sequence[Item]:
    """The part of a long list that the address asks for, with buttons where there are more.

    `each`: how many items a part has. `name` tells the buttons of several lists apart, `param`
    what the address says of them; `forgotten` parameters go when another part is chosen.
    """
    pages = max(1, -(-len(items) // each))
    page = number(param, 1, pages)
    if pages > 1:
        key = f"{name}_page_{page}"  # another one for each page, as it cannot be set from here
        st.pagination(
            pages, default=page, key=key, on_change=note, args=(param, key, 1, *forgotten)
        )
    return items[(page - 1) * each : page * each]


def note(name: str, key: str, usual: object = "", *forgotten: str) -> None:
    """Write what a widget says into the address; `forgotten` parameters go. For callbacks."""
    said = st.session_state[key]
    params: dict[str, str | list[str]] = {
        other: values for other, values in own().items() if other not in (name, *forgotten)
    }
    if isinstance(said, list | tuple):
        params[name] = [str(one) for one in said]
    elif said not in (None, "", usual):
        params[name] = str(said)
    turn_to(params)


def shared() -> dict[str, str]:
    """What a link to another page has to carry for the draft to come along."""
    return {DRAFT: token()} if token() else {}


def token() -> str:
    """The secret name of the draft at hand, "" for none; a wrong link gives a wrong one."""
    return hand().draft


def take_up() -> None:
    """Learn the draft from the address. To be called first in every run."""
    tell()
    asked = str(st.query_params.get(DRAFT, ""))[:_LONGEST]
    if asked:
        hand().draft = asked


def tell() -> None:
    """Tell the address and the user what callbacks left to tell. To be called in fragments too."""
    held = hand()
    if held.moved:
        if held.draft:
            st.query_params[DRAFT] = held.draft
        elif DRAFT in st.query_params:
            del st.query_params[DRAFT]
        held.moved = False
    while held.said:
        text, icon = held.said[0]
        st.toast(text, icon=icon)
        del held.said[0]


def bring_along() -> None:
    """Put the draft into the address of a page that was reached without it.

    Written by a script of ours, as `st.query_params` would add a step to the history: going back
    would first lead to the same page without the draft.
    """
    if token() and DRAFT not in st.query_params and _PLAIN.fullmatch(token()):
        st.html(_BRING.replace("TOKEN", token()), unsafe_allow_javascript=True)


def link(**params: str) -> str:
    """The address of what is shown now, to be passed on: without the draft, which is private.

    Parameters given replace those of the address.
    """
    said: dict[str, str | list[str]] = {
        name: st.query_params.get_all(name) for name in st.query_params if name != DRAFT
    }
    return absolute({**said, **params})


def absolute(params: Params) -> str:
    """The full address of this page with parameters."""
    base = urlsplit(st.context.url or "")
    return urlunsplit((base.scheme, base.netloc, base.path, urlencode(params, doseq=True), ""))


def offer_link(key: str, **params: str) -> None:
    """A button that shows the link of what is shown now, with a mark that copies it."""
    with st.popover("复制链接", icon=":material/link:", type="tertiary", key=key):
        st.caption("点右上角的复制图标，发给同事，打开看到的与这里相同；链接不带你的草稿。")
        st.code(link(**params), language=None, wrap_lines=True)

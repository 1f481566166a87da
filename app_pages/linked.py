"""Rows of the corpus as a table in which each row leads to its panel and into the draft."""

from collections.abc import Mapping, Sequence

from app_pages import links
from app_pages.house import open_home
from app_pages.quick_table import Part, show_table
from app_pages.taking import take_records
from app_pages.words import number

_SEE = Part("看全表", "button", "see")
_TAKE = Part("加入草稿", "button", "take")


def show_linked(
    columns: Mapping[str, Sequence[str | float | None]],
    records: Sequence[str],
    *,
    key: str,
    alt: str,
    takes: bool = True,
    height: int | None = None,
    widths: Mapping[str, int] | None = None,
) -> None:
    """A table whose rows are records (by id, "" for none that can be opened).

    `takes`: rows are indicators that a draft can take. `height`, `widths`: as `show_table` says.
    """
    home, hand = open_home(), links.hand()
    buttons = (_SEE, _TAKE) if takes else (_SEE,)

    def picked(row: int, leads: str) -> None:
        if leads == _TAKE.leads:
            take_records(home, hand, (records[row],))
        else:
            links.see(records[row])

    texts = {name: [_text(cell) for cell in cells] for name, cells in columns.items()}
    show_table(
        # the buttons stand first, so that a narrow screen does not cut them off
        {"": [buttons if record else "" for record in records], **texts},
        key=key,
        alt=alt,
        on_pick=picked,
        sorts=True,
        height=height,
        widths=widths,
    )


def _text(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None else number(cell)

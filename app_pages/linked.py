"""Rows of the corpus as a table in which each row leads to its panel and into the draft."""

from collections.abc import Mapping, Sequence

from app_pages.leads import follow, leads
from app_pages.quick_table import Part, show_table
from app_pages.words import number


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
    labels = leads(takes=takes)
    buttons = [
        [Part(label, "button", f"{record} {lead}") for lead, label in labels.items() if record]
        for record in records
    ]
    texts = {name: [_text(cell) for cell in cells] for name, cells in columns.items()}
    show_table(
        # the buttons stand first, so that a narrow screen does not cut them off
        {"": buttons, **texts},
        key=key,
        alt=alt,
        on_pick=follow(),
        sorts=True,
        height=height,
        widths=widths,
    )


def _text(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None else number(cell)

"""Where a record in a list leads: to its panel, and into the draft."""

from app_pages import links
from app_pages.house import open_home
from app_pages.own import Pick
from app_pages.taking import take_records

_SEE, _TAKE = "see", "take"


def leads(*, takes: bool) -> dict[str, str]:
    """What buttons say, by the word that `follow` wants behind the id of a record and a space.

    `takes`: the records are indicators, which a draft can take.
    """
    return {_SEE: "看全表"} | ({_TAKE: "加入草稿"} if takes else {})


def follow() -> Pick:
    """What is to be called back with the word of a click on such a button."""
    home, hand = open_home(), links.hand()

    def picked(word: str) -> None:
        record, _, lead = word.partition(" ")
        if lead == _TAKE:
            take_records(home, hand, (record,))
        else:
            links.see(record)

    return picked

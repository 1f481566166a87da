"""The verb that keeps the drafts of the app in order: `duibiao drafts`."""

from typing import Annotated

import typer

from errors import UsageError
from verbs import output
from verbs.options import HomeOption, JsonOption


def drafts(
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="DAYS", help="Old: not changed for so long.")
    ] = 365,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the old ones for good.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Count the drafts that people keep in the app, and remove old ones; none is shown."""
    from service.drafts import remove_old
    from service.home import Home, default_home

    if older_than < 1:
        raise UsageError(f"--older-than expects a number of days from 1, found {older_than}")
    opened = Home.open(home or default_home())
    output.show_report(remove_old(opened, older_than, really=remove), json)

"""The verb that writes invented documents: `duibiao samples`."""

from pathlib import Path
from typing import Annotated

import typer

from verbs import output
from verbs.options import HomeOption, JsonOption


def samples(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    scale: Annotated[int, typer.Option("--scale", metavar="N", help="Times thirty counties.")] = 1,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write invented documents of any number of counties, with what is true of them beside."""
    from service.samples import write_samples

    del home  # every verb takes it; writing samples needs none
    output.show_report(write_samples(folder, scale), json)

"""Options that every verb takes."""

from pathlib import Path
from typing import Annotated

import typer

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Data folder; else $DUIBIAO_HOME, else ./data."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON (docs/contract/).")]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="sentence-transformers model: name or folder."),
]

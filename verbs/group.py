"""All verbs under one name; every way to fail ends in one line on stderr and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from errors import DuibiaoError
from verbs.output import complain

# Base class of what is wrong with arguments: click's own, or that of typer's copy of click.
_ArgumentError: type[Exception] = typer.BadParameter.__mro__[2]

_INTERRUPTED = "interrupted; what was complete is kept, nothing is half-written"


class Verbs(TyperGroup):
    """All verbs; every way to fail ends here, in one line on stderr and an exit code."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run one verb and leave the process with its exit code."""
        options["standalone_mode"] = False
        arguments = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(arguments or ["--help"], *rest, **options)
        except _ArgumentError as error:
            complain(f"{error.format_message()} (see duibiao --help)")  # type: ignore[attr-defined]
            sys.exit(2)
        except (KeyboardInterrupt, typer.Abort):
            complain(_INTERRUPTED)
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's or click's context
        """Run the verb; errors meant for users become one line."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # not later, where a closed pipe could not be caught
        except DuibiaoError as error:
            complain(str(error))
            raise typer.Exit(2) from None
        except (typer.Exit, typer.Abort, _ArgumentError):
            raise
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            complain(_INTERRUPTED)
            raise typer.Exit(130) from None
        except Exception as error:
            # The last resort: a user is told one line and never shown a traceback.
            if os.environ.get("DUIBIAO_TRACEBACK"):
                raise
            complain(
                f"internal error ({type(error).__name__}: {error}); please report it; "
                "DUIBIAO_TRACEBACK=1 shows where"
            )
            raise typer.Exit(2) from None

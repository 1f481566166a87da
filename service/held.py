"""What holds something open until it is closed: sessions, stores, and what is built on them."""

from contextlib import ExitStack
from typing import Self


class Held:
    """Something that is opened once for many questions; use `with` or `close`.

    Subclasses put what they opened themselves into `_held`; what was lent to them stays open.
    """

    def __init__(self) -> None:
        self._held = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened here; a second time does nothing."""
        self._held.close()

"""The process that encodes the texts of a build, started before there is one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # numpy and all that is loaded when there is an encoder
    from embed import Encoder
    from embed.beside import EncodingProcess

Progress = Callable[[int, int, str], None]

_MANY_FILES = 200
_NEARLY_ALL = 0.8


class EncodingAhead:
    """Starts the process while the last documents are read: it takes a second to load.

    Use as a context manager, which ends a process that nobody took.
    """

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._process: EncodingProcess | None = None
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.close()

    def allow(self, encoder: "Encoder") -> None:
        """Say whose vectors will be wanted."""
        self._encoder = encoder

    def watching(self, progress: Progress | None, known: int) -> Progress:
        """The same progress of files, which starts the process when most are new and few are left.

        `known` is how many documents there are already.
        """

        def step(done: int, total: int, name: str) -> None:
            if total >= max(_MANY_FILES, 2 * known) and done >= _NEARLY_ALL * total:
                self._start()
            if progress is not None:
                progress(done, total, name)

        return step

    def taken(self, encoder: "Encoder") -> "EncodingProcess | None":
        """The process for this encoder, started now where it was not; the taker ends it.

        None where there can be none.
        """
        from embed.beside import EncodingProcess

        process, self._process = self._process, None
        return process or EncodingProcess.start(encoder)

    def _start(self) -> None:
        if self._encoder is not None and not self._started:
            from embed.beside import EncodingProcess

            self._process = EncodingProcess.start(self._encoder)
            self._started = True

"""How the command line speaks: JSON, tables for people, progress, one line for an error.

Answers go to stdout, everything else to stderr; progress only where stderr is a terminal.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from errors import UsageError
from verbs.labels import LABELS

Progress = Callable[[int, int, str], None]

_PIPE_WIDTH = 160  # columns where the answer does not go to a terminal

_COMPLAINTS = ("skipped", "problems")


def emit(answer: object) -> None:
    """One JSON object on one line of stdout."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def emit_lines(objects: Iterable[object]) -> None:
    """JSON lines."""
    for item in objects:
        emit(item)


def emit_answers(answers: Iterable[Mapping[str, object]]) -> int:
    """JSON lines, each sent off before the next is asked for; return how many are errors."""
    errors = 0
    for answer in answers:
        emit(answer)
        sys.stdout.flush()
        errors += "error" in answer
    return errors


def show_report(report: object, json: bool) -> None:
    """A report of figures, as JSON or as tables."""
    from service.contract import plain

    if json:
        emit(plain(report))
    else:
        show_figures(plain(report))


def complain(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    sys.stderr.write(f"duibiao: {' '.join(message.split())}\n")


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """A bar on stderr fed by (done, total, label), or None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[label]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, label="")

        def report(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, label=label[-40:])

        yield report


@contextmanager
def batch_lines(name: str) -> Iterator[Iterable[bytes]]:
    """Lines of a batch file, or of standard input for `-`."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(name).open("rb")
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"--batch expects a readable file, found {name}: {why}") from None
    with file:
        yield file


def show_figures(figures: Mapping[str, object]) -> None:
    """A report of figures: single ones as one table, lists and groups as tables of their own.

    What was not read or is damaged is left to stderr, one line each.
    """
    figures = {key: _masked(value) if key == "masked" else value for key, value in figures.items()}
    single = [(_label(k), _text(v)) for k, v in figures.items() if not isinstance(v, (list, dict))]
    _print_table(("", ""), single)
    for key, value in figures.items():
        if key in _COMPLAINTS or not value:
            continue
        if isinstance(value, dict):
            say(_label(key))
            _print_table(("", ""), [(_label(k), _text(v)) for k, v in value.items()])
        elif isinstance(value, list):
            rows = [item if isinstance(item, dict) else {key: item} for item in value]
            show_rows([_label(k) for k in rows[0]], [list(row.values()) for row in rows])


def say_figures(figures: Mapping[str, object]) -> None:
    """A few single figures in lines, without a table, for which a library would be loaded."""
    for key, value in figures.items():
        say(f"{_label(key)}：{_text(value)}")


def show_rows(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under Chinese heads."""
    _print_table(heads, [[_text(cell) for cell in row] for row in rows])


def project_text(name: str) -> str:
    """What a project is called; the table of a whole unit has no name of its own."""
    return name or "（部门整体）"


def source_text(file: str, place: str, row: int) -> str:
    """A source as people read it: file, place, row."""
    parts = [file, place, f"第{row}行" if row else ""]
    return " ".join(part for part in parts if part)


def _masked(counts: object) -> str:
    """What was masked, in words: 姓名 2，电话 1."""
    from service.report import masked_words

    return (masked_words(counts) if isinstance(counts, dict) else "") or "无"


def _label(key: str) -> str:
    return LABELS.get(key, key)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.3f}".rstrip("0")
    return str(value)


def say(line: str) -> None:
    """One line on stdout."""
    sys.stdout.write(line + "\n")


def _print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or of a fixed width where there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    table = Table(*heads, box=box.SIMPLE if any(heads) else None, show_header=any(heads))
    for row in rows:
        table.add_row(*row)
    Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False).print(table)

"""A process that reads files for another: what the two say to each other, and what it does.

It is a plain Python program that takes one file per line and answers in JSON lines. Unlike
`multiprocessing` it never imports the main module again, which under a web server is the whole
app; and when it dies, exactly the file it had in hand is known.
"""

import gc
import importlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import limits
from corpus.intake.reading import Outcome, read_file
from corpus.intake.walk import FoundFile, Member
from corpus.store.content import Content
from errors import HomeError, HomeUnwritableError

Answer = dict[str, Any]


def launch(files_dir: Path) -> subprocess.Popen[bytes]:
    """Start a process that keeps originals in this folder.

    :raises OSError: there can be none.
    """
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", "corpus.intake.reader_process", str(files_dir.absolute())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],  # where `corpus` is found
        start_new_session=True,  # Ctrl-C is for this process, which then stops that one
    )


def _request(file: FoundFile) -> dict[str, Any]:
    member = None if file.member is None else asdict(file.member)
    return {
        "path": str(file.path),
        "key": file.key,
        "member": member,
        "refused": file.refused,
        "folder": file.folder,
    }


def _file_of(request: dict[str, Any]) -> FoundFile:
    member = request["member"] and Member(**request["member"])
    return FoundFile(
        Path(request["path"]), request["key"], member, request["refused"], request["folder"]
    )


def can_read(process: subprocess.Popen[bytes]) -> bool:
    """Wait until a new process can read; False where it died before."""
    return _line_of(process) is not None


def ask(process: subprocess.Popen[bytes], file: FoundFile) -> Answer | None:
    """Have one file read and wait for the answer; None when the process died over it."""
    if process.stdin is None:
        return None
    try:
        process.stdin.write(json.dumps(_request(file)).encode("ascii") + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):  # the pipe is broken or was closed
        return None
    answer = _line_of(process)
    if answer and answer.get("content"):
        packed = b"" if process.stdout is None else process.stdout.readline()
        if not packed.endswith(b"\n"):
            return None
        answer["content"]["packed"] = packed[:-1]
    return answer


def _line_of(process: subprocess.Popen[bytes]) -> Answer | None:
    if process.stdout is None:
        return None
    try:
        found = json.loads(process.stdout.readline())
    except (OSError, ValueError):  # the end came before the end of the line
        return None
    return found if isinstance(found, dict) else None


def outcome_of(answer: Answer) -> Outcome:
    """What an answer says.

    :raises HomeUnwritableError: the original could not be kept.
    """
    if "home" in answer:
        raise HomeUnwritableError(answer["home"])
    content = answer["content"]
    return Outcome(
        digest=answer["digest"],
        size=answer["size"],
        content=None if content is None else Content(**content),
        reason=answer["reason"],
    )


def _answer(request: dict[str, Any], files_dir: Path) -> bytes:
    """A line of JSON, and where the file could be read another one with its rows."""
    try:
        outcome = read_file(_file_of(request), files_dir)
    except HomeError as error:
        return _line({"home": str(error)})
    content, head = outcome.content, None
    if content is not None:
        head = {
            "digest": content.digest,
            "problems": content.problems,
            "notes": content.notes,
            "masked": content.masked,
        }
    told = {
        "digest": outcome.digest,
        "size": outcome.size,
        "reason": outcome.reason,
        "content": head,
    }
    return _line(told) if content is None else _line(told) + content.packed + b"\n"


def _line(answer: dict[str, object]) -> bytes:
    return json.dumps(answer).encode("ascii") + b"\n"


def _bound_memory() -> None:
    """Let a document that would fill the memory fail in this process alone."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = limits.PROCESS_BYTES
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    except (ImportError, OSError, ValueError):  # not every system has it
        return


def _serve(files_dir: Path) -> None:
    """Answer requests until there are no more."""
    _bound_memory()
    importlib.import_module("corpus.parse")  # while nothing is asked yet
    gc.freeze()
    gc.set_threshold(100_000)  # records are trees without cycles: collecting finds nothing
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get in between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    answers.write(b"{}\n")
    answers.flush()
    for line in sys.stdin.buffer:
        answers.write(_answer(json.loads(line), files_dir))
        answers.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))

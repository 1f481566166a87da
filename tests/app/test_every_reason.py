"""Every reason that the readers can give has a Chinese sentence of its own.

The reasons are gathered from the code that gives them, so a new one without a sentence fails here.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus.intake import workers
from corpus.intake.walk import reason_of
from corpus.readers import kind
from errors import DuibiaoError, UnreadableError
from service import reasons
from service.advice import advice
from service.reasons import file_reason, remark_reason

ROOT = Path(__file__).parents[2]
FILLED = "7"  # stands for what a reason says of one file
DYNAMIC = f"expected a document, found {FILLED}; {FILLED}"  # its texts stand in a table
FILE_ERRORS = ("InputError", "UnreadableError", "NoTableError", "LimitError", "too_much")
REMARKS = ("Remark", "Unread", "Problem", "problem", "note")
KNOWN_WORDS = {
    *("Word", "WPS", "Excel", "PDF", "OCR", "CSV", "LibreOffice", "UTF", "docx", "xlsx", "zip"),
    *("csv",),
}


def sources() -> Iterator[Path]:
    yield from sorted(
        path for path in (ROOT / "corpus").rglob("*.py") if "specimens" not in path.parts
    )


def module_of(path: Path) -> object:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def said(node: ast.expr, module: object) -> str:
    """The text of an expression; what only a run can know is `FILLED`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else FILLED
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part, module) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return said(node.value, module)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return said(node.left, module) + said(node.right, module)
    if isinstance(node, ast.Name) and node.id.lstrip("_").isupper():
        known = getattr(module, node.id, FILLED)
        return known if isinstance(known, str) else FILLED
    return FILLED


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def calls(names: tuple[str, ...]) -> Iterator[tuple[str, ast.Call, object]]:
    for path in sources():
        module = module_of(path)
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, module


def file_reasons() -> Iterator[tuple[str, str]]:
    for where, node, module in calls(FILE_ERRORS):
        texts = [said(arg, module) for arg in node.args]
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == "too_much":
            texts = [f"expected at most {texts[0]}, found {'; '.join(texts[1:])}"]
        if texts and re.search(r"[a-z]{3}", texts[0]) and texts[0] != DYNAMIC:
            yield where, texts[0]
    tables = {*kind._NO_DOCUMENTS, *((b"", two) for two in (kind._MEDIA, kind._PACKED))}
    for _, (found, cure) in tables:
        yield f"corpus/readers/kind.py: {found}", f"expected a document, found {found}; {cure}"
    yield "corpus/intake/workers.py", workers._DIED


def remark_reasons() -> Iterator[tuple[str, str]]:
    for where, node, module in calls(REMARKS):
        words = [*node.args, *(one.value for one in node.keywords)]
        if words and re.search(r"[a-z]{3} [a-z]", reason := said(words[-1], module)):
            yield where, reason
    for path in sources():
        if path.parent.name != "layouts":
            continue
        module = module_of(path)
        for one in ast.walk(tree_of(path)):
            if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "reason":
                reason = said(one.value, module)
                if re.search(r"[a-z]{3} [a-z]", reason):
                    yield f"{path.relative_to(ROOT)}:{one.lineno}", reason


def foreign_words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", text)) - KNOWN_WORDS


FILES, ROWS = sorted(set(file_reasons())), sorted(set(remark_reasons()))


def test_the_reasons_are_found() -> None:
    assert len(FILES) > 40
    assert len(ROWS) > 8


@pytest.mark.parametrize(("where", "reason"), FILES, ids=[where for where, _ in FILES])
def test_a_file_that_was_not_read_has_a_sentence(where: str, reason: str) -> None:
    assert any(re.search(pattern, reason, re.IGNORECASE) for pattern, _ in reasons._FILES), reason
    assert not foreign_words(file_reason(reason))


@pytest.mark.parametrize(("where", "reason"), ROWS, ids=[where for where, _ in ROWS])
def test_a_row_that_was_not_read_has_a_sentence(where: str, reason: str) -> None:
    assert remark_reason(reason) != reason, reason
    assert not foreign_words(remark_reason(reason)), remark_reason(reason)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "x"), FileNotFoundError(2, "x"), OSError(5, "Input/output error")]
)
def test_a_file_that_the_disk_refuses_has_a_sentence(error: OSError) -> None:
    said = file_reason(reason_of(error))
    assert not foreign_words(said)
    assert said != file_reason("something new")


def test_every_error_says_what_happened_and_what_to_do_in_chinese() -> None:
    def below(one: type[DuibiaoError]) -> Iterator[type[DuibiaoError]]:
        yield one
        for child in one.__subclasses__():
            if not child.__module__.startswith("eval"):  # those measure; no page meets them
                yield from below(child)

    general = advice(DuibiaoError)
    for one in below(DuibiaoError):
        words = advice(one)
        assert words.what.endswith("。") and words.cure.endswith("。")
        assert not foreign_words(words.what + words.cure)
        assert one is DuibiaoError or words != general, one
    assert advice(UnreadableError) != general

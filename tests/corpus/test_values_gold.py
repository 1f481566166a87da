"""Agreement of `parse_value` with the authored gold rows and the facts of real indicators."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Value
from corpus.values import parse_value, shows_scan_damage

SHARED = Path(__file__).parents[2].parent / "shared"
FIELDS = ("operator", "number", "number_high", "measure", "kind", "unreadable")
_BARE = re.compile(r"[0-9][0-9,.]*(?:%|％)?")


def _gold_documents() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path in sorted((SHARED / "layouts").glob("*.gold.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        yield path.name, [row for row in rows if "name" in row]


def _parse_row(row: dict[str, Any], *, scanned: bool = False) -> Value:
    """Read a gold row; the sign and measure of a bare number stood in columns of their own."""
    raw = row["value_raw"] or ""
    bare = _BARE.fullmatch(raw) is not None
    measure = row["measure"] if bare and not raw.endswith(("%", "％")) else ""
    return parse_value(
        raw,
        name=row.get("name_raw") or row["name"],
        description=row.get("description") or "",
        level1=row.get("level1") or "",
        level2=row.get("level2") or "",
        sign=row["operator"] if bare else "",
        measure=raw if row.get("excel_serial_date") else measure,
        year=row.get("year"),
        scanned=scanned,
    )


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    measure = row["measure"]
    if not measure and row["number"] is not None:
        measure = row.get("measure_in_name") or ""
    return {
        "operator": row["operator"],
        "number": row["number"],
        "number_high": row.get("number_high"),
        "measure": measure,
        "kind": row["kind"],
        "unreadable": bool(row.get("unreadable")),
    }


@pytest.mark.skipif(not (SHARED / "layouts").is_dir(), reason="../shared/layouts is missing")
def test_agreement_with_the_gold_rows() -> None:
    total, right = 0, Counter[str]()
    wrong = []
    for document, rows in _gold_documents():
        scanned = shows_scan_damage([_parse_row(row) for row in rows])
        for row in rows:
            total += 1
            value = _parse_row(row, scanned=scanned)
            expected = _expected(row)
            for key in FIELDS:
                right[key] += getattr(value, key) == expected[key]
                if getattr(value, key) != expected[key]:
                    wrong.append((document, row["name"], row["value_raw"], key))
            if row.get("excel_serial_date"):
                assert value.deadline == row["excel_serial_date"]
    assert total > 400
    agreement = {key: right[key] / total for key in FIELDS}
    assert min(agreement.values()) >= 0.995, (agreement, wrong)


@pytest.mark.skipif(not (SHARED / "layouts").is_dir(), reason="../shared/layouts is missing")
def test_only_the_scan_is_taken_for_one() -> None:
    damaged = [
        document
        for document, rows in _gold_documents()
        if shows_scan_damage([_parse_row(row) for row in rows])
    ]
    assert [document[:3] for document in damaged] == ["022"]


@pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="../shared/eval is missing")
def test_agreement_with_the_facts_of_real_indicators() -> None:
    """What a cell alone tells: rows cut by a page, or judged from the paper, are left out.

    Facts give canonical measures (百分比 → %, 35万 → 万元), so either form counts.
    """
    lines = (SHARED / "eval" / "indicators.jsonl").read_text("utf-8").splitlines()
    total, right = 0, Counter[str]()
    for row in map(json.loads, lines):
        if row["kind"] == "unreadable":
            continue
        total += 1
        value = _parse_row(row)
        right["operator"] += value.operator == row["operator"]
        right["number"] += value.number == row["number"]
        right["kind"] += value.kind == row["kind"] and not value.unreadable
        right["measure"] += row["measure"] in (value.measure, value.canonical_measure)
    assert total > 700
    agreement = {key: count / total for key, count in right.items()}
    assert min(agreement.values()) >= 0.99, agreement


@pytest.mark.skipif(not (SHARED / "eval").is_dir(), reason="../shared/eval is missing")
def test_no_number_is_made_of_what_a_scan_left() -> None:
    """Damaged cells of real pages that show their damage by themselves."""
    lines = (SHARED / "eval" / "indicators.jsonl").read_text("utf-8").splitlines()
    damage = re.compile(r"[A-Za-z扁到]|%%|^29\d%$")
    checked = 0
    for row in map(json.loads, lines):
        if row["kind"] != "unreadable" or not damage.search(row["value_raw"] or ""):
            continue
        checked += 1
        value = _parse_row(row)
        assert value.unreadable and value.number is None, row["value_raw"]
    assert checked >= 5

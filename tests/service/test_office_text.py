"""What a spreadsheet could calculate stays text in every file that is exported."""

import csv
import io

import openpyxl
import pytest

from service.office_text import csv_text, put_text, xml_text

HOSTILE = (
    "=100%",
    "=HYPERLINK(A1)",
    "+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "'x",
    "=",
    "\x00=1",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_stays_text_after_reading_it_again(text: str) -> None:
    book = openpyxl.Workbook()
    put_text(book.worksheets[0].cell(1, 1), text)
    written = io.BytesIO()
    book.save(written)
    cell = openpyxl.load_workbook(written).worksheets[0].cell(1, 1)
    assert (cell.data_type, cell.value) == ("s", xml_text(text))
    assert cell.number_format == "@"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_begins_as_a_formula(text: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow([csv_text(text)])
    kept = next(csv.reader(io.StringIO(written.getvalue())))[0]
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert kept.removeprefix("'") == text.removeprefix("'")


def test_texts_for_office_lose_only_what_xml_cannot_hold() -> None:
    assert xml_text("a\x00b\x0bc\ufffe\ud800d\n\t数") == "abcd\n\t数"
    assert len(xml_text("数" * 50_000)) == 50_000

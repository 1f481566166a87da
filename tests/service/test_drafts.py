"""Drafts kept in a home: what is written is read back, by its token alone, never over others."""

import json
import os
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.layouts.levels import PARENTS
from corpus.records import Level2, Source
from errors import (
    DraftDamagedError,
    DraftLimitError,
    DraftMissingError,
    DraftStaleError,
    HomeUnwritableError,
)
from service import drafts
from service.draft_json import from_bytes, to_bytes
from service.draft_records import (
    LONGEST,
    MOST_ROWS,
    KeptDraft,
    KeptRow,
    Origin,
    clean,
    in_form_order,
    kept_row,
    restored,
    with_rows,
    without,
)
from service.home import Home

WORDS = st.text(max_size=30)
ORIGINS = st.builds(
    Origin,
    record=WORDS.map(clean),
    unit=WORDS.map(clean),
    project=WORDS.map(clean),
    year=st.none() | st.integers(1990, 2100),
    name=WORDS.map(clean),
    value=WORDS.map(clean),
    source=st.builds(Source, WORDS.map(clean), WORDS.map(clean), st.integers(0, 10_000)),
)
VALUES = st.sampled_from(["≥95%", "=100%", "48期", "12月底前", "5万次", "明显提升", ""]) | WORDS
ROWS = st.builds(
    kept_row,
    WORDS,
    VALUES,
    level2=st.none() | st.sampled_from(Level2),
    description=WORDS,
    basis=WORDS,
    note=WORDS,
    origins=st.lists(ORIGINS, max_size=3),
)
DRAFTS = st.builds(
    KeptDraft,
    project=WORDS.map(clean),
    unit=WORDS.map(clean),
    department=WORDS.map(clean),
    budget_wan=st.none() | st.floats(0, 1e9),
    rows=st.lists(ROWS, max_size=6).map(tuple),
)


def rows(count: int) -> tuple[KeptRow, ...]:
    return tuple(kept_row(f"指标{n}", f"≥{n}个", level2=Level2.QUANTITY) for n in range(count))


@given(DRAFTS, st.sets(st.integers(0, 5)))
def test_a_draft_and_its_file(draft: KeptDraft, places: set[int]) -> None:
    draft = replace(without(draft, places), token="t", revision=3)  # noqa: S106
    assert from_bytes(to_bytes(draft), "t") == draft


@given(DRAFTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_a_home_gives_back_what_it_keeps(home: Home, draft: KeptDraft) -> None:
    made = drafts.create(home, draft)
    assert drafts.read(home, made.token) == made
    assert replace(made, token="", revision=0, changed="") == draft
    saved = drafts.save(home, replace(made, project="另一个"))
    assert (saved.revision, drafts.read(home, made.token)) == (made.revision + 1, saved)


@given(ROWS)
def test_a_level_stands_below_its_parent(row: KeptRow) -> None:
    assert row.level2 is None or row.level1 in PARENTS[row.level2]


@given(st.lists(ROWS, max_size=6), st.sets(st.integers(-1, 7)))
def test_what_was_deleted_comes_back_where_it_stood(found: list[KeptRow], places: set[int]) -> None:
    draft = with_rows(KeptDraft(), found)
    after = without(draft, places)
    assert after.rows == tuple(row for n, row in enumerate(found) if n not in places)
    assert restored(after).rows == draft.rows
    assert not restored(after).removed


@given(st.lists(ROWS, max_size=8))
def test_the_order_of_the_forms_loses_no_row(found: list[KeptRow]) -> None:
    after = in_form_order(found)
    assert sorted(map(repr, after)) == sorted(map(repr, found))
    told = [list(Level2).index(row.level2) for row in after if row.level2 and row.level1]
    levels = [row.level1 for row in after if row.level2]
    for level in set(levels):
        mine = [n for n, one in zip(told, levels, strict=True) if one == level]
        assert mine == sorted(mine)


BAD_TOKENS = (
    *("", "x", "../corpus", "..%2f" * 6, "a" * 31, "a" * 33, "a" * 31 + "/", "a" * 31 + "."),
    *("a" * 31 + "\n", "a" * 32 + "\n", "ａ" * 32, "a" * 31 + "\0", "C:" + "a" * 30),
)


@pytest.mark.parametrize("token", BAD_TOKENS)
def test_what_cannot_be_a_token_never_becomes_a_path(home: Home, token: str) -> None:
    (home.path / "corpus.json").write_text("{}")
    for act in (drafts.read, drafts.remove):
        with pytest.raises(DraftMissingError):
            act(home, token)
    with pytest.raises(DraftMissingError):
        drafts.save(home, KeptDraft(token=token))
    with pytest.raises(DraftMissingError):
        drafts.add(home, token, rows(1))
    assert not list(home.drafts_dir.glob("*.json"))


@given(st.text())
def test_only_plain_words_of_one_length_are_tokens(text: str) -> None:
    safe = len(text) == 32 and text.isascii() and all(c.isalnum() or c in "-_" for c in text)
    assert drafts.is_token(text) == safe


def test_tokens_differ_and_are_long(home: Home) -> None:
    tokens = {drafts.create(home).token for _ in range(50)}
    assert len(tokens) == 50
    assert all(drafts.is_token(token) for token in tokens)


def test_a_stale_write_is_refused_and_loses_nothing(home: Home) -> None:
    mine = drafts.create(home, KeptDraft(rows=rows(2)))
    theirs = drafts.save(home, with_rows(mine, rows(3)))
    with pytest.raises(DraftStaleError, match="another window"):
        drafts.save(home, replace(mine, project="我的"))
    assert drafts.read(home, mine.token) == theirs


def test_rows_are_added_by_many_at_once_and_none_is_lost(home: Home) -> None:
    token = drafts.create(home).token
    found = rows(12)
    threads = [threading.Thread(target=drafts.add, args=(home, token, [row])) for row in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(drafts.read(home, token).rows) == set(found)


def test_the_head_of_what_is_taken_fills_what_is_open(home: Home) -> None:
    token = drafts.create(home, KeptDraft(unit="甲局", rows=rows(1))).token
    head = KeptDraft(project="农村公路养护", unit="乙局", budget_wan=300.0)
    kept, _ = drafts.add(home, token, [kept_row("养护里程")], head)
    assert (kept.project, kept.unit, kept.budget_wan) == ("农村公路养护", "甲局", 300.0)
    again, _ = drafts.add(home, token, [kept_row("路况")], replace(head, project="别的"))
    assert again.project == "农村公路养护"
    assert [one.name for one in again.rows][1:] == ["养护里程", "路况"]


def test_a_row_of_the_corpus_is_taken_once(home: Home) -> None:
    token = drafts.create(home).token
    row = kept_row("粉丝数量", "≥5万人", origins=[Origin("abc-i001")])
    assert drafts.add(home, token, [row])[1] == 1
    changed = replace(row, value="≥6万人")
    again, added = drafts.add(home, token, [changed, kept_row("别的")])
    assert added == 1
    assert [one.name for one in again.rows] == ["粉丝数量", "别的"]


def damaged(data: bytes) -> dict[str, bytes]:
    """A file in the ways in which it can be spoilt."""
    said = json.loads(data)
    changed = json.loads(data)
    changed["draft"]["rows"][0]["value"]["text"] = "≥1%"
    return {
        "cut": data[: len(data) // 2],
        "empty": b"",
        "no text": b"\xff\xfe\x00",
        "no object": b"[]",
        "nested": b"[" * 100_000,
        "a value changed by hand": json.dumps(changed).encode(),
        "a newer format": json.dumps(said | {"format": 2}).encode(),
        "rows no list": json.dumps(said | {"draft": said["draft"] | {"rows": 3}}).encode(),
        "too large": data + b" " * 2_000_001,
    }


@pytest.mark.parametrize("how", damaged(to_bytes(KeptDraft(rows=rows(1)))))
def test_a_tampered_file_is_a_clear_error_and_stays_as_it_is(home: Home, how: str) -> None:
    draft = drafts.create(home, KeptDraft(rows=rows(1)))
    path = home.drafts_dir / f"{draft.token}.json"
    spoilt = damaged(path.read_bytes())[how]
    path.write_bytes(spoilt)
    for act in (
        lambda: drafts.read(home, draft.token),
        lambda: drafts.save(home, draft),
        lambda: drafts.add(home, draft.token, rows(2)),
    ):
        with pytest.raises(DraftDamagedError, match="cure"):
            act()
    assert path.read_bytes() == spoilt


def test_limits_are_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DraftLimitError, match=str(MOST_ROWS)):
        with_rows(KeptDraft(), rows(MOST_ROWS + 1))
    with pytest.raises(DraftLimitError, match="characters"):
        kept_row("长" * (LONGEST + 1))
    draft = drafts.create(home, KeptDraft(rows=rows(MOST_ROWS)))
    with pytest.raises(DraftLimitError):
        drafts.add(home, draft.token, [kept_row("多一行")])
    long = tuple(
        kept_row(f"{n}" + "长" * 1900, description="长" * LONGEST, basis="长" * LONGEST)
        for n in range(MOST_ROWS)
    )
    with pytest.raises(DraftLimitError, match="bytes"):
        drafts.save(home, replace(draft, rows=long))
    assert drafts.read(home, draft.token) == draft
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    drafts.create(home)
    with pytest.raises(DraftLimitError, match="drafts"):
        drafts.create(home)


def test_old_drafts_are_counted_and_removed(home: Home) -> None:
    old, fresh = drafts.create(home), drafts.create(home)
    long_ago = time.time() - 100 * 86_400
    os.utime(home.drafts_dir / f"{old.token}.json", (long_ago, long_ago))
    assert drafts.remove_old(Home(home.path / "none"), 90).drafts == 0
    counted = drafts.remove_old(home, 90)
    assert (counted.drafts, counted.old, counted.removed) == (2, 1, 0)
    assert drafts.remove_old(home, 90, really=True).removed == 1
    with pytest.raises(DraftMissingError):
        drafts.read(home, old.token)
    assert drafts.read(home, fresh.token) == fresh


def test_a_removed_draft_is_missing(home: Home) -> None:
    draft = drafts.create(home)
    drafts.remove(home, draft.token)
    for act in (drafts.read, drafts.remove):
        with pytest.raises(DraftMissingError):
            act(home, draft.token)
    with pytest.raises(DraftMissingError):
        drafts.save(home, draft)


def test_a_write_that_fails_leaves_the_draft_as_it_was(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafts.create(home, KeptDraft(rows=rows(2)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(HomeUnwritableError, match="No space"):
        drafts.save(home, replace(draft, project="新"))
    monkeypatch.undo()
    assert drafts.read(home, draft.token) == draft
    assert not list(home.drafts_dir.glob(".*.tmp"))

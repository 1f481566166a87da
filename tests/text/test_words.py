import inspect
import math
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.dictionary import DICTIONARY_FILE, field_words
from text.words import (
    Cutter,
    bigrams,
    default_cutter,
    dictionary_hash,
    jieba_cutter,
    rjieba_cutter,
    words,
)

SHARED = Path(__file__).parents[2].parent / "shared"

needs_rjieba = pytest.mark.skipif(not find_spec("rjieba"), reason="rjieba is not installed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。  \n", []),
        ("公众号粉丝数量", ["公众号", "粉丝数量"]),
        ("3,256.78万元", ["3256.78", "万元"]),
        ("总额1,234,567.5元", ["总额", "1234567.5", "元"]),
        ("12,34", ["12", "34"]),
        ("2023年度", ["2023", "年度"]),
        ("≥50000人次", ["50000", "人次"]),
        ("９０％", ["90"]),
        ("App下载H5页面", ["app", "下载", "h5", "页面"]),
        ("5G基站", ["5g", "基站"]),
        ("10kg", ["10", "kg"]),
        ("128G内存", ["128", "g", "内存"]),
        ("PM2.5浓度", ["pm2.5", "浓度"]),
        ("Hello World", ["hello", "world"]),
        ("融 媒\n体中心", ["融媒体中心"]),
        ("融\u200b媒\u200b体", ["融媒体"]),
        ("培训合格率、发放及时率", ["培训", "合格率", "发放", "及时率"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_standard_suffix_words_are_words() -> None:
    for suffix in ("满意度", "合格率", "覆盖率", "及时率", "完成率", "达标率"):
        assert words(f"群众{suffix}")[-1] == suffix


def test_a_field_word_stands_alone() -> None:
    assert [word for word in field_words() if words(word) != [word]] == []


def test_dictionary_file() -> None:
    lines = DICTIONARY_FILE.read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line and not line.startswith("#")]
    assert len(listed) > 500
    assert [line for line in listed if not re.fullmatch(r"[\u4e00-\u9fd5]{2,}", line)] == []
    assert sorted(set(listed)) == sorted(listed), "a word stands there twice"
    assert field_words() == tuple(listed)


@given(st.text())
def test_words_hold_letters_and_digits_only_and_in_order(text: str) -> None:
    found = words(text)
    assert all(word and not re.search(r"[\s_,，。]", word) for word in found)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_number_stays_whole(whole: int, cents: int) -> None:
    plain = f"{whole}.{cents:02d}"
    assert words(f"支出{whole:,}.{cents:02d}万元") == ["支出", plain, "万元"]
    assert words(f"支出{plain}万元") == ["支出", plain, "万元"]


def test_bigrams() -> None:
    assert bigrams("公众号 (粉丝)") == ["公众", "众号", "号粉", "粉丝"]
    assert bigrams("ＡB") == ["ab"]
    assert bigrams("水") == []
    assert bigrams("") == []


def _shared_texts() -> list[str]:
    texts: list[str] = []
    for folder in ("seeds", "layouts"):
        for path in sorted((SHARED / folder).glob("*.txt")):
            data = path.read_bytes()
            try:
                texts += data.decode("utf-8").splitlines()
            except UnicodeDecodeError:
                texts += data.decode("gb18030", errors="replace").splitlines()
    return texts


@needs_rjieba
def test_rjieba_and_jieba_agree_on_documents() -> None:
    texts = _shared_texts()
    if not texts:
        pytest.skip("the shared seeds and layouts are not here")
    ours, theirs = rjieba_cutter(), jieba_cutter()
    differing = [text for text in texts if words(text, ours) != words(text, theirs)]
    assert differing == []


_FIELD = st.sampled_from(field_words())
_COMMON = st.sampled_from(
    list("的了和不在人有我他这中大来上个国到说们为子要时年会工作发展建设管理服务")
)
_RARE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
_OTHER = st.sampled_from([" ", "，", "12.5", "3,000", "App", "%", "（", "）", "\n", "㎡", "〇"])


@needs_rjieba
@given(st.lists(st.one_of(_FIELD, _COMMON, _RARE, _OTHER), max_size=20).map("".join))
def test_rjieba_and_jieba_agree_on_any_text(text: str) -> None:
    ours, theirs = words(text, rjieba_cutter()), words(text, jieba_cutter())
    # of two cuts that weigh the same (管|管管 and 管管|管) either may be taken
    assert ours == theirs or _weight(ours) == pytest.approx(_weight(theirs), abs=1e-9)


@example("管管管")
@needs_rjieba
@given(st.text("管委会绩效目标", max_size=12))
def test_cuts_that_differ_weigh_the_same(text: str) -> None:
    ours, theirs = words(text, rjieba_cutter()), words(text, jieba_cutter())
    assert "".join(ours) == "".join(theirs)
    assert _weight(ours) == pytest.approx(_weight(theirs), abs=1e-9)


def _weight(cut: list[str]) -> float:
    """What jieba makes as large as can be: the sum over words of the logarithm of their counts."""
    counts, total = _jieba_counts()
    return sum(math.log(counts.get(word) or 1) - math.log(total) for word in cut)


@cache
def _jieba_counts() -> tuple[dict[str, int], int]:
    found = inspect.getclosurevars(jieba_cutter()).nonlocals["tokenizer"]
    return found.FREQ, found.total


def test_dictionary_hash_is_stable_and_short() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", dictionary_hash())
    code = "from text.words import dictionary_hash as h; print(h())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == dictionary_hash()


def test_jieba_is_silent_and_leaves_no_cache(tmp_path: Path) -> None:
    code = "from text.words import *; print(words('绩效目标', jieba_cutter()))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert done.stdout.strip() == "['绩效目标']"
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_importing_loads_no_segmenter() -> None:
    code = "import sys, text.words; print({'jieba', 'rjieba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_threads_that_ask_at_once_get_one_cutter() -> None:
    for made in (default_cutter, rjieba_cutter, jieba_cutter):
        made.cache_clear()
    waits = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = Barrier(4)

            def ask(_: int) -> Cutter:
                together.wait()
                return default_cutter()

            assert len(set(threads.map(ask, range(4)))) == 1
    finally:
        sys.setswitchinterval(waits)

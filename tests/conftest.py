"""Settings for all tests, what their processes share, and a tiny transformer."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from typer.testing import CliRunner

from embed import DEFAULT_MODEL
from embed.static import StaticEncoder
from service.samples import ensure_samples

pytest_plugins = ("tests.processes",)

# a busy machine must not fail a test: speed is the business of `duibiao bench`
settings.register_profile("duibiao", deadline=None)
settings.load_profile("duibiao")

PROMPTS = {"query": "查询：", "document": ""}
CHARACTERS = "公众号粉丝数量服务对象满意度发放及时率查询：95%培训人次维修里程水库道路学校"

Made = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Gives a path of a name, filled once for all processes of a run; who comes later waits."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        path, filled = run / name, run / f"{name}.filled"
        with FileLock(run / f"{name}.lock"):
            if not filled.exists():
                fill(path)
                filled.touch()
        return path

    return made


@pytest.fixture(scope="session")
def samples(made_once: Made) -> Path:
    """A home of the sample documents to write to: a copy of that beside the checkout.

    That one is read where it is not of today, once for all processes of a run.
    """

    def fill(copy: Path) -> None:
        read = ensure_samples(lambda done, total, what: None).path
        shutil.copytree(read, copy, ignore=shutil.ignore_patterns("drafts"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("service.samples.sample_home", lambda: copy)
            ensure_samples()

    return made_once("samples", fill)


@pytest.fixture(scope="session")
def told_bands(made_once: Made) -> Path:
    """What `duibiao eval bands --json` prints, asked once for all processes of a run."""

    def fill(answer: Path) -> None:
        from cli import app

        done = CliRunner().invoke(app, ["eval", "bands", "--json"])
        assert done.exit_code == 0, done.stderr
        answer.write_text(done.stdout, "utf-8")

    return made_once("bands.json", fill)


@pytest.fixture(scope="session", autouse=True)
def _default_model_is_loaded_once() -> Iterator[None]:
    """Hundreds of homes hold the same names of concepts: a process looks up their words once."""
    load = StaticEncoder.load
    with pytest.MonkeyPatch.context() as patch:

        @cache
        def default() -> StaticEncoder:
            encoder = load(DEFAULT_MODEL)
            known = encoder._vocabulary
            patch.setattr(known, "bag", lru_cache(maxsize=100_000)(known.bag))
            return encoder

        def loaded(folder: Path) -> StaticEncoder:
            return default() if folder == DEFAULT_MODEL else load(folder)

        patch.setattr(StaticEncoder, "load", loaded)
        yield


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real transformer: random weights, prompts, characters as vocabulary."""
    return _tiny_model(tmp_path_factory.mktemp("tiny"), seed=7)


@pytest.fixture(scope="session")
def other_tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `tiny_model`, with other weights and another document prompt."""
    prompts = {"query": "查询：", "document": "指标："}
    return _tiny_model(tmp_path_factory.mktemp("tiny"), seed=8, prompts=prompts)


def _tiny_model(folder: Path, seed: int, prompts: dict[str, str] = PROMPTS) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    characters = sorted({*CHARACTERS})
    known = {token: number for number, token in enumerate(["[PAD]", "[UNK]", *characters])}
    tokenizer = Tokenizer(WordLevel(known, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = Split("", "isolated")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]"}
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)  # type: ignore[no-untyped-call]
    wrapped.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=64)
    pooling = Pooling(config.hidden_size)
    model = SentenceTransformer(modules=[transformer, pooling], prompts=prompts, device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"

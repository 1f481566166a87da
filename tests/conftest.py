"""Settings for all tests, and a tiny transformer for those that need another model."""

from pathlib import Path

import pytest
from hypothesis import settings

# a busy machine must not fail a test: speed is the business of `duibiao bench`
settings.register_profile("duibiao", deadline=None)
settings.load_profile("duibiao")

PROMPTS = {"query": "查询：", "document": ""}
CHARACTERS = "公众号粉丝数量服务对象满意度发放及时率查询：95%培训人次维修里程水库道路学校"


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

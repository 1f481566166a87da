"""The static model as a module of sentence-transformers (the only use of torch for it).

`SentenceTransformer("embed/model", trust_remote_code=True)` finds this class through the
folder's `modules.json`; sentence-transformers asks for that consent for every class that is not
its own. `open_static` gives it.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module
from torch.nn import functional

from embed.features import Vocabulary
from embed.weights import StaticWeights


class WordBagEmbedding(Module):
    """Sum of the vectors of words, characters and bigrams, L2-normalised."""

    save_in_root = True
    modalities = ("text",)

    def __init__(self, weights: StaticWeights) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._weights = weights
        self._vocabulary = Vocabulary(weights.tokens)
        self.embedding = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(weights.table()), freeze=True, mode="sum"
        )

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Texts to the feature numbers and starts that `forward` takes."""
        bags = self._vocabulary.bags([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.from_numpy(bags.ids),
            "offsets": torch.from_numpy(bags.starts[:-1].copy()),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Add `sentence_embedding`, `(texts, dim)` float32."""
        sums = self.embedding(features["input_ids"], features["offsets"])
        features["sentence_embedding"] = functional.normalize(sums, dim=-1)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self._weights.dim

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the folder that `load` and the numpy encoder read."""
        self._weights.save(Path(output_path))

    @classmethod
    def load(
        cls,
        model_name_or_path: str,
        subfolder: str = "",
        token: bool | str | None = None,
        cache_folder: str | None = None,
        revision: str | None = None,
        local_files_only: bool = False,
        init_defaults: dict[str, object] | None = None,
        **_: object,
    ) -> "WordBagEmbedding":
        """Read the folder; all that is about downloading is left aside.

        :raises ModelError: a file is missing or damaged.
        """
        return cls(StaticWeights.load(Path(model_name_or_path) / subfolder))


def open_static(folder: Path) -> SentenceTransformer:
    """A static model folder as a SentenceTransformer on the CPU, for training or comparison."""
    return SentenceTransformer(
        str(folder), device="cpu", trust_remote_code=True, local_files_only=True
    )

"""The weights of a static model as a folder of plain files, read without torch.

`vocabulary.txt`   one feature a line, UTF-8
`vectors.npy`      (features, dim / 2) uint8: two steps of -7 to 7 a byte, each stored plus 8, the
                   even column in the low four bits
`scales.npy`       (features,) float32; the vector of feature `i` is its steps times `scales[i]`
`config.json`      format, features, dim
`modules.json`     what sentence-transformers reads first (see `embed.st_module`)
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from errors import ModelError
from text.words import dictionary_hash

FORMAT = 1
_MOST = 7
_SHIFT = 8
MODULE_TYPE = "embed.st_module.WordBagEmbedding"
_CURE = "restore the folder from the repository, or train it anew: python -m embed.train"


@dataclass(frozen=True, slots=True)
class StaticWeights:
    """Features and their vectors in steps of four bits (`packed`), with one scale a row."""

    tokens: tuple[str, ...]
    packed: NDArray[np.uint8]
    scales: NDArray[np.float32]

    @classmethod
    def from_table(cls, tokens: tuple[str, ...], table: NDArray[np.float32]) -> "StaticWeights":
        """Round a float table `(features, dim)`, `dim` even, each row by its largest entry."""
        scales = np.maximum(np.abs(table).max(axis=1), np.float32(1e-12)) / np.float32(_MOST)
        steps = (np.rint(table / scales[:, None]) + _SHIFT).astype(np.uint8)
        return cls(tokens, steps[:, ::2] | (steps[:, 1::2] << 4), scales.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> "StaticWeights":
        """Read a model folder.

        :raises ModelError: a file is missing, damaged or of another format.
        """
        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            tokens = tuple((folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines())
            packed = np.load(folder / "vectors.npy", allow_pickle=False)
            scales = np.load(folder / "scales.npy", allow_pickle=False)
            found = (config["format"], packed.shape, packed.dtype, scales.shape, scales.dtype)
            shape = (len(tokens), config["dim"] // 2)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise ModelError(
                f"expected a static model in {folder}, "
                f"found {type(error).__name__}: {error}; {_CURE}"
            ) from error
        expected = (FORMAT, shape, np.dtype(np.uint8), shape[:1], np.dtype(np.float32))
        if found != expected:
            raise ModelError(
                f"expected format, shapes and types {expected} in {folder}, found {found}; {_CURE}"
            )
        return cls(tokens, packed, scales)

    def save(self, folder: Path) -> None:
        """Write the folder; files of the same names are replaced, others (README.md) stay."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vocabulary.txt").write_text(
            "".join(f"{token}\n" for token in self.tokens), encoding="utf-8", newline="\n"
        )
        np.save(folder / "vectors.npy", self.packed, allow_pickle=False)
        np.save(folder / "scales.npy", self.scales, allow_pickle=False)
        config = {"format": FORMAT, "features": len(self.tokens), "dim": self.dim}
        module = {"idx": 0, "name": "0", "path": "", "type": MODULE_TYPE}
        sentence: dict[str, object] = {
            "model_type": "SentenceTransformer",
            "similarity_fn_name": "cosine",
            "prompts": {},
            "default_prompt_name": None,
        }
        _write_json(folder / "config.json", config)
        _write_json(folder / "modules.json", [module])
        _write_json(folder / "config_sentence_transformers.json", sentence)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.packed.shape[1]) * 2

    def table(self) -> NDArray[np.float32]:
        """`(features, dim)` float32: the vectors with their scales."""
        table = np.empty((len(self.tokens), self.dim), dtype=np.float32)
        table[:, ::2] = self.packed & 15
        table[:, 1::2] = self.packed >> 4
        table -= _SHIFT
        table *= self.scales[:, None]
        return table

    def digest(self) -> str:
        """16 hex digits that change with the weights, the vocabulary or the cutting of words."""
        state = hashlib.sha256(f"{FORMAT} {self.dim} {dictionary_hash()}\n".encode())
        state.update("\n".join(self.tokens).encode())
        state.update(np.ascontiguousarray(self.packed).data)
        state.update(np.ascontiguousarray(self.scales).data)
        return state.hexdigest()[:16]


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")

"""Opening an encoder by name; torch is imported only for a model that needs it."""

import json
from pathlib import Path

from embed.encoder import Encoder
from embed.static import StaticEncoder
from embed.weights import MODULE_TYPE

DEFAULT_MODEL = Path(__file__).parent / "model"


def open_encoder(name: str | None = None) -> Encoder:
    """The default static model (None), a model folder, or a sentence-transformers model by name.

    A folder that holds a static model of this project is read without torch; every other model
    is loaded by sentence-transformers from the disk or its cache, never from the network.

    :raises ModelError: the model cannot be loaded; the message names the cure.
    """
    if name is None:
        return StaticEncoder.load(DEFAULT_MODEL)
    folder = Path(name)
    if _is_static(folder):
        return StaticEncoder.load(folder)
    from embed.transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.load(name)


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return any(module["type"] == MODULE_TYPE for module in modules)
    except (OSError, ValueError, KeyError, TypeError):
        return False

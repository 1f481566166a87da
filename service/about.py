"""What this installation rests on: its model, as its own card tells, and the programs it uses."""

import json
import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires

from embed import open_encoder
from embed.open import DEFAULT_MODEL
from errors import ModelError
from knowledge.concepts import concepts

_CARD = DEFAULT_MODEL / "README.md"
_TRAINING = DEFAULT_MODEL / "training.json"
_OWN = "duibiao"
_QUALITY = "How good it is"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHORT = 60  # a licence longer than its name is the text itself


@dataclass(frozen=True, slots=True)
class Measured:
    """A line of the card's table of quality: a system, and its figures by column."""

    system: str
    own: bool
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The default model: `features` of `dim` numbers each, `size` in bytes of all its files.

    `texts` and `pairs` count what it was trained on, by source.
    """

    model_id: str
    dim: int
    features: int
    size: int
    concepts: int
    phrasings: int
    texts: Mapping[str, int]
    pairs: Mapping[str, int]
    quality: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A package in use: its name, version and licence as its own metadata say."""

    name: str
    version: str
    licence: str


def model_card() -> ModelCard:
    """The default model as its own files tell.

    :raises ModelError: a file of it is missing or damaged.
    """
    encoder = open_encoder()
    try:
        training = json.loads(_TRAINING.read_text(encoding="utf-8"))
        config = json.loads((DEFAULT_MODEL / "config.json").read_text(encoding="utf-8"))
        return ModelCard(
            model_id=encoder.model_id,
            dim=encoder.dim,
            features=int(config["features"]),
            size=sum(file.stat().st_size for file in DEFAULT_MODEL.iterdir() if file.is_file()),
            concepts=int(training["concepts"]["concepts"]),
            phrasings=int(training["concepts"]["texts"]),
            texts=training["texts"],
            pairs=training["pairs"],
            quality=_quality(_CARD.read_text(encoding="utf-8")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"expected the card of the model in {DEFAULT_MODEL}, found {type(error).__name__}: "
            f"{error}; restore the folder from the repository"
        ) from error


def concept_count() -> int:
    """How many indicator concepts there are."""
    return len(concepts())


def programs() -> tuple[Program, ...]:
    """This program, Python, and what the program asks for, with versions and licences."""
    named = [_NAME.match(line) for line in requires(_OWN) or () if "extra ==" not in line]
    found = [_program(name[0]) for name in named if name]
    python = Program("Python", platform.python_version(), "PSF-2.0")
    return (_program(_OWN), python, *sorted(found, key=lambda one: one.name.lower()))


def _program(name: str) -> Program:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Program(name, "", "")
    return Program(name, found.version, _licence(found))


def _licence(found: Distribution) -> str:
    told = found.metadata
    names = [told[key] for key in ("License-Expression", "License") if key in told]
    short = next((name.strip() for name in names if name and len(name.strip()) <= _SHORT), "")
    lines = told.get_all("Classifier") or ()
    classes = (line.rpartition("::")[2].strip() for line in lines if line.startswith("License"))
    expression = (names[0] if "License-Expression" in told else "").strip()
    return short or next(classes, "") or expression


def _quality(card: str) -> tuple[Measured, ...]:
    """The table of the card's section on quality."""
    section = card.partition(f"## {_QUALITY}")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in section.splitlines()
        if line.startswith("|")
    ]
    head, body = rows[0], [row for row in rows[2:] if len(row) == len(rows[0])]
    return tuple(
        Measured(
            system=row[0].strip("*"),
            own=row[0].startswith("**"),
            figures={name: cell.strip("*") for name, cell in zip(head[1:], row[1:], strict=True)},
        )
        for row in body
    )

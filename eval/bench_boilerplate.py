"""How long it takes to find the boilerplate of a large corpus, and to answer from it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from corpus.parse import parse_bytes
from corpus.records import Indicator, Project
from corpus.specimens.disclosures import disclosures
from corpus.store.stored import StoredProject
from embed.open import open_encoder
from eval.bench import Machine, machine
from index.files import FolderWriter
from index.generations import About, commit
from peers.boilerplate.build import boilerplate_of
from peers.boilerplate.files import Clusters, save
from peers.boilerplate.records import Kind


@dataclass(frozen=True, slots=True)
class BoilerplateBench:
    """Seconds for finding and writing, and for opening and answering (the slowest kind).

    `texts` counts names, descriptions, values and goals; `unique_texts` how many are different.
    """

    projects: int
    texts: int
    unique_texts: int
    families: int
    seconds: float
    answer_seconds: float
    machine: Machine


def boilerplate(texts: int) -> BoilerplateBench:
    """Measure on invented projects of so many texts at least, every other row with own words."""
    projects = list(_projects(texts))
    encoder = open_encoder()
    said = [text for one in projects for text in _texts(one.project)]
    with TemporaryDirectory(prefix="duibiao-bench-") as name:
        folder = Path(name)

        def fill(files: FolderWriter) -> About:
            found = boilerplate_of(projects, lambda some: encoder.encode_documents(list(some)))
            save(files, found, "")
            return About("", encoder.model_id, encoder.dim, "", "", {})

        started = time.perf_counter()
        commit(folder, fill)
        built = time.perf_counter()
        slowest, families = 0.0, 0
        for kind in Kind:
            asked = time.perf_counter()
            families += len(Clusters.open(folder).families(kind))
            slowest = max(slowest, time.perf_counter() - asked)
    return BoilerplateBench(
        projects=len(projects),
        texts=len(said),
        unique_texts=len(set(said)),
        families=families,
        seconds=round(built - started, 3),
        answer_seconds=round(slowest, 3),
        machine=machine(),
    )


def _projects(texts: int) -> Iterator[StoredProject]:
    """Projects of the invented counties, whose rows differ from county to county as they do."""
    rng = Random(7)  # noqa: S311 - figures for a benchmark, no secret
    number = counted = 0
    for document in disclosures(texts):  # more regions than are needed
        if not document.path.endswith((".txt", ".csv")):
            continue
        for project in parse_bytes(document.data, document.path).projects:
            rows = tuple(_of_its_own(row, rng) for row in project.indicators)
            number += 1
            changed = replace(project, indicators=rows)
            counted += len(_texts(changed))
            yield StoredProject(f"{number:012x}", changed, (), document.path)
        if counted >= texts:
            return


def _texts(project: Project) -> list[str]:
    """What is compared of a project."""
    rows = project.indicators
    said = [text for row in rows for text in (row.name, row.description, row.value.raw) if text]
    return said + [goal.text for goal in project.goals]


def _of_its_own(row: Indicator, rng: Random) -> Indicator:
    """Every other row in words that nobody else uses."""
    if rng.random() < 0.5:
        return row
    own = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(5))
    return replace(row, name=f"{own}{row.name}", description=f"{row.description}，{own}除外")

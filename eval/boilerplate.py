"""How well boilerplate families are found: against the truth of invented counties, and real pairs.

A pair of texts counts as found where both are of one family. In the invented corpus all pairs are
counted; texts that differ only in figures are one wording there. The real pairs were judged by
reading, before the product was run on them.
"""

import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.parse import parse_bytes
from corpus.records import Indicator, Project, ProjectKind
from corpus.specimens.disclosures import disclosures
from corpus.specimens.printing import Printed
from corpus.specimens.sheets import Sheet, SheetKind
from corpus.store.identity import goal_id, indicator_id
from corpus.store.stored import StoredProject
from corpus.values import parse_value
from embed.encoder import Vectors
from embed.open import open_encoder
from errors import UsageError
from peers.boilerplate.build import Boilerplate, boilerplate_of
from peers.boilerplate.collect import collect
from peers.boilerplate.families import families
from peers.boilerplate.masks import Masked, Masker
from peers.boilerplate.records import Form, Kind, Text

PAIRS_FILE = Path(__file__).parent / "data" / "boilerplate_pairs.jsonl"

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Pairs that should be one family and pairs that are; `texts` were compared.

    Precision and recall are None where there is no such pair.
    """

    data: str
    kind: str
    texts: int
    pairs: int
    found: int
    right: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class BoilerplateReport:
    """Figures by kind, on invented counties and on real pairs (`all`: of every kind)."""

    figures: tuple[PairFigures, ...]
    seconds: float


def evaluate(shared: Path | None = None, scale: int = 1) -> BoilerplateReport:
    """Find the families of an invented corpus and of the real rows, and count pairs.

    `shared` is the folder that holds `eval/indicators.jsonl` and `seeds/`; without it the one
    beside the checkout.

    :raises UsageError: `shared` holds no such data.
    """
    started = time.perf_counter()
    shared = shared or _SHARED
    if not (shared / "eval" / "indicators.jsonl").is_file() or not (shared / "seeds").is_dir():
        raise UsageError(f"expected eval/indicators.jsonl and seeds/ in {shared}, found none")
    figures = (*invented(scale), *_real(shared))
    return BoilerplateReport(figures, round(time.perf_counter() - started, 3))


def _encode(texts: Sequence[str]) -> Vectors:
    return open_encoder().encode_documents(texts)


def _figures(data: str, kind: str, texts: int, pairs: int, found: int, right: int) -> PairFigures:
    return PairFigures(
        data,
        kind,
        texts,
        pairs,
        found,
        right,
        round(right / found, 4) if found else None,
        round(right / pairs, 4) if pairs else None,
    )


def invented(scale: int) -> Iterator[PairFigures]:
    """The figures of each kind on so many times thirty invented counties."""
    corpus = _Invented()
    for document in disclosures(scale):
        corpus.add(document)
    found = boilerplate_of(corpus.projects, _encode)
    for kind, truth in corpus.truth.items():
        yield _compared(kind, truth, _labels(found, kind))
    for sort in (SheetKind.ECHO, SheetKind.ONE_VALUE):
        such = {own_id for own_id, one in corpus.kinds.items() if one is sort}
        told = {
            member.id
            for one in found.families[Kind.TABLE]
            if one.family.form == sort.value
            for member in one.members
        }
        right = len(such & told)
        counts = (len(corpus.kinds), len(such), len(told), right)
        yield _figures("invented", f"{sort} tables", *counts)


def _labels(found: Boilerplate, kind: Kind) -> Labels:
    """The family of each record that has one; of tables only those that share rows."""
    return {
        member.id: one.family.id
        for one in found.families[kind]
        if kind is not Kind.TABLE or one.family.form is Form.SHARED
        for member in one.members
    }


def _compared(kind: Kind, truth: Labels, found: Labels) -> PairFigures:
    told = {own_id: found.get(own_id, own_id) for own_id in truth}
    both = Counter((truth[own_id], told[own_id]) for own_id in truth)
    return _figures(
        "invented",
        kind,
        len(truth),
        _pairs(Counter(truth.values())),
        _pairs(Counter(told.values())),
        _pairs(both),
    )


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


class _Invented:
    """The documents of the invented counties as they are read, with the true family of texts."""

    def __init__(self) -> None:
        self.projects: list[StoredProject] = []
        self.kinds: dict[str, SheetKind] = {}
        self.truth: dict[Kind, dict[str, str]] = {
            kind: {}
            for kind in (Kind.NAME, Kind.DESCRIPTION, Kind.GOAL, Kind.PARAGRAPH, Kind.TABLE)
        }

    def add(self, document: Printed) -> None:
        """Read one document; tables that were not read row by row have no truth."""
        parsed = parse_bytes(document.data, document.path)
        sheets = {sheet.title: sheet for sheet in document.sheets}
        for number, project in enumerate(parsed.projects):
            own_id = hashlib.sha256(f"{document.path} {number}".encode()).hexdigest()[:12]
            self.projects.append(StoredProject(own_id, project, (), document.path))
            if project.kind is ProjectKind.WHOLE_UNIT:
                self._paragraphs(own_id, project, document)
            elif project.name in sheets:
                self._table(own_id, project, sheets[project.name], described=document.described)

    def _table(self, own_id: str, project: Project, sheet: Sheet, *, described: bool) -> None:
        if [row.name for row in project.indicators] != [row.entry.name for row in sheet.rows]:
            return
        self.kinds[own_id] = sheet.kind
        if sheet.kind not in (SheetKind.ECHO, SheetKind.ONE_VALUE):
            self.truth[Kind.TABLE][own_id] = sheet.origin
        for number, row in enumerate(sheet.rows, start=1):
            row_id = indicator_id(own_id, number)
            name = row.name_family or _wording(row.entry.name)
            self.truth[Kind.NAME][row_id] = name
            if described:
                said = row.description_family or _wording(row.entry.description)
                self.truth[Kind.DESCRIPTION][row_id] = said
        for number, goal in enumerate(project.goals, start=1):
            stock = f"{sheet.goal_family} {number}" if sheet.goal_family else _wording(goal.text)
            self.truth[Kind.GOAL][goal_id(own_id, number)] = stock

    def _paragraphs(self, own_id: str, project: Project, document: Printed) -> None:
        for number, goal in enumerate(project.goals, start=1):
            family = next(
                (one.family for one in document.paragraphs if goal.text in one.text and one.family),
                "",
            )
            if family.startswith(("measure:", "target:")):
                clause = _NUMBER.sub("N", goal.text.replace(project.unit, "U"))
                office = re.sub(r"^.{2,3}?[县市]", "", project.unit)
                self.truth[Kind.PARAGRAPH][goal_id(own_id, number)] = clause.replace(office, "U")


def _wording(text: str) -> str:
    return _NUMBER.sub("N", text)


def _real(shared: Path) -> Iterator[PairFigures]:
    """The judged pairs; a side is a row of `indicators.jsonl` or a clause of a seed."""
    texts = _real_texts(shared / "eval" / "indicators.jsonl", shared / "seeds")
    total: Counter[str] = Counter()
    for kind, judged in _judged().items():
        known = {text.id for text in texts[kind]}
        pairs = [pair for pair in judged if pair["one"] in known and pair["other"] in known]
        family = {
            member.id: one.family.id
            for one in families(kind, texts[kind], _encode)
            for member in one.members
        }
        told = [family.get(pair["one"], "") == family.get(pair["other"], "-") for pair in pairs]
        counts = Counter(
            texts=len(pairs),
            pairs=sum(pair["same"] for pair in pairs),
            found=sum(told),
            right=sum(one and pair["same"] for one, pair in zip(told, pairs, strict=True)),
        )
        total += counts
        yield _figures("real pairs", kind, *(counts[key] for key in _COUNTED))
    yield _figures("real pairs", "all", *(total[key] for key in _COUNTED))


_COUNTED = ("texts", "pairs", "found", "right")


def _judged() -> dict[Kind, list[dict[str, Any]]]:
    found: dict[Kind, list[dict[str, Any]]] = defaultdict(list)
    for line in PAIRS_FILE.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        found[Kind(pair["kind"])].append(pair)
    return found


def _real_texts(rows: Path, seeds: Path) -> dict[Kind, list[Text]]:
    texts: dict[Kind, list[Text]] = defaultdict(list)
    for line in rows.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        project = Project(unit=row["unit"] or "", name=row["project"] or "", year=row["year"])
        indicator = Indicator(
            name=row["name"],
            description=row["description"] or "",
            value=parse_value(row["value_raw"] or "", name=row["name"]),
        )
        stored = StoredProject(row["id"], project, (), row["source"])
        for kind, text in _texts_of_row(stored, indicator):
            texts[kind].append(text)
    for path in sorted(seeds.glob("*.txt")):
        for project in parse_bytes(path.read_bytes(), path.name).projects:
            kind = Kind.PARAGRAPH if project.kind is ProjectKind.WHOLE_UNIT else Kind.GOAL
            stored = StoredProject("", project, (), path.name)
            mask = Masker(project)
            for goal in project.goals:
                digest = hashlib.sha256(goal.text.encode()).hexdigest()[:12]
                own_id = f"{path.name[:3]}:{digest}"
                texts[kind].append(_clause(stored, own_id, goal.text, mask(goal.text)))
    return texts


def _texts_of_row(stored: StoredProject, row: Indicator) -> Iterator[tuple[Kind, Text]]:
    """The texts of one row as they are collected from a corpus, under the row's own id."""
    one = replace(stored, project=replace(stored.project, indicators=(row,)))
    for kind, texts in collect([one]).texts.items():
        for text in texts:
            yield kind, replace(text, id=stored.id)


def _clause(stored: StoredProject, own_id: str, text: str, masked: Masked) -> Text:
    project = stored.project
    return Text(
        id=own_id,
        project_id="",
        document_id=stored.document_id,
        unit=project.unit,
        project=project.name,
        year=project.year,
        text=text,
        masked=masked.text,
        fills=masked.fills,
    )

"""Making a generation: all anew, or what has changed since the last one added to it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.store.listing import ListedProject, SearchedTexts
from embed.beside import EncodingProcess
from embed.encoder import Encoder
from errors import SearchIndexError
from index.bands import is_calibrated
from index.concepts import KnownConcepts, known_texts
from index.encoding import Encoding
from index.fields import Rows
from index.files import FolderReader, FolderWriter
from index.generations import About, Generation, commit
from index.progress import Progress
from index.results import Scope
from index.rows import Row, rows_of
from index.scope import Prepared, ScopeIndex
from index.snapshot import PROJECTS, Snapshot
from index.texts import IndexedForms
from index.vector_cache import VectorCache
from index.vectors import PARTS
from text.words import dictionary_hash

Also = Callable[[FolderWriter, FolderReader | None], None]
"""Writes what else belongs to a generation; given are the files of the last one that it adds to."""

# Up to this share of the projects, adding to the last generation beats building anew.
_LITTLE = 0.2


class Corpus(Protocol):
    """Where the records come from."""

    def stamps(self) -> Mapping[str, str]:
        """For each project, by id, a word that is another one once anything in it changed."""
        ...

    def searched_texts(self) -> SearchedTexts:
        """What is searched of all projects, or a part of it, before the records are known."""
        ...

    def listed(self, ids: Collection[str] | None = None) -> Iterator[ListedProject]:
        """All projects with their records, or those asked for."""
        ...


def build_generation(
    folder: Path,
    corpus: Corpus,
    encoder: Encoder,
    *,
    revision: str,
    model: str = "",
    progress: Progress | None = None,
    beside: EncodingProcess | None = None,
    cache: VectorCache | None = None,
    also: Also | None = None,
    last: Snapshot | None = None,
) -> Generation:
    """Index all projects with their goals and indicators as the new valid generation.

    `revision` is that of the corpus, `model` the encoder's name as it was asked for ("" the
    default), `beside` a process that may share the work, `also` writes files of its own, `last`
    is the valid generation where it is open already. Texts whose vectors that one holds, by the
    same model, are not encoded again.

    :raises ModelError: the encoder gives no usable vectors.
    :raises OSError: no room or no right to write; the last generation stays valid.
    """
    last = last or sound_generation(folder)
    stamps = dict(sorted(corpus.stamps().items()))
    encode = Encoding(encoder, _vectors_of(last, encoder), progress, beside, cache)
    searched, forms = corpus.searched_texts(), IndexedForms()
    encode.begin(
        [forms[text] for text in searched.lines],
        [
            *(forms[text] for text in searched.goals),
            *known_texts(phrasings=is_calibrated(model))[0],
        ],
    )
    rows = rows_of(corpus.listed())
    prepared = {scope: Prepared.of(scope, rows[scope], forms) for scope in Scope}

    def fill(files: FolderWriter) -> About:
        scopes = {}
        for scope in Scope:
            owners = _owners(rows[scope], stamps)
            scopes[scope] = ScopeIndex.of(prepared[scope], owners, encode, encode.terms)
            scopes[scope].save(scope, files)
        KnownConcepts.of(encode, phrasings=is_calibrated(model)).save(files)
        _write_projects(files, stamps)
        if also:
            also(files, last.files if last else None)
        return _about(scopes, encoder, revision, model)

    return commit(folder, fill)


def grow_generation(
    folder: Path,
    corpus: Corpus,
    encoder: Encoder,
    *,
    revision: str,
    model: str = "",
    progress: Progress | None = None,
    cache: VectorCache | None = None,
    also: Also | None = None,
    last: Snapshot | None = None,
) -> Generation | None:
    """As `build_generation`, by adding to the last generation what has changed since.

    The new generation answers just as one that is built anew. None where that is the better way:
    there is no sound generation of this model, much has changed, or much was added already.

    :raises ModelError: the encoder gives no usable vectors.
    :raises OSError: no room or no right to write; the last generation stays valid.
    """
    last = last or sound_generation(folder)
    if last is None or not _is_of(last, encoder) or not last.concepts().is_current():
        return None
    stamps = dict(sorted(corpus.stamps().items()))
    before = last.projects()
    new = {project for project, stamp in stamps.items() if before.get(project) != stamp}
    gone = {project for project, stamp in before.items() if stamps.get(project) != stamp}
    if max(len(new), len(gone)) > _LITTLE * len(before) or _is_patched(last):
        return None
    rows = rows_of(corpus.listed(new))
    encode = Encoding(encoder, {}, progress, cache=cache)
    stays = np.asarray([project not in gone for project in before], np.bool_)
    numbers = {project: number for number, project in enumerate(stamps)}
    moved = np.asarray([numbers.get(project, -1) for project in before], np.int32)

    def fill(files: FolderWriter) -> About:
        scopes = {}
        for scope in Scope:
            old = last.scope(scope)
            kept = stays[old.owners]
            owners = np.concatenate([moved[old.owners[kept]], _owners(rows[scope], numbers)])
            scopes[scope] = old.changed(scope, kept, owners, rows[scope], encode)
            scopes[scope].save(scope, files)
        last.concepts().save(files)
        _write_projects(files, stamps)
        if also:
            also(files, last.files)
        return _about(scopes, encoder, revision, model)

    return commit(folder, fill)


def _owners(rows: Sequence[Row], projects: Iterable[str]) -> Rows:
    """The number of each row's project in a list of projects."""
    numbers = {project: number for number, project in enumerate(projects)}
    return np.asarray([numbers[row.project_id] for row in rows], np.int32)


def _write_projects(files: FolderWriter, stamps: Mapping[str, str]) -> None:
    files.lines(PROJECTS, (f"{project} {stamp}" for project, stamp in stamps.items()))


def _about(
    scopes: Mapping[Scope, ScopeIndex], encoder: Encoder, revision: str, model: str
) -> About:
    texts = set().union(*(field.used() for scope in scopes.values() for field in scope.fields))
    return About(
        model=model,
        model_id=encoder.model_id,
        dim=encoder.dim,
        dictionary_hash=dictionary_hash(),
        corpus_revision=revision,
        counts={**{scope.value: len(scopes[scope]) for scope in Scope}, "texts": len(texts)},
    )


def sound_generation(folder: Path) -> Snapshot | None:
    """The valid generation of an index folder, all hashes verified; None where it is not sound."""
    try:
        return Snapshot.open(folder)
    except SearchIndexError:
        return None


def _is_of(last: Snapshot, encoder: Encoder) -> bool:
    """Whether a generation speaks of the same words in the same vectors."""
    about = last.generation.about
    now = (encoder.model_id, encoder.dim, dictionary_hash())
    return (about.model_id, about.dim, about.dictionary_hash) == now


def _is_patched(last: Snapshot) -> bool:
    """Whether a generation is made of so many parts that one is better."""
    parts = [len(field.dense.parts) for scope in Scope for field in last.scope(scope).fields]
    return max(parts) >= PARTS


def _vectors_of(last: Snapshot | None, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    """The vectors of a generation by text, if they are of the same model."""
    if last is None or not _is_of(last, encoder):
        return {}
    try:
        return {text: vector for scope in Scope for text, vector in last.scope(scope).encoded()}
    except SearchIndexError:
        return {}

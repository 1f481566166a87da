"""The systems that are measured side by side on a retrieval task."""

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from corpus.records import Indicator, Project
from corpus.store.listing import ListedProject, SearchedTexts
from corpus.store.stored import StoredProject
from embed import Encoder
from eval.retrieval import Ranker, Ranking, Task, rank_names
from index.bands import Band
from index.build import build_generation
from index.results import SearchAnswer, SearchRequest
from index.search import Searcher
from index.snapshot import Snapshot
from text.words import bigrams, words

DEPTH = 200
"""Hits that the product is asked for; a name that is not among them counts as ranked last."""


def product_ranker(task: Task, encoder: Encoder, depth: int = DEPTH) -> Ranker:
    """The product itself: an index built of the rows as it builds one, asked as a user asks it."""
    with tempfile.TemporaryDirectory(prefix="duibiao-eval-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        build_generation(folder, RowsOfTask(task), encoder, revision="")
        snapshot = Snapshot.open(folder)  # which holds its files, also when they are gone
    searcher = Searcher(snapshot, encoder)

    def rank(query: str) -> Ranking:
        answer = searcher.search(SearchRequest(query, top=depth, marked=False))
        return Ranking([hit.name for hit in answer.hits], _refused(answer))

    return rank


def tfidf_ranker(task: Task) -> Ranker:
    """Cosine of character 1- and 2-gram TF-IDF over name and description."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    matrix = vectorizer.fit_transform(task.texts)

    def rank(query: str) -> Ranking:
        scores: list[float] = (matrix @ vectorizer.transform([query]).T).toarray().ravel().tolist()
        return Ranking(rank_names(task.names, scores))

    return rank


def bm25_ranker(task: Task) -> Ranker:
    """BM25 over jieba words and character bigrams of name and description."""
    import bm25s

    index = bm25s.BM25()
    index.index([_terms(text) for text in task.texts], show_progress=False)

    def rank(query: str) -> Ranking:
        terms = [term for term in _terms(query) if term in index.vocab_dict]
        scores = index.get_scores(terms).tolist() if terms else [0.0] * len(task.texts)
        return Ranking(rank_names(task.names, scores))

    return rank


def dense_ranker(task: Task, encoder: Encoder) -> Ranker:
    """Cosine of an encoder's vectors of name and description as one text."""
    documents = encoder.encode_documents(task.texts)

    def rank(query: str) -> Ranking:
        scores: list[float] = (documents @ encoder.encode_queries([query])[0]).tolist()
        return Ranking(rank_names(task.names, scores))

    return rank


def _terms(text: str) -> list[str]:
    return words(text) + bigrams(text)


def _refused(answer: SearchAnswer) -> bool | None:
    """Whether it says that nothing is similar; None where the hits have no bands."""
    if not answer.hits:
        return True
    band = answer.hits[0].band
    return band == Band.NONE if band else None


class RowsOfTask:
    """The rows of a task as indicators of projects of those names."""

    def __init__(self, task: Task) -> None:
        rows: dict[str, list[Indicator]] = {}
        projects: Sequence[str] = task.projects or ("",) * len(task.names)
        for name, description, project in zip(task.names, task.descriptions, projects, strict=True):
            rows.setdefault(project, []).append(Indicator(name, description=description))
        self._projects = {
            (own_id := f"{number:012x}"): StoredProject(
                own_id, Project(name=name, indicators=tuple(found)), (), ""
            )
            for number, (name, found) in enumerate(rows.items(), start=1)
        }

    def stamps(self) -> Mapping[str, str]:
        """Nothing ever changes here."""
        return dict.fromkeys(self._projects, "")

    def searched_texts(self) -> SearchedTexts:
        """Nothing is told beforehand."""
        return SearchedTexts((), ())

    def listed(self, ids: Collection[str] | None = None) -> Iterator[ListedProject]:
        """All projects, or those asked for."""
        return (ListedProject.of(self._projects[own_id]) for own_id in ids or self._projects)

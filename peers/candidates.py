"""Which projects of the corpus are worth comparing with one: found by search, in few questions."""

from collections import Counter
from collections.abc import Callable

from corpus.records import Project
from index.results import Scope, SearchAnswer, SearchRequest
from peers.alignment import Profile

Search = Callable[[SearchRequest], SearchAnswer]

BY_NAME = 40
"""Projects looked at because of their name and purpose."""
BY_ROWS = 40
"""Further projects looked at because of what they measure."""

_HITS = 15
_MOST_ROWS = 6
_LONGEST = 200  # characters of a text that is searched for


def candidates(asked: Profile, search: Search, own_id: str = "") -> tuple[str, ...]:
    """Ids of projects that may be like this one, by name first; the project itself left out."""
    project = asked.project
    found: dict[str, None] = {}
    for text in _head_texts(project):
        for hit in search(SearchRequest(text, Scope.PROJECT, BY_NAME, marked=False)).hits:
            ids = (hit.project_id, *hit.members)
            found |= dict.fromkeys(one for one in ids if one and len(found) < BY_NAME)
    met: Counter[str] = Counter()
    for name in _telling_names(asked):
        hits = search(SearchRequest(name, Scope.INDICATOR, _HITS, marked=False)).hits
        met.update({member.rpartition("-i")[0] for hit in hits for member in hit.members})
    del met[""]  # what no id of an indicator names
    ranked = sorted(met, key=lambda one: (-met[one], one))
    found |= dict.fromkeys([one for one in ranked if one not in found][:BY_ROWS])
    return tuple(one for one in found if one != own_id)


def _head_texts(project: Project) -> list[str]:
    texts = (project.name or project.unit, project.purpose or project.goal)
    return [text[:_LONGEST] for text in texts if text.strip()]


def _telling_names(asked: Profile) -> list[str]:
    """Names of the rows that tell most of their project, each once."""
    rows = asked.project.indicators
    order = sorted(range(len(rows)), key=lambda row: -asked.weights[row])
    names = dict.fromkeys(rows[row].name[:_LONGEST] for row in order if rows[row].name.strip())
    return list(names)[:_MOST_ROWS]

"""The exceptions of the whole product, drawn in one place.

DuibiaoError                       something a user can be told in one line
├── InputError                     a document could not be read (ingest goes on with the next)
│   ├── UnreadableError            no reader knows these bytes, or they are damaged
│   ├── NoTableError               readable, but no performance-target table or goal text in it
│   └── LimitError                 larger, deeper or longer than the limits allow
├── UsageError                     a bad option, a missing path, an unknown project
├── HomeError                      the data folder
│   ├── HomeMissingError           there is none, or nothing was ingested yet
│   ├── HomeGoneError              it was there a while ago
│   ├── HomeLockedError            another process is writing
│   ├── HomeUnwritableError        no right or no room to write
│   └── StoreError                 corpus.sqlite is damaged or of a newer version
├── SearchIndexError                    the index
│   ├── IndexMissingError          never built
│   ├── IndexDamagedError          a file is missing or its hash differs
│   └── IndexModelError            built with another model than the one asked for
├── DraftError                     a draft that a person keeps
│   ├── DraftMissingError          no such draft (any more), or no name of one
│   ├── DraftStaleError            it was changed elsewhere since it was read
│   ├── DraftDamagedError          its file is not what was written, or of a newer version
│   └── DraftLimitError            too many rows or drafts, or too long a text
├── StoppedError                   the user stopped long work; what was finished stays
├── ModelError                     an encoder could not be loaded
└── KnowledgeError                 a file of knowledge/ is damaged
"""


class DuibiaoError(Exception):
    """Base of all errors that a user is told; the message names expected, found and cure."""


class InputError(DuibiaoError):
    """One document could not be read; others are not concerned."""


class UnreadableError(InputError):
    """No reader knows these bytes, or they are damaged."""


class NoTableError(InputError):
    """The document is readable but holds neither a target table nor a goal text."""


class LimitError(InputError):
    """The document is larger, deeper or longer than the limits allow."""


class UsageError(DuibiaoError):
    """A bad option, a missing path, an unknown project."""


class HomeError(DuibiaoError):
    """The data folder cannot serve."""


class HomeMissingError(HomeError):
    """There is no data folder here, or nothing was ingested yet."""


class HomeGoneError(HomeError):
    """The data folder was there a while ago: a drive was taken off, or it was moved."""


class HomeLockedError(HomeError):
    """Another process is writing to this data folder."""


class HomeUnwritableError(HomeError):
    """No right or no room to write to the data folder."""


class StoreError(HomeError):
    """corpus.sqlite is damaged or was written by a newer version."""


class SearchIndexError(DuibiaoError):
    """The search index cannot serve."""


class IndexMissingError(SearchIndexError):
    """No index was built yet."""


class IndexDamagedError(SearchIndexError):
    """A file of the index is missing or not what was written."""


class IndexModelError(SearchIndexError):
    """The index was built with another model than the one asked for."""


class DraftError(DuibiaoError):
    """A draft that a person keeps."""


class DraftMissingError(DraftError):
    """There is no such draft (any more), or this is no name of one."""


class DraftStaleError(DraftError):
    """The draft was changed elsewhere since it was read; nothing was written."""


class DraftDamagedError(DraftError):
    """The file of a draft is not what was written, or of a newer version."""


class DraftLimitError(DraftError):
    """Too many rows or drafts, or too long a text."""


class StoppedError(DuibiaoError):
    """The user stopped long work; what was finished by then stays."""


class ModelError(DuibiaoError):
    """An encoder could not be loaded."""


class KnowledgeError(DuibiaoError):
    """A file of what people wrote down is damaged or contradicts another."""

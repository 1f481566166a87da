"""What all tables of one document share."""

from corpus.frozen import frozen


@frozen
class Context:
    """File name for the sources; the year a title prints, and the one the text speaks of.

    `scanned` says that the document shows the damage of a scan, so that doubtful numbers in it
    are not trusted.
    """

    file: str
    year: int | None = None
    narrative_year: int | None = None
    scanned: bool = False

"""A series of briefs, one a week: what the archive page and the feed are made of."""

from briefgen.model.base import Note, value
from briefgen.model.brief import Brief


@value
class Edition:
    """The brief of one week, as it stands in the folder of that week.

    ``files`` are the names of its files. A brief that cannot be read is None, and ``fault`` says why.
    """

    week: str
    files: tuple[str, ...] = ()
    brief: Brief | None = None
    fault: Note | None = None

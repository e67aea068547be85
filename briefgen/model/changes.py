"""What has changed since an earlier brief. Its sources are not in the new one: its lines carry what is needed to show them."""

from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.base import Text, value
from briefgen.model.findings import Stance, Status

#: What became of a position: ``moved`` is another stance that is no reversal, or the same one that is firmer or less firm.
Change = Literal["new", "strengthened", "reversed", "moved", "unchanged"]


@value
class Against:
    """The earlier brief that changes are told against; other rules read the same words otherwise, which is no change."""

    title: str
    as_of: str | None
    same_rules: bool = True


@value
class EarlierPlace:
    """Where a line of the earlier brief stands: its document, and the sentence there.

    ``source`` is the document's id in the earlier brief; ``line`` is None if that brief has no texts.
    """

    source: str
    path: str
    title: str | None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    line: int | None = None
    sentence: Text


@value
class EarlierPosition:
    """A position of the earlier brief that is not simply held on.

    ``name`` and ``label`` are its actor and issue as they were called. ``became`` is the position of the new brief that took
    its place and ``shown_by`` the statement of the new brief that shows it; both are None for what is not repeated.
    """

    id: str
    actor: str
    name: str
    issue: str
    label: str
    stance: Stance
    hedged: bool = False
    quote: Text
    sources: int
    place: EarlierPlace
    became: str | None = None
    shown_by: str | None = None


@value
class EarlierProposal:
    """A proposal of the earlier brief that has another status, or is not repeated (``became`` is None)."""

    id: str
    action: Text
    by: tuple[str, ...] = ()
    status: Status
    place: EarlierPlace
    became: str | None = None


@value
class ProposalChanges:
    """Ids of proposals by what became of them; ``not_repeated`` are ids of the earlier brief, told in ``earlier``."""

    new: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    not_repeated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    earlier: tuple[EarlierProposal, ...] = ()


@value
class EarlierName:
    """An actor or issue of the earlier brief: ``became`` is its id in the new brief, None if it is not there."""

    id: str
    name: str
    became: str | None = None


@value
class NameChanges:
    """Actors or issues that came (ids of the new brief), went, or are the same under another id or name."""

    new: tuple[str, ...] = ()
    gone: tuple[EarlierName, ...] = ()
    renamed: tuple[EarlierName, ...] = ()


@value
class Changes:
    """Ids of positions, by what became of them since the earlier brief.

    ``not_repeated`` are ids of the earlier brief: its sources said so, the new ones are silent, which is no withdrawal.
    ``earlier`` holds the lines of the earlier brief that were not repeated, strengthened, reversed or moved.
    """

    against: Against
    new: tuple[str, ...] = ()
    strengthened: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    not_repeated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    earlier: tuple[EarlierPosition, ...] = ()
    proposals: Annotated[ProposalChanges, Field(default_factory=ProposalChanges)]
    actors: Annotated[NameChanges, Field(default_factory=NameChanges)]
    issues: Annotated[NameChanges, Field(default_factory=NameChanges)]

"""Digests in, one ``Brief`` out. Each section of the brief has its module; they are called in written order.

Nothing here reads a clock or a disk: the same digests, in whatever order, give the same brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import fields, replace
from typing import NamedTuple, TypeVar

from briefgen.compare.actors import Roster, joined
from briefgen.compare.changes.carried import carried_over
from briefgen.compare.changes.finding import sameness_of, what_changed, with_changes
from briefgen.compare.changes.sameness import Sameness
from briefgen.compare.contrast import find_agreements, find_disagreements
from briefgen.compare.copies import find_copies
from briefgen.compare.corrections.actors import recast
from briefgen.compare.corrections.issues import regroup
from briefgen.compare.corrections.ledger import in_order
from briefgen.compare.corrections.lines import correct_proposals, with_notes
from briefgen.compare.corrections.sources import mark_unreliable
from briefgen.compare.corrections.statements import Revised, revise
from briefgen.compare.corrections.withholding import Edits, is_embargoed, withhold, without
from briefgen.compare.figures import find_differences
from briefgen.compare.issues import About, Grouping, group
from briefgen.compare.likeness import Likeness
from briefgen.compare.naming import Namer
from briefgen.compare.outline import Outline, Tools, outlines_of, tools_of, with_outline
from briefgen.compare.phrases import Grammar
from briefgen.compare.points import find_points
from briefgen.compare.positions import find_positions, merged_refs
from briefgen.compare.proposals import as_claims, find_proposals
from briefgen.compare.sift import Sift
from briefgen.compare.sources import Independence, number_sources, places_of
from briefgen.compare.tables import tables
from briefgen.compare.timeline import timeline
from briefgen.compare.topics import Topic, without_people
from briefgen.model.brief import (
    OTHER_ISSUE,
    Agreement,
    Brief,
    BriefProposal,
    BriefSource,
    BriefStatement,
    Correction,
    Disagreement,
    Generator,
    Issue,
    Period,
    Position,
    Skipped,
)
from briefgen.model.corrections import Corrections
from briefgen.model.findings import Digest, Ref, Statement
from briefgen.model.lexicon import Lexicon
from briefgen.model.settings import Settings

__all__ = [
    "Edits",
    "Sift",
    "Tools",
    "compare",
    "is_embargoed",
    "tools_of",
    "what_changed",
    "with_outline",
    "withhold",
    "without",
]

OnIssue = TypeVar("OnIssue", Agreement, Disagreement, Position)
#: The fields that a statement keeps in a brief.
SHARED = tuple(each.name for each in fields(BriefStatement) if each.name in {each.name for each in fields(Statement)})
#: How much more a contested issue weighs in the order of a brief.
CONTESTED = 2.0
NONE = Edits()


def compare(
    digests: Sequence[Digest],
    lexicon: Lexicon,
    settings: Settings,
    *,
    skipped: Sequence[Skipped] = (),
    previous: Brief | None = None,
    period: Period | None = None,
    generator: Generator,
    edits: Edits = NONE,
) -> Brief:
    """The comparative brief of ``digests``; ``previous`` is the brief that changes are told against.

    ``edits`` are a person's corrections (see ``withhold``, which comes first).
    """
    tools, corrections = tools_of(lexicon), edits.corrections
    sameness = sameness_of(lexicon, tools.rules)
    heard, grouping = _heard_on_issues(digests, tools, lexicon, settings, previous, sameness, edits)
    digests, sources, counted, roster = heard.revised.digests, heard.sources, heard.counted, heard.roster
    places = places_of(digests)
    statements = _statements(heard.claims, grouping, places)
    positions = find_positions(statements, grouping.issues, roster, sources, counted)
    positions, noted = with_notes(positions, statements, sources, corrections, tools.rules)
    likeness = Likeness((each.content for each in statements), tools.rules)
    opposed = find_disagreements(positions, roster, grouping, lexicon)
    issues = _in_order(grouping.issues, statements, opposed)
    disagreements = (*opposed, *find_differences(digests, statements, places, counted, roster, likeness))
    proposals, settled = _proposals(heard.revised, roster, grouping, places, sources, corrections, tools.rules)
    brief = Brief(
        title=settings.title,
        period=period or Period(),
        as_of=settings.as_of or _latest(sources),
        generator=generator,
        sources=sources,
        skipped=tuple(sorted(skipped, key=lambda each: each.path)),
        withheld=edits.withheld,
        actors=roster.actors,
        issues=issues,
        statements=statements,
        positions=_by_issue(positions, issues),
        proposals=proposals,
        agreements=_by_issue(find_agreements(positions, statements, roster, likeness), issues),
        disagreements=_by_issue(disagreements, issues),
        timeline=timeline(digests, places, counted, roster.find, settings),
        tables=tables(digests, places, lexicon),
        corrections=in_order((*heard.told, *noted, *settled)),
    )
    brief = with_changes(brief, previous, tools.directory, sameness) if previous else brief
    points = find_points(brief, roster, counted, lexicon, settings.limits.key_points, heard.revised)
    return replace(brief, key_points=points)


def _known(previous: Brief | None) -> dict[str, str]:
    """The labels of the earlier brief's issues, by id."""
    return {issue.id: issue.label for issue in previous.issues} if previous else {}


class Heard(NamedTuple):
    """The documents as a person corrected them: sources, what a claim in them counts as, who speaks in them."""

    revised: Revised
    sources: tuple[BriefSource, ...]
    counted: Independence
    roster: Roster
    claims: Sequence[BriefStatement]
    told: Sequence[Correction]


def _heard_on_issues(
    digests: Sequence[Digest],
    tools: Tools,
    lexicon: Lexicon,
    settings: Settings,
    previous: Brief | None,
    sameness: Sameness,
    edits: Edits,
) -> tuple[Heard, Grouping]:
    """What was heard and the issues that it is on; the outlines, as much as all that documents say, are let go of here."""
    heard, outlines = _heard(digests, tools, settings, edits)
    grouping, regrouped = _grouped(heard, outlines, tools, lexicon, previous, sameness, edits.corrections)
    return heard._replace(told=(*heard.told, *regrouped)), grouping


def _heard(digests: Sequence[Digest], tools: Tools, settings: Settings, edits: Edits) -> tuple[Heard, list[Outline]]:
    """What stands fixed before anything is compared, with the outlines; ``told`` are the corrections applied on the way."""
    in_place = sorted(digests, key=lambda digest: (digest.source.path, digest.source.id))
    revised = revise(in_place, edits.corrections, tools.rules)
    outlines = outlines_of(revised.digests, tools, revised.actors)
    copies = find_copies(revised.digests, [outline.marked for outline in outlines])
    unreliable, marked = mark_unreliable(revised.digests, edits)
    sources = number_sources(revised.digests, copies, settings.include_text, unreliable)
    roster, recast_names = _roster(revised, outlines, edits.corrections, tools)
    claims = _with_actors(revised.digests, roster, revised)
    told = (*edits.told, *revised.told, *marked, *recast_names)
    return Heard(revised, sources, Independence(copies, unreliable), roster, claims, told), outlines


def _roster(
    revised: Revised, outlines: Sequence[Outline], corrections: Corrections, tools: Tools
) -> tuple[Roster, Sequence[Correction]]:
    """Who is who, by the sources and then by the editor."""
    given = {*revised.actors.values(), *(entry.actor for _, entry in corrections.proposals if entry.actor)}
    readings = joined(
        {
            (digest.source.id, surface): reading
            for digest, outline in zip(revised.digests, outlines, strict=True)
            for surface, reading in outline.names.items()
        }
    )
    namer = Namer(tools.directory, tools.words, "")
    cast = recast(readings, sorted(given), corrections, revised.digests, tools.directory, namer)
    return Roster(cast.readings, tools.directory, cast.renamed), cast.told


def _about(outlines: Sequence[Outline], people: Set[str]) -> About:
    """What the claims are about, without wordings that name an actor of any document."""
    topics: dict[str, Sequence[Topic]] = {}
    words: dict[str, Set[str]] = {}
    from_last = outlines[::-1]  # of a reprint the first counts
    for outline, free in zip(from_last, without_people((each.topics for each in from_last), people), strict=True):
        topics |= free
        words |= outline.words
    return About(topics, words)


def _grouped(
    heard: Heard,
    outlines: Sequence[Outline],
    tools: Tools,
    lexicon: Lexicon,
    previous: Brief | None,
    sameness: Sameness,
    corrections: Corrections,
) -> tuple[Grouping, tuple[Correction, ...]]:
    """The issues of the claims that nobody put under one, under the ids that they had, then the editor's."""
    revised, claims, roster = heard.revised, heard.claims, heard.roster
    also = as_claims(revised.digests, roster, revised.actors)
    free, aside = ([each for each in some if each.id not in revised.issues] for some in (claims, also))
    names = roster.no_topics(tools.directory)
    phraser, about = tools.phraser.knowing(names), _about(outlines, names)
    grouping = group(free, about, phraser, roster.holder, lexicon.issue, _known(previous), aside)
    grouping = carried_over(grouping, free, previous, sameness) if previous else grouping
    return regroup(grouping, [*claims, *also], revised.issues, corrections, phraser)


def _with_actors(digests: Sequence[Digest], roster: Roster, revised: Revised) -> list[BriefStatement]:
    """The statements with their actors known, in order; the same statement in a reprint is one with both places."""
    found: dict[str, BriefStatement] = {}
    for digest in digests:
        for statement in digest.statements:
            given = revised.actors.get(statement.id)
            claim = _claim(statement, roster.given(given) if given else roster.find(digest.source.id, statement.holder))
            known = found.get(claim.id)
            found[claim.id] = replace(known, refs=(*known.refs, *claim.refs)) if known else claim
    return list(found.values())


def _claim(statement: Statement, actor: str | None) -> BriefStatement:
    return BriefStatement(**{name: getattr(statement, name) for name in SHARED}, actor=actor, speaker=statement.holder)


def _statements(claims: Iterable[BriefStatement], grouping: Grouping, places: Mapping[str, str]) -> tuple[BriefStatement, ...]:
    """The claims with their issues, and with the brief's numbers for their sources."""
    renumbered = _renumbering(places)
    return tuple(replace(each, issues=grouping.of[each.id], refs=renumbered(each.refs)) for each in claims)


def _renumbering(places: Mapping[str, str]) -> Callable[[Iterable[Ref]], tuple[Ref, ...]]:
    return lambda refs: merged_refs(replace(ref, source=places[ref.source]) for ref in refs)


def _latest(sources: Sequence[BriefSource]) -> str | None:
    """The latest day of publication that is known; never today."""
    return max((source.published for source in sources if source.published), default=None)


def _proposals(
    revised: Revised,
    roster: Roster,
    grouping: Grouping,
    places: Mapping[str, str],
    sources: Sequence[BriefSource],
    corrections: Corrections,
    rules: Grammar,
) -> tuple[tuple[BriefProposal, ...], Sequence[Correction]]:
    """The proposals of the sources, and then as the editor has them."""
    found = find_proposals(revised.digests, roster, grouping.of, _renumbering(places), revised.actors)
    return correct_proposals(found, sources, corrections, roster, rules)


def _by_issue(found: Sequence[OnIssue], issues: Sequence[Issue]) -> tuple[OnIssue, ...]:
    """What belongs to issues, in their order."""
    rank = {issue.id: at for at, issue in enumerate(issues)}
    return tuple(sorted(found, key=lambda each: rank[each.issue]))


def _in_order(
    issues: Sequence[Issue], statements: Sequence[BriefStatement], opposed: Iterable[Disagreement]
) -> tuple[Issue, ...]:
    """The user's own issues first, then by weight, where what is contested weighs more; what fits nowhere comes last."""
    counts = Counter(issue for statement in statements for issue in statement.issues)
    contested = {each.issue for each in opposed if each.kind == "actors"}
    marked = [replace(issue, contested=issue.id in contested) for issue in issues]

    def place(issue: Issue) -> tuple[object, ...]:
        weight = counts[issue.id] * (CONTESTED if issue.contested else 1.0)
        return issue.id == OTHER_ISSUE, issue.origin != "taxonomy", -weight, issue.id

    return tuple(sorted(marked, key=place))

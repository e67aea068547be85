"""Digests in, one ``Brief`` out. Each section of the brief has its module; they are called in written order.

Nothing here reads a clock or a disk: the same digests, in whatever order, give the same brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from briefgen.compare.actors import Roster, build_roster
from briefgen.compare.carried import carried_over
from briefgen.compare.changes import sameness_of, what_changed, with_changes
from briefgen.compare.contrast import find_agreements, find_disagreements
from briefgen.compare.copies import find_copies
from briefgen.compare.directory import Directory
from briefgen.compare.figures import find_differences
from briefgen.compare.issues import group
from briefgen.compare.likeness import Likeness
from briefgen.compare.phrases import Phraser, grammar
from briefgen.compare.points import find_points
from briefgen.compare.positions import find_positions, merged_refs
from briefgen.compare.proposals import as_claims, find_proposals
from briefgen.compare.sources import Independence, number_sources, places_of
from briefgen.compare.tables import tables
from briefgen.compare.timeline import timeline
from briefgen.model.brief import (
    OTHER_ISSUE,
    Agreement,
    Brief,
    BriefSource,
    BriefStatement,
    Disagreement,
    Generator,
    Issue,
    Period,
    Position,
    Skipped,
)
from briefgen.model.findings import Digest, Ref, Statement
from briefgen.model.lexicon import Lexicon
from briefgen.model.settings import Settings

__all__ = ["compare", "what_changed"]

OnIssue = TypeVar("OnIssue", Agreement, Disagreement, Position)
#: How much more a contested issue weighs in the order of a brief.
CONTESTED = 2.0


def compare(
    digests: Sequence[Digest],
    lexicon: Lexicon,
    settings: Settings,
    *,
    skipped: Sequence[Skipped] = (),
    previous: Brief | None = None,
    period: Period | None = None,
    generator: Generator,
) -> Brief:
    """The comparative brief of ``digests``; ``previous`` is the brief that changes are told against."""
    digests = sorted(digests, key=lambda digest: (digest.source.path, digest.source.id))
    directory = Directory(lexicon.actor)
    copies = find_copies(digests)
    sources = number_sources(digests, copies, settings.include_text)
    counted = Independence(copies)
    roster = build_roster(digests, lexicon, directory)
    claims = _with_actors(digests, roster)
    phraser = Phraser(grammar(lexicon), directory, roster.name_words)
    sameness = sameness_of(lexicon, phraser.rules)
    grouping = group(digests, claims, phraser, roster.holder, lexicon.issue, _known(previous), as_claims(digests, roster))
    grouping = carried_over(grouping, claims, previous, sameness) if previous else grouping
    places = places_of(digests)
    renumbered = _renumbering(places)
    statements = tuple(
        each.model_copy(update={"issues": grouping.of[each.id], "refs": renumbered(each.refs)}) for each in claims
    )
    positions = find_positions(statements, grouping.issues, roster, sources, counted)
    likeness = Likeness((statement.content for statement in statements), phraser.rules)
    disagreements = find_disagreements(positions, roster, grouping, lexicon)
    issues = _in_order(grouping.issues, statements, {each.issue for each in disagreements if each.kind == "actors"})
    differences = find_differences(digests, statements, places, counted, roster, likeness)
    brief = Brief(
        title=settings.title,
        period=period or Period(),
        as_of=settings.as_of or _latest(sources),
        generator=generator,
        sources=sources,
        skipped=tuple(sorted(skipped, key=lambda each: each.path)),
        actors=roster.actors,
        issues=issues,
        statements=statements,
        positions=_by_issue(positions, issues),
        proposals=find_proposals(digests, roster, grouping.of, renumbered),
        agreements=_by_issue(find_agreements(positions, statements, roster, likeness), issues),
        disagreements=_by_issue((*disagreements, *differences), issues),
        timeline=timeline(digests, places, counted, roster.find, settings),
        tables=tables(digests, places, lexicon),
        key_points=find_points(statements, issues, roster, counted, lexicon, settings.limits.key_points),
    )
    return with_changes(brief, previous, directory, sameness) if previous else brief


def _known(previous: Brief | None) -> dict[str, str]:
    """The labels of the earlier brief's issues, by id."""
    return {issue.id: issue.label for issue in previous.issues} if previous else {}


def _with_actors(digests: Sequence[Digest], roster: Roster) -> list[BriefStatement]:
    """The statements with their actors known, in order; the same statement in a reprint is one with both places."""
    found: dict[str, BriefStatement] = {}
    for digest in digests:
        for statement in digest.statements:
            claim = _claim(statement, roster.find(digest.source.id, statement.holder))
            known = found.get(claim.id)
            found[claim.id] = known.model_copy(update={"refs": (*known.refs, *claim.refs)}) if known else claim
    return list(found.values())


def _claim(statement: Statement, actor: str | None) -> BriefStatement:
    fields = {name: getattr(statement, name) for name in BriefStatement.model_fields if name in Statement.model_fields}
    return BriefStatement(**fields, actor=actor, speaker=statement.holder)


def _renumbering(places: Mapping[str, str]) -> Callable[[Iterable[Ref]], tuple[Ref, ...]]:
    return lambda refs: merged_refs(ref.model_copy(update={"source": places[ref.source]}) for ref in refs)


def _latest(sources: Sequence[BriefSource]) -> str | None:
    """The latest day of publication that is known; never today."""
    return max((source.published for source in sources if source.published), default=None)


def _by_issue(found: Sequence[OnIssue], issues: Sequence[Issue]) -> tuple[OnIssue, ...]:
    """What belongs to issues, in their order."""
    rank = {issue.id: at for at, issue in enumerate(issues)}
    return tuple(sorted(found, key=lambda each: rank[each.issue]))


def _in_order(issues: Sequence[Issue], statements: Sequence[BriefStatement], contested: set[str]) -> tuple[Issue, ...]:
    """The user's own issues first, then by weight, where what is contested weighs more; what fits nowhere comes last."""
    counts = Counter(issue for statement in statements for issue in statement.issues)
    marked = [issue.model_copy(update={"contested": issue.id in contested}) for issue in issues]

    def place(issue: Issue) -> tuple[object, ...]:
        weight = counts[issue.id] * (CONTESTED if issue.contested else 1.0)
        return issue.id == OTHER_ISSUE, issue.origin != "taxonomy", -weight, issue.id

    return tuple(sorted(marked, key=place))

"""Claims: which are told most and go back to whom; and one claim with its wordings, origins and what was lost."""

from __future__ import annotations

from typing import Any

from sayso.judgements.fields import CREDIBILITY, RELIABILITY
from sayso.records import ClaimCluster, Contradiction, OriginLabel, Pattern, Verdict
from sayso.views.claims import claim_page, headline
from sayso.web.pages import Missing
from sayso.web.screen import PAGE, Ask, Param, Screen, pages, plain
from sayso.web.screens.shared import Part, found, ruling

ONLY = ("all", "told_twice", "single_origin", "unnamed_origin", "interested", "contested", "patterns")
_WHERE = {
    "all": "statements > 1 OR contested OR patterns <> ''",
    "told_twice": "documents > 1",
    "single_origin": f"label = '{OriginLabel.SINGLE}' AND documents > 1",
    "unnamed_origin": "unnamed > 0 AND (documents > 1 OR contested)",
    "interested": "interested > 0",
    "contested": "contested > 0",
    "patterns": "patterns <> ''",
}
RELIABLE = dict(zip(RELIABILITY, (
    "completely reliable: no doubt of authenticity, trustworthiness or competence", "usually reliable: minor doubt",
    "fairly reliable: doubt, but valid information in the past", "not usually reliable: significant doubt",
    "unreliable: a history of invalid information", "cannot be judged: no basis exists"), strict=True))  # fmt: skip
CREDIBLE = dict(zip(CREDIBILITY, (
    "confirmed by other independent sources", "probably true: logical and consistent, not confirmed",
    "possibly true: agrees with some other information", "doubtful: possible but not logical",
    "improbable: contradicted by other information", "cannot be judged: no basis exists"), strict=True))  # fmt: skip


def rows(ask: Ask) -> dict[str, Any]:
    """The claims told most often first, with how many origins they go back to."""
    case, where = ask.shelf.case, _WHERE[ask["only"]]
    counts = {only: case.rows(f"SELECT count(*) FROM shown_claim WHERE {sql}")[0][0] for only, sql in _WHERE.items()}
    cut = pages(counts[ask["only"]], ask["page"], 25)
    names = ("id", "statements", "documents", "origins", "label", "unnamed", "interested", "contested", "patterns",
             "publishers", "first", "last")  # fmt: skip
    sql = f"""SELECT claim, {", ".join(names[1:])} FROM shown_claim WHERE {where}
              ORDER BY documents DESC, statements DESC, claim LIMIT ? OFFSET ?"""
    listed = [dict(zip(names, row, strict=True)) for row in case.rows(sql, cut.size, cut.skip)]
    gone, made = ask.shelf.reviewed.regrouped().get(ClaimCluster, (set[str](), dict[str, Any]()))
    own = [_made(ask, claim) for claim in made.values()] if cut.number == 1 else []
    shown = [*own, *(_row(ask, row) for row in listed if row["id"] not in gone)]
    kept = [row for row in shown if row["ruling"]["verdict"] != Verdict.REJECT]
    return {"claims": kept, "counts": counts, "pages": cut}


def one(ask: Ask) -> dict[str, Any]:
    """Every wording of one claim in time order, the tree of each origin, contradictions, patterns, grade."""
    claim = ask.shelf.reviewed.find(ask["id"])
    if not isinstance(claim, ClaimCluster):
        raise Missing(f"{ask['id']} is no claim of this case, or was put together with another.")
    page = claim_page(_part(ask, [claim]), claim)
    return {
        "heading": page.row.words[:80],
        "claim": plain(page.row),
        "wordings": [{**plain(row), "ruling": ruling(ask.shelf, row.statement)} for row in page.wordings],
        "origins": plain(page.origins),
        "against": plain(page.against),
        "patterns": plain(page.patterns),
        "reason": page.reason,
        "rule": claim.why.rule,
        "ruling": ruling(ask.shelf, claim.id),
        "scale": {"reliability": RELIABLE, "credibility": CREDIBLE},
        "like": _alike(ask, claim),
    }


def _row(ask: Ask, row: dict[str, Any]) -> dict[str, Any]:
    claim = ask.shelf.whole.find(row["id"])
    words = headline(ask.shelf.case, claim) if isinstance(claim, ClaimCluster) else ""
    patterns = [kind for kind in row["patterns"].split(",") if kind]
    return {**row, "words": words, "patterns": patterns, "ruling": ruling(ask.shelf, row["id"])}


def _made(ask: Ask, claim: ClaimCluster) -> dict[str, Any]:
    """The row of a claim that people put together: it is in no index."""
    return {**plain(claim_page(_part(ask, [claim]), claim).row), "ruling": ruling(ask.shelf, claim.id)}


def _part(ask: Ask, shown: list[ClaimCluster]) -> Part:
    """The case as these claims see it: of contradictions and patterns only their own."""
    reviewed = ask.shelf.reviewed
    against = {one.id: one for claim in shown for id in claim.statements for one in reviewed.about(Contradiction, id)}
    patterns = {one.id: one for claim in shown for one in reviewed.about(Pattern, claim.id) if one.claim == claim.id}
    return Part(
        reviewed, {ClaimCluster: shown, Contradiction: list(against.values()), Pattern: list(patterns.values())}
    )


def _alike(ask: Ask, claim: ClaimCluster) -> list[dict[str, str]]:
    """Claims with words in common, which a person may want to put together with this one."""
    from sayso.web.screens.search import expression

    words = sorted(set(_words(ask, claim).split()), key=len, reverse=True)[:3]
    sql = """SELECT DISTINCT member.record FROM shown_find_statement AS held
             JOIN shown_text ON shown_text.id = held.rowid
             JOIN member ON member.member = shown_text.record AND member.record LIKE 'claim-%'
             WHERE shown_find_statement MATCH ? AND member.record <> ? LIMIT 6"""
    query = expression(" ".join(words))
    ids = [row[0] for row in ask.shelf.case.rows(sql, query, claim.id)] if query else []
    return [{"id": other.id, "words": _words(ask, other)} for other in found(ask.shelf.reviewed, ids)]


def _words(ask: Ask, claim: ClaimCluster) -> str:
    first = ask.shelf.reviewed.find(claim.statements[0])
    return " … ".join(ask.shelf.case.quote(span) for span in first.content) if first else ""


SCREENS = (
    Screen("claims", "/claims", "Claims", rows, (Param("only", "which claims", "all", ONLY), PAGE)),
    Screen("claim", "/claim/{id}", "Claim", one),
)

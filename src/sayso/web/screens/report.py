"""Report: blocks chosen from the case with one's own words between them, each quotation with all that finds it."""

from __future__ import annotations

from typing import Any

from sayso.records import CheckOutcome, ClaimCluster, Statement
from sayso.web.citing import citation
from sayso.web.report import Block, BlockKind, draft, versions
from sayso.web.screen import Ask, Param, Screen
from sayso.web.screens import checks, claims, dominoes, timeline, voices
from sayso.web.screens.shared import listed

KINDS = tuple(BlockKind)
MOST = 40  # rows of a list in a report


def rows(ask: Ask) -> dict[str, Any]:
    """The report as it stands: every block with what it shows now."""
    held = draft(ask.shelf.case, ask["version"])
    return {
        "title_given": held.title,
        "version": held.version,
        "at": held.at,
        "by": held.by,
        "blocks": [_block(ask, block) for block in held.blocks],
        "versions": [list(one) for one in versions(ask.shelf.case)],
        "kinds": [str(kind) for kind in KINDS],
    }


def _block(ask: Ask, block: Block) -> dict[str, Any]:
    shown = {"kind": str(block.kind), "about": block.about, "text": block.text}
    return shown | {"shows": _SHOWS[block.kind](ask, block) if block.kind in _SHOWS else None}


def _statement(ask: Ask, block: Block) -> dict[str, Any] | None:
    found = ask.shelf.whole.find(block.about)
    if not isinstance(found, Statement):
        return None
    card = listed(ask.shelf, [found.id])[0]
    return {"card": card, "citation": citation(ask.shelf.whole, found, ask.shelf.case.get(found.doc))}


def _claim(ask: Ask, block: Block) -> dict[str, Any] | None:
    found = ask.shelf.reviewed.find(block.about)
    if not isinstance(found, ClaimCluster):
        return None
    page = claims.one(Ask(ask.shelf, {"id": found.id}, ask.desk))
    statements = [ask.shelf.whole.find(one["statement"]) for one in page["wordings"][:MOST]]
    cited = [citation(ask.shelf.whole, one, ask.shelf.case.get(one.doc)) for one in statements if one]
    return {**page, "citations": cited}


def _voices(ask: Ask, block: Block) -> dict[str, Any]:
    found = voices.rows(Ask(ask.shelf, {"show": "all", "q": "", "page": 1}, ask.desk))
    return {"voices": found["voices"][:MOST], "share": found["share"], "attributed": found["attributed"]}


def _timeline(ask: Ask, block: Block) -> dict[str, Any]:
    args = {"lane": "happened", "from": "", "to": "", "page": 1}
    return {"moments": timeline.rows(Ask(ask.shelf, args, ask.desk))["moments"]}


def _checks(ask: Ask, block: Block) -> dict[str, Any]:
    args = {"outcome": str(CheckOutcome.FAILED), "rule": "", "page": 1}
    return {"checks": checks.rows(Ask(ask.shelf, args, ask.desk))["checks"]}


def _dominoes(ask: Ask, block: Block) -> dict[str, Any]:
    args = {"kind": "all", "from": "", "every": "0", "page": 1}
    return {"edges": dominoes.rows(Ask(ask.shelf, args, ask.desk))["edges"]}


_SHOWS: dict[BlockKind, Any] = {
    BlockKind.STATEMENT: _statement,
    BlockKind.CLAIM: _claim,
    BlockKind.VOICES: _voices,
    BlockKind.TIMELINE: _timeline,
    BlockKind.CHECKS: _checks,
    BlockKind.DOMINOES: _dominoes,
}

SCREENS = (
    Screen("report", "/report", "Report", rows, (
        Param("version", "which version, 0 the last", "0", number=True),)),
)  # fmt: skip

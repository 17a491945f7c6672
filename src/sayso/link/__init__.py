"""Linkers: one relation across documents a file, a Case and the documents that changed in, changes out.

A linker is called with the ids of the documents that were added, changed or taken out since it last ran, and with
those that earlier linkers touched; it yields what that adds and what it withdraws, so that the case holds the same as
after a run from nothing. It may keep an index in tables of its own in `case.db`, named `ix_<linker>_...`: they are
derived, written in the transaction that it runs in, and dropped when its version changes. Their order is meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sayso.link.actors import actors
from sayso.link.change import Add, Change, LinkCase, Withdraw
from sayso.link.citations import citations
from sayso.link.claims import claims
from sayso.link.disputes import disputes
from sayso.link.events import events
from sayso.link.origins import origins
from sayso.link.patterns import patterns
from sayso.link.relations import relations
from sayso.link.reuse import reuse

__all__ = ["LINKERS", "Add", "Change", "LinkCase", "Linker", "Withdraw", "within"]

Linker = Callable[[LinkCase, frozenset[str]], Iterable[Change]]
LINKERS: tuple[Linker, ...] = (actors, relations, reuse, citations, claims, disputes, events, origins, patterns)


def within(memory: int) -> tuple[Linker, ...]:
    """The linkers, those that can told to hold at most `memory` bytes; 0: as much as the case asks for."""
    told: dict[Linker, Linker] = {reuse: partial(reuse, memory=memory)}
    return tuple(told.get(linker, linker) for linker in LINKERS)

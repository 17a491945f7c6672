"""Checks that need no opinion: one contradiction a file, a Page or a Case in, Check records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sayso.case import Case, Page
from sayso.check.ages import ages, ages_across
from sayso.check.conversion import conversion
from sayso.check.duration import duration
from sayso.check.elapsed import elapsed
from sayso.check.exists import exists
from sayso.check.order import order
from sayso.check.publication import publication
from sayso.check.tense import tense
from sayso.check.weekday import weekday
from sayso.records import Check

PageCheck = Callable[[Page], Iterable[Check]]
CaseCheck = Callable[[Case], Iterable[Check]]
CHECKS: tuple[PageCheck, ...] = (
    weekday, exists, tense, publication, elapsed, ages, duration, order, conversion,
)  # fmt: skip
ACROSS: tuple[CaseCheck, ...] = (ages_across,)

"""Checks that need no opinion: one contradiction a file, a Page or a Case in, Check records out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sayso.case import Case, Page
from sayso.check.ages import ages, ages_across
from sayso.check.anachronism import anachronism
from sayso.check.containment import containment
from sayso.check.conversion import conversion
from sayso.check.copied import copied
from sayso.check.distance import distance, distance_across
from sayso.check.duration import duration
from sayso.check.elapsed import elapsed
from sayso.check.exists import exists
from sayso.check.led import led
from sayso.check.order import order
from sayso.check.publication import publication
from sayso.check.tense import tense
from sayso.check.travel import travel, travel_across
from sayso.check.variants import variants
from sayso.check.weekday import weekday
from sayso.records import Check

PageCheck = Callable[[Page], Iterable[Check]]
CaseCheck = Callable[[Case], Iterable[Check]]
# One document each; they see what the detectors found in it.
CHECKS: tuple[PageCheck, ...] = (
    weekday,
    exists,
    tense,
    publication,
    elapsed,
    ages,
    duration,
    order,
    led,
    distance,
    conversion,
    containment,
    anachronism,
    travel,
)
# Several documents: they read events, links and the checks of the documents.
ACROSS: tuple[CaseCheck, ...] = (ages_across, distance_across, travel_across, variants, copied)

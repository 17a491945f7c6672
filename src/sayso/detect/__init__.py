"""Detectors: one phenomenon a file, a Page in, records out; their order is meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sayso.case import Page
from sayso.detect.actors import actors
from sayso.detect.attribution import attribution
from sayso.detect.causes import causes
from sayso.detect.dating import dating
from sayso.detect.events import events
from sayso.detect.events.ties import ties
from sayso.detect.places import places
from sayso.detect.quotes import quotes
from sayso.detect.times import times
from sayso.detect.wording import loaded_words

Detector = Callable[[Page], Iterable[object]]
DETECTORS: tuple[Detector, ...] = (
    quotes, times, attribution, actors, dating, places, loaded_words, events, ties, causes
)  # fmt: skip

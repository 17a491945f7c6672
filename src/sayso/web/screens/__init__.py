"""The screens, in the order of the menu: one file a screen, each a table of rows from the case."""

from sayso.web.screen import Screen
from sayso.web.screens import (
    adding,
    case,
    checks,
    claims,
    document,
    dominoes,
    map,
    network,
    plain_pages,
    report,
    reuse,
    review,
    search,
    timeline,
    voices,
)

_ROOMS = (case, document, search, voices, claims, timeline, map, network, dominoes, reuse, checks, review, report,
          adding, plain_pages)  # fmt: skip
SCREENS: tuple[Screen, ...] = tuple(screen for room in _ROOMS for screen in room.SCREENS)

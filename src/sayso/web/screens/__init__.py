"""The screens, in the order of the menu: one file a screen, each a table of rows from the case."""

from sayso.web.screen import Screen
from sayso.web.screens import case, document, plain_pages, search, voices

SCREENS: tuple[Screen, ...] = (*case.SCREENS, *document.SCREENS, *search.SCREENS, *voices.SCREENS, *plain_pages.SCREENS)

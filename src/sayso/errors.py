"""The error tree: every error sayso raises on purpose, on one page.

    SaysoError            something a user can act on; its message says what, where and what to do next
      ReadError           an item could not be read (becomes a Problem in a run)
      ModelError          the language model is missing or not the one expected
      CaseError           a case file is missing, locked, damaged or of another version
      UsageError          the call itself is wrong (unknown id, bad option, a URL given as a path)
"""


class SaysoError(Exception):
    """Something a user can act on."""


class ReadError(SaysoError):
    """An item could not be read; the message gives the reason and what to do."""


class ModelError(SaysoError):
    """The language model is missing, damaged or not the one expected."""


class CaseError(SaysoError):
    """A case file is missing, locked, damaged or of another version."""


class UsageError(SaysoError):
    """The call itself is wrong: an unknown id, a bad option, a URL given as a path."""

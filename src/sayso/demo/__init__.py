"""The example case that ships with sayso: an invented affair, its documents and hand-written gold."""

from importlib.resources import files
from pathlib import Path


def articles() -> Path:
    """The folder of the example's documents, as installed."""
    return Path(str(files("sayso.demo"))) / "articles"

"""Write the card of an exported model: what made it, what it was fitted to, how well it does, what it cannot do.

    python -m train.card FOLDER --data DIR --base DIR --fit outer=FILE clausal=FILE --log FILE [--open]

The `--fit` files are what `train.fit` printed for each guideline; the last line of each is its calibration.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from sayso.tagger.decode import Decoding
from train.data import STRIDE as TRAIN_STRIDE
from train.train import BATCH, DECAY, FILES, OPEN, RATES, WARMUP

DEV = ("polnear.dev.jsonl", "gum.dev.jsonl")
_FIGURE = re.compile(r"^(.*\S)\s+([\d.]+)/([\d.]+)/([\d.]+)$")
LICENCE = (
    "Outside the Apache-2.0 grant of the code. The encoder began as all-MiniLM-L6-v2 (sentence-transformers, "
    "Apache-2.0), itself from MiniLM (Microsoft, MIT). The weights were fitted to PolNeAR 1.0, which names no licence "
    "and whose texts belong to their publishers, and to GUM (annotations CC BY 4.0; some texts BY-SA or "
    "non-commercial). No text of either is in these files."
)
LIMITS = [
    "English only; political news of seven US outlets and the genres of GUM.",
    "The outer guideline knows one attribution deep; nesting is learnt from 182 examples.",
    "Nearly half of the attributions that name no source are missed, and half of those reported are doubtful.",
    "Sources and contents more than about a window (256 word pieces) away from the cue are not seen.",
]
OPEN_FIT = ("outer.fit.jsonl", "clausal.fit.jsonl")
OPEN_LICENCE = (
    "CC BY 4.0: sayso. The encoder began as all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), itself from MiniLM "
    "(Microsoft, MIT). The weights were fitted to texts of Wikinews (CC BY 2.5) with attributions that our own rules "
    "found, to our own sentences, and to the documents of GUM whose texts and annotations are CC BY. No text of "
    "Wikinews or GUM is in these files."
)
OPEN_LIMITS = [
    "English only; it learnt news from what rules find, and knows little that they do not.",
    "The clausal guideline was learnt from fifteen documents.",
    "The heads of events and causes were fitted to the other encoder: beside this one they go by rules.",
]


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def card(folder: Path, data: Path, base: Path, fits: dict[str, Path], files: dict[str, Any]) -> dict[str, Any]:
    """The card without the curve; `files` are those of the training, FILES or OPEN."""
    names = [*files, *(DEV if files is FILES else OPEN_FIT)]
    return {
        "name": "sayso attribution tagger",
        "licence": LICENCE if files is FILES else OPEN_LICENCE,
        "limits": LIMITS if files is FILES else OPEN_LIMITS,
        "base": {name: sha256(base / name) for name in ("model.safetensors", "tokenizer.json")},
        "data": {name: sha256(data / name) for name in names if (data / name).exists()},
        "training": {
            "seed": 0,
            "batch": BATCH,
            "rates": RATES,
            "warmup": WARMUP,
            "mean_of_weights": DECAY,
            "stride": TRAIN_STRIDE,
            "texts_an_epoch": {name: times for name, (_, times) in files.items()},
        },
        "decoding": {name: _decoding(path) for name, path in fits.items()},
        "figures": {name: _figures(path) for name, path in fits.items()},
        "files": {p.name: sha256(p) for p in sorted(folder.iterdir()) if p.is_file() and p.name != "card.json"},
    }


def curve(log: Path) -> list[dict[str, float]]:
    """The losses of every 200th step of the last run in a training log."""
    out: dict[int, dict[str, float]] = {}
    for found in re.finditer(r"step (\d+)/\d+ cue ([\d.]+) role ([\d.]+)", log.read_text("utf-8")):
        step = int(found[1])
        if step % 200 == 0:
            out[step] = {"step": step, "cue": float(found[2]), "role": float(found[3])}
    return [out[step] for step in sorted(out)]


def _decoding(path: Path) -> dict[str, Any]:
    fitted = _last(path)
    return {field.name: fitted[field.name] for field in fields(Decoding)}


def _figures(path: Path) -> dict[str, Any]:
    """Precision, recall and F1 at the threshold chosen, as `train.fit` printed them, and calibration errors."""
    fitted, out = _last(path), {}
    for line in path.read_text("utf-8").splitlines():
        found = _FIGURE.match(line)
        if found and not found[1][0].isdigit():
            out[found[1].removeprefix("joint ")] = [float(found[n]) for n in (2, 3, 4)]
    return {**out, **{k: fitted[k] for k in ("calibration_error", "calibration_error_kept")}}


def _last(path: Path) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(path.read_text("utf-8").splitlines()[-1])
    return row


def main() -> None:
    """Parse the command line and write FOLDER/card.json."""
    parser = argparse.ArgumentParser(prog="python -m train.card", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--fit", nargs="+", required=True, metavar="GUIDELINE=FILE")
    parser.add_argument("--log", type=Path)
    parser.add_argument("--open", action="store_true", help="--data holds what train.open wrote")
    options = parser.parse_args()
    fits = {name: Path(path) for name, path in (one.split("=", 1) for one in options.fit)}
    made = card(options.folder, options.data, options.base, fits, OPEN if options.open else FILES)
    if options.log:
        made["curve"] = curve(options.log)
    (options.folder / "card.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""Write the card of the head of causal links: `python -m train.causes.card MODEL --linking FILE --data DIR`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from train.card import sha256

LICENCE = (
    "links.onnx and link_roles.onnx were fitted to the Causal News Corpus V2 alone (CC0 1.0) but began as layers of "
    "the encoder beside them, which was fitted to PolNeAR and GUM: like it they are outside the Apache-2.0 grant of "
    "the code, see card.json. pairs.npz was fitted to EventStoryLine v1.5 (annotations CC BY 3.0, Tommaso Caselli "
    "and Piek Vossen) over that encoder's states. No text of any corpus is in these files."
)
LIMITS = [
    "English; news of protests (the Causal News Corpus) and of disasters and crimes (EventStoryLine).",
    "A cause or effect is what those corpora mark: often a whole clause, and a purpose counts as a cause.",
    "Half of the links that a reader marks are missed; see docs/how-we-decide.md.",
]
FIGURES = {
    "Causal News Corpus dev": {
        "sentence F1": 0.822, "spans fair F1": 0.598, "relation F1": 0.464, "precision of what is shown": 0.681
    },
    "EventStoryLine train, five folds by topic": {
        "all pairs F1": 0.421, "across sentences F1": 0.123, "direction": 0.84
    },
}  # fmt: skip
TRAINING = (
    "Layers 4 to 6 of the encoder to begin with, 4 epochs in batches of 16 over seven eighths of the train part (an "
    "eighth by document held out for calibration and thresholds), running mean of the weights; the shipped run drew "
    "the sentences round about anew each time, where train/causes/fit.py takes two readings made once."
)


def main() -> None:
    """Parse the command line and write links.json."""
    parser = argparse.ArgumentParser(prog="python -m train.causes.card", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--linking", type=Path, required=True, help="what train.causes.calibrate printed")
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    card = {
        "name": "sayso causal links",
        "licence": LICENCE,
        "limits": LIMITS,
        "training": TRAINING,
        "data": {name: sha256(options.data / name) for name in ("cnc_train.jsonl", "esl_train.jsonl")},
        "figures": FIGURES,
        "files": {name: sha256(options.model / name) for name in ("links.onnx", "link_roles.onnx", "pairs.npz")},
        "linking": json.loads(options.linking.read_text("utf-8")),
    }
    (options.model / "links.json").write_text(json.dumps(card) + "\n", "utf-8")


if __name__ == "__main__":
    main()

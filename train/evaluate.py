"""Predictions of a checkpoint or of exported files over the dev parts, thresholds and calibration fitted on them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from sayso.tagger.decode import Decoding, Floats
from sayso.tagger.features import Ints, distances
from sayso.tagger.tagger import GUIDELINES, Onnx, Tagger
from train.data import pieces_of, tokenizer
from train.lines import rows
from train.model import Network, merged

LOOSE = Decoding(0.05, 0.5, 0.0, 0.0, (0.0,) * 6, (0.0,) * 6)  # keeps every candidate
EDGE = set(" \t\r\n\u00a0\"'`“”‘’„‟«»‹›,.;:!?-–—…()[]")


class Torch:
    """The networks of a checkpoint, as an Engine."""

    def __init__(self, path: Path) -> None:
        self.model = Network()
        self.model.load_state_dict(torch.load(path, weights_only=True))
        self.model.eval()

    @torch.no_grad()
    def encode(self, ids: Ints, kinds: Ints) -> tuple[Floats, Floats]:
        """See Engine; the middle layer is of no use here."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.model.encoder(torch.from_numpy(ids), torch.from_numpy(kinds)).float().numpy()
        return states, states

    @torch.no_grad()
    def cues(self, states: Floats) -> Floats:
        """See Engine."""
        return self.model.cue(torch.from_numpy(states)).softmax(-1).numpy()

    @torch.no_grad()
    def roles(self, states: Floats, anchors: Ints, pairs: Ints, rules: Ints) -> tuple[Floats, Floats]:
        """See Engine."""
        far = np.stack([distances(int(a), len(states)) for a in anchors])
        whole = torch.from_numpy(states)
        roles, sourced = self.model.role(whole[None], whole[anchors], *map(torch.from_numpy, (pairs, far, rules)))
        return merged(roles).numpy(), sourced.sigmoid().numpy()


def main() -> None:
    """Parse the command line; write all candidates of a file as a cache that `train.fit` reads."""
    parser = argparse.ArgumentParser(prog="python -m train.evaluate", description=__doc__)
    parser.add_argument("model", type=Path, help="a checkpoint, or a folder of ONNX files")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--input", type=Path, required=True)
    parser.add_argument("--rule", choices=GUIDELINES, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    engine = Onnx(options.model, 1) if options.model.is_dir() else Torch(options.model)
    tagger = Tagger(engine, tokenizer(options.base), dict.fromkeys(GUIDELINES, LOOSE))
    with options.out.open("w", encoding="utf-8") as out:
        for row in rows(options.input):
            pieces = pieces_of(row["text"], tagger.tokenizer)
            found = tagger.candidates(pieces, [options.rule])[options.rule]
            kept = [[t.anchor, t.cue, t.source, t.content, t.evidence] for t in found]
            out.write(json.dumps({"id": row["id"], "found": kept}) + "\n")


if __name__ == "__main__":
    main()

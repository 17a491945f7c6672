"""Sentences as vectors of length 1: the dot product of two says how near they are in what they are about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.errors import ModelError

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int8]
WIDTH = 384
SCALE = 400  # of vectors in whole numbers: the largest part of a vector seen is .32, and 127 is the end of 8 bits
PIECES = 256  # word pieces of a text that are read, the two marks at its ends included
BATCH = 1024  # texts cut into pieces at once
FOLDER = Path(__file__).parent / "model"
FILES = ("encoder.onnx", "tokenizer.json", "card.json")
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # surrogates, which the tokenizer cannot take


class SentenceEncoder:
    """all-MiniLM-L6-v2 in 8 bits (Reimers & Gurevych 2019, Wang et al. 2020): mean of the states, length 1."""

    def __init__(self, session: Any, tokenizer: Any, version: str) -> None:
        self.session, self.tokenizer, self.version = session, tokenizer, version
        tokenizer.no_padding()
        tokenizer.enable_truncation(PIECES)

    @classmethod
    def load(cls, folder: Path = FOLDER, *, threads: int = 1) -> SentenceEncoder:
        """Read the files of `folder`. Raises ModelError where one is missing or cannot be read."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: {', '.join(missing)} missing. Install sayso anew.")
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
            options.log_severity_level = 3
            network = str(folder / "encoder.onnx")
            session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
            card = json.loads((folder / "card.json").read_text("utf-8"))
            return cls(session, Tokenizer.from_file(str(folder / "tokenizer.json")), card["files"]["encoder.onnx"][:12])
        except ImportError as error:
            raise ModelError(
                f"The sentence encoder needs onnxruntime and tokenizers ({error}). "
                "Type: pip install onnxruntime tokenizers"
            ) from error
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"{folder}: the sentence encoder's files cannot be read ({error}). Install sayso anew."
            ) from error

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of `texts`, [N, 384], in order; a text's vector hangs on that text alone.

        One text a call: the 8-bit products take their range from everything in a call, so a batch would let
        neighbours change a vector's last digits, and padding costs more than the calls (550 sentences of 25 pieces
        a second on one core against 230 measured in padded batches).
        """
        out = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            cut = [text.translate(_LONE) for text in texts[first : first + BATCH]]
            for n, one in enumerate(self.tokenizer.encode_batch(cut), first):
                out[n] = self.session.run(None, {"ids": np.array([one.ids], dtype=np.int64)})[0][0]
        return out


def whole(vectors: Floats) -> Whole:
    """Vectors of length 1 in 8 bits, about 400 long: cosines move by .001.

    Sums of products of such numbers are exact in 32-bit floats in whatever order they are added, so that a matrix
    product gives the same on every machine and in blocks of any size.
    """
    made: Whole = np.clip(np.rint(vectors * np.float32(SCALE)), -127, 127).astype(np.int8)
    return made


@cache
def version(folder: Path = FOLDER) -> str:
    """The version of the encoder's weights, without reading them. Raises ModelError."""
    try:
        return str(json.loads((folder / "card.json").read_text("utf-8"))["files"]["encoder.onnx"][:12])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: the encoder's card cannot be read ({error}). Install sayso anew.") from error


@cache
def load() -> SentenceEncoder:
    """The shipped encoder, read once. Raises ModelError."""
    return SentenceEncoder.load()

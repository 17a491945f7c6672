"""The learned tagger: one encoder pass over a page, then source, cue and content of every attribution with a score."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from sayso.errors import ModelError
from sayso.hashing import tree_sha256
from sayso.tagger.decode import Decoding, Floats, Tagged, anchors, best, read
from sayso.tagger.features import Ints, distances, pairs
from sayso.tagger.links import FILES as LINK_FILES
from sayso.tagger.links import LinkHead
from sayso.tagger.pieces import CLS, SEP, Halves, Pieces, cut, windows
from sayso.tagger.weighing import FILE, Weighing

GUIDELINES = ("outer", "clausal")  # what counts as an attribution: any, outermost only; clauses, nested ones too
HIDDEN = 384
LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
FILES = ("encoder.onnx", "cues.onnx", "roles.onnx", "tokenizer.json", "card.json", FILE)


class Engine(Protocol):
    """The three networks; T pieces of a window, N pieces of a text, K anchors, H = 384."""

    def encode(self, ids: Ints, kinds: Ints) -> tuple[Floats, Floats]:
        """ids, kinds [1, T] -> states of the last and of the middle layer, [1, T, H] each."""
        ...

    def cues(self, states: Floats) -> Floats:
        """[N, H] -> probabilities [N, guideline, (outside, anchor, inside)]."""
        ...

    def roles(self, states: Floats, anchors: Ints, pairs: Ints, rules: Ints) -> tuple[Floats, Floats]:
        """States [T, H], anchors [K], pairs [K, T], guidelines [K] -> [K, T, 4] and P(has a source) [K]."""
        ...


class Onnx:
    """The networks as ONNX files, run by onnxruntime on the CPU."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3

        def session(name: str) -> Any:
            return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

        self._encoder, self._cues, self._roles = (session(name) for name in FILES[:3])

    def encode(self, ids: Ints, kinds: Ints) -> tuple[Floats, Floats]:
        """See Engine."""
        last, middle = self._encoder.run(["states", "middle"], {"ids": ids, "kinds": kinds})
        return last, middle

    def cues(self, states: Floats) -> Floats:
        """See Engine."""
        found: Floats = self._cues.run(None, {"states": states})[0]
        return found

    def roles(self, states: Floats, anchors: Ints, pairs: Ints, rules: Ints) -> tuple[Floats, Floats]:
        """See Engine."""
        far = np.stack([distances(int(a), len(states)) for a in anchors])
        given = {"states": states, "anchors": anchors, "pairs": pairs, "distances": far, "rules": rules}
        found, sourced = self._roles.run(None, given)
        return found, sourced


class Tagger:
    """The networks with their tokenizer and thresholds; `weighing` of findings and `links` for causes are loaded."""

    weighing: Weighing | None = None
    links: LinkHead | None = None

    def __init__(self, engine: Engine, tokenizer: Any, decoding: Mapping[str, Decoding], version: str = "") -> None:
        self.engine, self.tokenizer, self.decoding, self.version = engine, tokenizer, decoding, version
        self._last: tuple[object, Pieces] = (None, Pieces())  # so that one pass over a text serves all heads
        tokenizer.no_padding()
        tokenizer.no_truncation()

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> Tagger:
        """Read the files of `folder`. Raises ModelError where one is missing or cannot be read."""
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: {', '.join(missing)} missing. Install sayso anew, or ask for --rules.")
        try:
            from tokenizers import Tokenizer

            card = json.loads((folder / "card.json").read_text("utf-8"))
            decoding = {name: Decoding.of(card["decoding"][name]) for name in GUIDELINES}
            version = tree_sha256(folder)[:12]
            tagger = cls(Onnx(folder, threads), Tokenizer.from_file(str(folder / "tokenizer.json")), decoding, version)
            tagger.weighing = Weighing.load(folder)
            if all((folder / name).is_file() for name in LINK_FILES):
                tagger.links = LinkHead.load(folder, threads=threads)
            return tagger
        except ImportError as error:
            raise ModelError(
                f"The tagger needs onnxruntime and tokenizers ({error}). "
                "Type: pip install onnxruntime tokenizers, or ask for --rules."
            ) from error
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"{folder}: the tagger's files cannot be read ({error}). Install sayso anew, or ask for --rules."
            ) from error

    @property
    def shared(self) -> bool:
        """Whether the heads of events and causes were fitted to this encoder; beside another they go by rules."""
        return self.links is not None

    def cut(self, text: str, paragraphs: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]]) -> Pieces:
        """The word pieces of a text; lone surrogates, which the tokenizer cannot take, are U+FFFD to it.

        The same text asked for again gives the same Pieces.
        """
        key = (text, tuple(paragraphs), tuple(quoted))
        if self._last[0] != key:
            self._last = (key, cut(text.translate(LONE), paragraphs, quoted, self.tokenizer))
        return self._last[1]

    def middle(self, pieces: Pieces) -> Halves:
        """The states of the middle layer [N, H], of the pass that was made over these pieces or of one made now."""
        if pieces.middle is None:
            for _ in self._states(pieces) if len(pieces) else ():
                pass
        return np.zeros((0, HIDDEN), dtype=np.float16) if pieces.middle is None else pieces.middle

    def tag(self, pieces: Pieces, rules: Sequence[str] = GUIDELINES) -> dict[str, list[Tagged]]:
        """The attributions of a text by each of the guidelines asked for, in text order."""
        found = self.candidates(pieces, rules)
        return {rule: best(found[rule], self.decoding[rule]) for rule in rules}

    def candidates(self, pieces: Pieces, rules: Sequence[str]) -> dict[str, list[Tagged]]:
        """Every attribution with its score, the unlikely ones too."""
        out: dict[str, list[Tagged]] = {rule: [] for rule in rules}
        for (first, _, low, high), states in self._states(pieces) if len(pieces) else ():
            cues = self.engine.cues(states)
            asked = [
                (rule, at, float(cues[at, GUIDELINES.index(rule), 1]))
                for rule in rules
                for at in anchors(cues[:, GUIDELINES.index(rule)], self.decoding[rule].anchor)
                if low <= at + first < high
            ]
            if asked:
                self._read(pieces, first, states, asked, out)
        return out

    def _read(
        self,
        pieces: Pieces,
        first: int,
        states: Floats,
        asked: list[tuple[str, int, float]],
        out: dict[str, list[Tagged]],
    ) -> None:
        at = np.array([a for _, a, _ in asked], dtype=np.int64)
        pair = np.stack([pairs(pieces, a + first, first, first + len(states)) for _, a, _ in asked])
        which = np.array([GUIDELINES.index(rule) for rule, _, _ in asked], dtype=np.int64)
        roles, sourced = self.engine.roles(states, at, pair, which)
        for n, (rule, a, sure) in enumerate(asked):
            one = read(pieces, (a + first, sure), first, (roles[n], float(sourced[n])), self.decoding[rule])
            if one is not None:
                out[rule].append(one)

    def _states(self, pieces: Pieces) -> Iterator[tuple[tuple[int, int, int, int], Floats]]:
        # One window a call: on one core eight at once are a quarter slower (they leave the cache), and none is padded.
        middle = np.zeros((len(pieces), HIDDEN), dtype=np.float16)
        for window in windows(len(pieces)):
            first, after, low, high = window
            ids = np.array([[CLS, *pieces.ids[first:after], SEP]], dtype=np.int64)
            kinds = np.array([[0, *pieces.kind[first:after], 0]], dtype=np.int64)
            last, half = self.engine.encode(ids, kinds)
            middle[low:high] = half[0, 1 + low - first : 1 + high - first]
            yield window, last[0, 1:-1]
        pieces.middle = middle

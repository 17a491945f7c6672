"""The learned tagger with a network of cardboard: pieces, decoding, Finds, and errors that say what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from sayso.case import Page, Parse
from sayso.detect.attribution import learned
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.tree import Tree
from sayso.detect.attribution.weigh import NAMES
from sayso.errors import ModelError
from sayso.records import Manner, Stance
from sayso.tagger import links
from sayso.tagger.decode import Decoding, Floats, anchors, best, read
from sayso.tagger.features import Ints, distances, pairs
from sayso.tagger.links import LinkHead
from sayso.tagger.pieces import SEP, STRIDE, WINDOW, Pieces, cut, windows
from sayso.tagger.tagger import Tagger
from sayso.tagger.weighing import Style, Weighing
from tests.factory import document

WEIGHTS = (1.0, 1.0, 1.0, 0.0, 0.0, 0.0)
HOW = Decoding(0.2, 0.5, 0.0, 0.0, WEIGHTS, WEIGHTS)


@dataclass
class Coded:
    """What a tokenizer gives for one text."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Words:
    """A tokenizer that cuts words and marks, and long words after four letters."""

    def no_padding(self) -> None:
        """Nothing to switch off."""

    def no_truncation(self) -> None:
        """Nothing to switch off."""

    def encode_batch(self, texts: list[str], *, add_special_tokens: bool) -> list[Coded]:
        """Piece ids are 200 and up."""
        found = [[m.span() for m in re.finditer(r"\w{1,4}|[^\w\s]", text)] for text in texts]
        return [Coded([200 + n for n in range(len(spans))], spans) for spans in found]


def pieces(text: str, quoted: list[tuple[int, int]] | None = None) -> Pieces:
    """The pieces of a text whose lines are its paragraphs."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    return cut(text, lines, quoted or [], Words())


def roles(*labels: int, sure: float = 0.9) -> Floats:
    """Role probabilities that give each piece its label: 0 neither, 1 source, 2 content, 3 cue."""
    made = np.full((len(labels), 4), (1 - sure) / 2, dtype=np.float32)
    for n, label in enumerate(labels):
        made[n, label if label < 3 else 0] = sure
        made[n, 3] = sure if label == 3 else 0.05
    return made


def test_pieces_carry_offsets_quotation_state_and_case() -> None:
    """Every piece lies where it stands; inside quotation marks and capitals its kind says so."""
    text = 'Ana said "We RAN home".'
    made = pieces(text, [(9, 22)])
    words = [text[a:b] for a, b in zip(made.start, made.end, strict=True)]
    kinds = dict(zip(words, made.kind, strict=True))
    assert words[:4] == ["Ana", "said", '"', "We"] and made.ids[-1] == SEP
    assert (kinds["Ana"], kinds["said"], kinds["We"], kinds["RAN"], kinds["home"]) == (1, 0, 4, 5, 3)


def test_paragraphs_are_divided_and_numbered() -> None:
    """A SEP piece without width ends each paragraph, and pairs() counts paragraphs from the anchor."""
    made = pieces("One two\nthree")
    assert [n for n, i in enumerate(made.ids) if i == SEP] == [2, 5]
    assert pairs(made, 0, 0, 6).tolist() == [9, 9, 9, 12, 12, 12]


def test_pieces_of_one_word_are_numbered_together() -> None:
    """A hyphen joins a word, an apostrophe does not."""
    made = pieces("so-called Rama's")
    assert made.word[:7] == [0, 0, 0, 0, 1, 2, 3]


@pytest.mark.parametrize("length", [1, WINDOW, WINDOW + 1, 5 * STRIDE, 2000])
def test_windows_use_every_piece_once(length: int) -> None:
    """The used parts of the windows follow one another without gap or overlap."""
    found = list(windows(length))
    assert [found[0][2], *(w[3] for w in found)] == [*(w[2] for w in found), length]
    assert all(after - first <= WINDOW for first, after, _, _ in found)


def test_distances_are_signed_and_widen() -> None:
    """Steps are single near the anchor and shared far from it."""
    far = distances(100, 300)
    assert far[100] == 32 and far[99] < 32 < far[101] and far[200] == far[205]


def test_anchors_are_peaks() -> None:
    """Of neighbours only the higher is an anchor, and low peaks are none."""
    cue = np.array([[0.1, p, 0.0] for p in (0.3, 0.9, 0.5, 0.1, 0.15, 0.0)], dtype=np.float32)
    assert anchors(cue, 0.2) == [1]


def test_an_attribution_is_read_from_its_labels() -> None:
    """Source, cue and content become runs; a content in two parts stays in two parts."""
    made = pieces("we ran off , Ana said , and then hid far away now")
    found = read(made, (5, 0.9), 0, (roles(2, 2, 2, 0, 1, 3, 0, 2, 2, 2, 2, 2, 2, 0), 0.9), HOW)
    assert found is not None
    assert (found.source, found.cue, found.content) == (((4, 5),), ((5, 6),), ((0, 3), (7, 13)))


def test_no_border_falls_inside_a_word() -> None:
    """Pieces of one word get the label that they have in the mean."""
    made = pieces("Ana denounced bombardments")
    labels = roles(1, 3, 3, 3, 0, 2, 2, 2, sure=0.8)
    found = read(made, (1, 0.9), 0, (labels, 0.9), HOW)
    assert found is not None and made.start[found.content[0][0]] == 14


def test_a_source_that_is_unlikely_is_left_out() -> None:
    """Where the head says that nobody is named, the source is empty though a word looks like one."""
    made = pieces("it is believed that all of them left")
    found = read(made, (1, 0.9), 0, (roles(1, 3, 3, 3, 2, 2, 2, 2, 2, 0), 0.1), HOW)
    assert found is not None and found.source == ()


def test_without_content_there_is_no_attribution() -> None:
    """A cue alone attributes nothing."""
    assert read(pieces("Ana said"), (1, 0.9), 0, (roles(1, 3, 0), 0.9), HOW) is None


def test_of_two_with_the_same_content_the_surer_is_kept() -> None:
    """One content told twice is one attribution."""
    made = pieces("Ana said all of them left")
    sure = read(made, (1, 0.9), 0, (roles(1, 3, 2, 2, 2, 2, 0), 0.9), HOW)
    weak = read(made, (2, 0.3), 0, (roles(1, 0, 3, 2, 2, 2, 0), 0.9), HOW)
    assert sure and weak and best([weak, sure], HOW) == [sure]
    assert best([sure], replace(HOW, score=0.99999)) == []


class Cardboard:
    """An Engine that knows one sentence: "Ana told us that Ben said it sank"."""

    def encode(self, ids: Ints, kinds: Ints) -> tuple[Floats, Floats]:
        """States that only tell their place."""
        made = np.broadcast_to(np.arange(ids.shape[1], dtype=np.float32)[None, :, None], (*ids.shape, 384)).copy()
        return made, made

    def cues(self, states: Floats) -> Floats:
        """ "told" for both guidelines, "said" for the clausal one."""
        made = np.zeros((len(states), 2, 3), dtype=np.float32)
        made[1, :, 1] = 0.9
        made[5, 1, 1] = 0.8
        return made

    def roles(self, states: Floats, anchors: Ints, pairs: Ints, rules: Ints) -> tuple[Floats, Floats]:
        """The outer attribution for "told", the inner one for "said"."""
        outer, inner = (1, 3, 0, 2, 2, 2, 2, 2, 0), (0, 0, 0, 0, 1, 3, 2, 2, 0)
        return np.stack([roles(*(outer if a == 1 else inner)) for a in anchors]), np.full(len(anchors), 0.9)


def sentence() -> tuple[Tree, Page]:
    """That sentence as a page, parsed by hand."""
    words = ["Ana", "told", "us", "that", "Ben", "said", "it", "sank"]
    made = document(" ".join(words))
    starts = [m.start() for m in re.finditer(r"\w+", made.text)]
    parse = Parse(
        start=starts,
        end=[s + len(w) for s, w in zip(starts, words, strict=True)],
        text=words,
        lemma=["ana", "tell", "we", "that", "ben", "say", "it", "sink"],
        pos=["PROPN", "VERB", "PRON", "SCONJ", "PROPN", "VERB", "PRON", "VERB"],
        tag=["NNP", "VBD", "PRP", "IN", "NNP", "VBD", "PRP", "VBD"],
        dep=["nsubj", "ROOT", "dobj", "mark", "nsubj", "ccomp", "nsubj", "ccomp"],
        ent=[""] * 8,
        head=[1, 1, 1, 5, 5, 1, 7, 5],
        part=[0] * 8,
        sent=[0] * 8,
        sentences=[(0, 8)],
        children=[[], [0, 2, 5], [], [], [], [3, 4, 7], [], [6]],
    )
    return Tree(parse), Page(made, parse)


def tagger(*, news: bool = True) -> Tagger:
    """The tagger over the cardboard network, which takes all texts for news, or none."""
    made = Tagger(Cardboard(), Words(), {"outer": HOW, "clausal": HOW})
    made.weighing = weighing(4.0 if news else -4.0)
    return made


def weighing(style: float) -> Weighing:
    """Each guideline goes by what its own head says; a rule of clauses alone is as good as not."""
    own = {
        "outer": {"outer": 1.0, "alone": 5.0},
        "unsourced": {"outer": 1.0},
        "clausal": {"clausal": 1.0, "clausal inside": 0.0},
    }
    weights = {kind: tuple(given.get(name, 0.0) for name in NAMES) for kind, given in own.items()}
    return Weighing(Style({}, {}, style), weights, least=0.4, nobody=0.1, elsewhere=0.5)


def found(*ruled: Find, news: bool = True) -> list[Find]:
    """What is found in that sentence beside the rules' Finds."""
    tree, page = sentence()
    page.tagger = tagger(news=news)
    return learned.finds(page, tree, [], list(ruled))


def test_finds_are_tokens_with_a_score_and_nest() -> None:
    """The outer attribution comes with the one inside its content, both with manner, tokens and score."""
    outer, inner = found()
    assert (outer.source, outer.cue, outer.content) == ({0}, {1}, {3, 4, 5, 6, 7})
    assert (inner.source, inner.cue, inner.content) == ({4}, {5}, {6, 7})
    assert outer.manner is Manner.SAID and outer.stance is Stance.NEUTRAL
    assert outer.score is not None and inner.score is not None and 0 < inner.score < 1


def test_construction_manner_and_negation_are_the_rules() -> None:
    """A rule that shares the cue lends its word for how it is put; the words stay the tagger's."""
    outer, _ = found(Find(1, "clause", Manner.DENIED, Stance.DISTANCES, {1}, [{0}], {5}, negated=True))
    assert outer.manner is Manner.DENIED and outer.negated and outer.rule == "clause"
    assert outer.content == {3, 4, 5, 6, 7}


def test_a_rule_alone_stands_where_its_chance_says_so() -> None:
    """In news a rule's Find without the tagger's word is weighed like any other."""
    alone = Find(0, "clause", Manner.SAID, Stance.NEUTRAL, {0}, [{2}], {1})
    assert alone in found(alone)


def test_outside_news_phrases_are_no_sourcing() -> None:
    """Talk and tales go by the guideline of clauses: what a rule alone sees there is left out."""
    alone = Find(0, "clause", Manner.SAID, Stance.NEUTRAL, {0}, [{2}], {1})
    assert alone not in found(alone, news=False)


def test_an_empty_page_has_no_finds() -> None:
    """No prose, no pieces, no call of the network."""
    page = Page(document(""), Parse(), tagger())
    assert learned.finds(page, Tree(Parse()), [], []) == []


def test_only_the_encoder_that_later_heads_were_fitted_to_serves_them() -> None:
    """Beside another encoder events and causes go by rules."""
    other = tagger()
    assert not other.shared
    other.links = LinkHead.load(Path(links.__file__).parent / "model")
    assert other.shared


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    """The error names the files and the way out."""
    with pytest.raises(ModelError, match=r"encoder\.onnx.* --rules"):
        Tagger.load(tmp_path)

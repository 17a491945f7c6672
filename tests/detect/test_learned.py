"""Attribution with the tagger: chains inside contents, quotations of tales, credits, marks for review."""

from __future__ import annotations

import pytest

from sayso.detect.attribution import REVIEW
from sayso.detect.attribution.find import Find
from sayso.detect.attribution.weigh import candidates
from sayso.nlp import load
from sayso.pipeline import analyse
from sayso.records import Manner, Mention, Record, Stance, Statement
from sayso.text import quotations
from tests.factory import document


def told(text: str) -> list[str]:
    """Every attributed statement as "source < source | content", outermost source first."""
    one = document(text)
    records = analyse(one, load())
    named = {r.id: r for r in records if isinstance(r, Mention)}

    def words(spans: tuple[object, ...]) -> str:
        return " / ".join(one.text[s.start : s.end] for s in spans)  # type: ignore[attr-defined]

    out = []
    for statement in statements(records):
        chain = [" + ".join(words(named[who].spans) for who in hop.sources) or "-" for hop in statement.chain]
        out.append(f"{' < '.join(chain)} | {words(statement.content)}")
    return out


def statements(records: list[Record]) -> list[Statement]:
    """The attributed ones."""
    return [r for r in records if isinstance(r, Statement) and r.chain]


@pytest.mark.parametrize(
    ("text", "innermost"),
    [
        (
            "A ministry aide told the paper that police believed the minister knew of the plan.",
            "the paper < A ministry aide < police | the minister knew of the plan",
        ),
        (
            "According to the Tessel Courier, two officials said the guards had claimed that the gate was open.",
            "the Tessel Courier < two officials < the guards | that the gate was open",
        ),
    ],
)
def test_chains_go_three_deep(text: str, innermost: str) -> None:
    """What stands inside another's content is found with all its sources before it."""
    assert innermost in told(text)


def test_whom_an_outlet_cites_stands_behind_it() -> None:
    """What an outlet says "citing" somebody is the other's word too."""
    text = "Citing two officials, the Tessel Courier reported that the gates had been opened by hand. Nobody was hurt."
    assert "the Tessel Courier < two officials | that the gates had been opened by hand" in told(text)


def test_talk_has_chains_too() -> None:
    """Inside what somebody says in talk, a clause that the parse sees is a word of its own."""
    text = (
        "“I told him you said it was broken,” she said, and she laughed. “Did you?” “I did, and I would do it again, "
        "and so would you.” He sat down beside her and took her hand."
    )
    assert "she < I < you | it was broken" in told(text)


def test_a_complement_ends_with_its_sentence() -> None:
    """What follows in the next sentence without quotation marks is another's."""
    text = (
        "The council counts close to 300 flooded homes. The ministry in Vell says 212. Ruiz blamed the gap on cellars."
    )
    assert "The ministry in Vell | 212" in told(text)


def test_a_name_behind_a_long_dash_signs_a_quotation() -> None:
    """A horizontal bar signs as a hyphen does."""
    text = "“The harbour will never close again, and nobody in this town believes it.” ― Ana Ruiz"
    assert any(line.startswith("Ana Ruiz | “The harbour") for line in told(text))


def test_a_closing_mark_before_a_word_opens() -> None:
    """A misprinted mark costs no quotation."""
    text = "”We wait here,” she said."
    assert [(q.start, q.end) for q in quotations(text, [(0, len(text))])] == [(0, 15)]


def test_an_opening_mark_for_a_closing_one_closes() -> None:
    """Where the next quotation opens at once, the first is over."""
    text = "“I cannot—““Oh, go!” said Emma."
    assert [(q.start, q.end) for q in quotations(text, [(0, len(text))])] == [(0, 11), (11, 20)]


def test_speech_goes_on_where_a_paragraph_opens() -> None:
    """A paragraph may begin within a sentence that somebody speaks; no capital is needed there."""
    text = (
        "“on the contrary, you look ill to me. I rise at four, I walk to the well and back, and I am never cold!” "
        "The old man did not answer him. He looked at the fire."
    )
    assert any("I rise at four" in line for line in told(text))


def test_neighbours_speak_in_turn() -> None:
    """Where one quotation closes and the next opens, another speaks, here without a name."""
    text = "“Will you not sit down?” said he, and she laughed. “Oh no! I never sit when you are about.” “Then go!”"
    assert "- | “Then go!”" in told(text)


def test_a_photographer_said_nothing() -> None:
    """A credit in brackets is no source of the sentence before it."""
    text = "Two boats lay at the pier of Vell on Monday. The crews wait for orders. (NVP Photo/ Ana Ruiz)"
    assert not any("Ana Ruiz" in line for line in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "Frequent reports on the floods are broadcast on the harbour radio of Vell.",
        "The army holds the town by its so-called free patrols.",
        "The two firms are also known for laying cables to Norvania.",
    ],
)
def test_topics_and_names_are_no_sayings(text: str) -> None:
    """What a paper is on, what something is known for, and a label are the writer's own words."""
    assert told(text) == []


@pytest.mark.parametrize(("score", "content"), [(0.3, {1, 2}), (0.9, {2, 3, 4})])
def test_the_parse_has_its_way_where_the_tagger_doubts(score: float, content: set[int]) -> None:
    """Of one cue that both found, an unsure tagger leaves the words to the rule."""
    tagged = Find(0, "learned", Manner.SAID, Stance.NEUTRAL, {0}, [], {2, 3, 4}, score=score)
    rule = Find(0, "passive", Manner.BELIEVED, Stance.NEUTRAL, {0}, [], {1, 2})
    assert candidates([tagged], [], [rule])[0].find(news=True).content == content


def test_a_low_chance_is_marked_for_review() -> None:
    """A statement that is as likely wrong as right stays, and its note says so."""
    text = "A ministry aide told the paper that police believed the minister knew of the plan."
    for statement in statements(analyse(document(text), load())):
        doubtful = statement.why.score is not None and statement.why.score < REVIEW
        assert doubtful == ("for review" in statement.why.note)


def test_a_denial_behind_it_rejects() -> None:
    """ "They had not: ..." rejects what was said before."""
    text = "The minister told parliament that the flood gates had been tested in May. They had not: the log is blank."
    assert statements(analyse(document(text), load()))[0].chain[-1].stance is Stance.REJECTS

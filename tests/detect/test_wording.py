"""Loaded words: what is found, whose it is, what is none, and that the parties can be exchanged."""

from __future__ import annotations

import re

import pytest

from sayso.detect import DETECTORS, lexicon
from sayso.records import LoadedWord, Statement
from tests import factory

FOUND = [
    ("the writer's own", "The regime opened fire on the square.", ["regime | contested label | own"]),
    ("indirect", "Two officials said the terrorists had fled.", ["terrorists | contested label | paraphrased"]),
    (
        "direct",
        "“These thugs are terrorists,” said the mayor of Lunn.",
        ["thugs | contested label | quoted", "terrorists | contested label | quoted"],
    ),
    ("mixed", "The ministry praised its “heroic” soldiers.", ["heroic | epithet | quoted"]),
    (
        "in the name of a source",
        "A spokesman for the junta denied that its proxies had crossed the river.",
        ["junta | contested label | own", "proxies | contested label | paraphrased"],
    ),
    ("so-called", "Two so-called experts visited the dam.", ["so-called | distancing | own"]),
    ("self-styled", "The self-styled council met in Tessel.", ["self-styled | distancing | own"]),
    ("alleged", "The alleged plot failed.", ["alleged | distancing | own"]),
    ("supposed, with an adjective", "The supposed new evidence was lost.", ["supposed | distancing | own"]),
    ("pseudo", "The pseudo-council met again.", ["pseudo | distancing | own"]),
    ("scare quotes", "The army opened the “safe” road again.", ["“safe” | scare quotes | own"]),
    ("scare quotes at the start", "“Experts” have long disagreed about the dam.", ["“Experts” | scare quotes | own"]),
    ("a label in scare quotes", "The army drove the “liberators” back.", ["“liberators” | scare quotes | own"]),
    ("distance and marks are one find", "The so-called “council” met.", ["so-called | distancing | own"]),
    ("a hyphen for a blank", "Three freedom-fighters were buried.", ["freedom-fighters | contested label | own"]),
    ("the longest row", "The puppet government fell.", ["puppet government | contested label | own"]),
    ("plurals", "Cronies, madmen and dictatorships came and went.",
     ["Cronies | contested label | own", "madmen | epithet | own", "dictatorships | contested label | own"]),
    ("a capital at the start", "Terrorists left the town.", ["Terrorists | contested label | own"]),
    ("always a capital", "The Islamist party lost two seats.", ["Islamist | contested label | own"]),
    ("speech that nobody is found for", "“The thugs came at night and burned the mill down.”",
     ["thugs | contested label | quoted"]),
    ("two layers", "The agency said that police believed the extremists had left.",
     ["extremists | contested label | paraphrased"]),
    ("a neighbour not beside it", "The tax on the regime was paid.", ["regime | contested label | own"]),
]  # fmt: skip

NOTHING = [
    "The army crossed the river on Monday and the rebels withdrew.",
    "The Liberation Front denied any role in the attack.",
    "The Terrorist Monitoring Office was closed.",
    "The Martyrs of Tarn Museum has a new roof.",
    "The council of the Radical Party met on Monday.",
    "The tax regime was changed in May.",
    "The sanctions regime ended.",
    "Elite athletes trained on the lake.",
    "The court heard terrorism charges against three men.",
    "The counter-terrorism police searched the house.",
    "She cast a proxy vote for her brother.",
    "The children watched a puppet show.",
    "It was a brutal winter.",
    "The bus was supposed to arrive on Monday.",
    "He was alleged to have left.",
    "It is a cult film about a dam.",
    "The army savaged by floods went home.",
    "Idan “the Fox” Oro fled to Tessel.",
    "The word “reform” is used by both sides.",
    "The road is known as “the corridor” to everybody.",
    "The plan was dubbed “clear tide” by the press.",
    "The film “harbour lights” was shown twice.",
    "The boat “Clear Tide” was sold.",
    "The Tarn Survey Group (“Tarn”) met again.",
    "They voted “no” in the spring.",
    "The pipe is “12” wide.",
    "The minister called the plan “madness”.",
    "She said the “reform” was dead.",
    "The talks were “constructive”, the minister said.",
    "“Never,” she said.",
    "“The gates will be mended in the spring, and the town will pay for it,” said the mayor.",
    "The report blamed “human error” for the flood.",
    "",
]

# "{a}" and "{b}" are exchanged: whoever is named, the same words are loaded in the same way.
SWAPPED = [
    "The {a} regime accused {b} of a raid.",
    "{A} called the fighters from {b} terrorists.",
    "Officials in {a} said the terrorists from {b} had crossed the border.",
    "“The thugs from {b} burned the mill,” said a spokesman for {a}.",
    "A puppet government of {a} took over in the capital of {b}.",
    "{A} said that its martyrs had died for the land of {b}.",
    "Freedom fighters from {a} attacked a post of {b}.",
    "The so-called experts from {a} visited {b}.",
    "The army of {a} opened the “safe” road to {b}.",
    "The junta in {a} asked {b} for talks.",
    "{A} denied that its proxies had shelled {b}.",
    "A mob from {a} marched on the embassy of {b}.",
    "The elite of {a} has long bought houses in {b}.",
    "Cowardly soldiers from {a} left the bridge to {b}.",
    "Heroic soldiers from {a} held the bridge to {b}.",
    "The occupiers from {a} left the north of {b}.",
    "The liberators from {a} entered the north of {b}.",
    "The ruthless general from {a} met a general from {b}.",
    "The brave general from {a} met a general from {b}.",
    "The alleged agents of {a} were held in {b}.",
    "The self-styled council of {a} wrote to {b}.",
    "{A} and {b} signed the notorious treaty.",
    "The minister said a cult from {a} had grown in {b}.",
    "“Our heroic brothers in {b} will win,” the mayor of {a} said.",
    "Extremists in {a} cheered when {b} lost.",
    "A mouthpiece of {a} wrote that {b} was weak.",
    "The dictator of {a} flew to {b}.",
    "The bandits of {a} robbed a train in {b}.",
    "Propaganda from {a} reached every house in {b}.",
    "The “peacekeepers” from {a} stayed in {b}.",
    "The army of {a} claimed that the aggressor was {b}.",
    "Traitors from {a} found a home in {b}.",
    "Patriots from {a} found a home in {b}.",
    "The warlord from {a} owns a hotel in {b}.",
    "A report from {a} says that the barbaric raid on {b} failed.",
    "{A} banned the sect, and {b} banned the militants.",
]
PARTIES = [("Vellan", "Sarrow"), ("Sarrow", "Vellan"), ("Tessel", "Ostrava"), ("Ostrava", "Tessel")]


def found(text: str, **options: bool) -> list[str]:
    page = factory.page(text, **options)
    for detector in DETECTORS:
        page.add(list(detector(page)))
    words = sorted(page.of(LoadedWord), key=lambda one: one.span.start)
    return [f"{page.quote(one.span)} | {str(one.kind).replace('_', ' ')} | {one.voice}" for one in words]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in FOUND], ids=[row[0] for row in FOUND])
def test_a_loaded_word_is_found_with_its_kind_and_whose_it_is(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_that_takes_no_side_here_is_not_found(text: str) -> None:
    assert found(text) == []


def at_places(text: str, parties: tuple[str, str]) -> list[tuple[int, str]]:
    """What is found, by the number of its word in the text, with kind and voice; a party's name is one word."""
    written = text.format(a=parties[0], A=parties[0], b=parties[1])
    page = factory.page(written)
    for detector in DETECTORS:
        page.add(list(detector(page)))
    return [
        (len(re.findall(r"\S+", written[: one.span.start])), f"{one.kind} {one.voice}")
        for one in sorted(page.of(LoadedWord), key=lambda one: one.span.start)
    ]


@pytest.mark.parametrize("text", SWAPPED)
def test_exchanging_the_parties_changes_nothing(text: str) -> None:
    first, *others = [at_places(text, parties) for parties in PARTIES]
    assert first
    assert others == [first] * len(others)


def test_a_loaded_word_names_the_innermost_statement_that_holds_it() -> None:
    page = factory.page("The agency said that police believed the extremists had left. The regime fell.")
    for detector in DETECTORS:
        page.add(list(detector(page)))
    extremists, regime = sorted(page.of(LoadedWord), key=lambda one: one.span.start)
    assert len(page.get(extremists.statement or "").chain) == 2
    assert page.get(regime.statement or "").chain == ()


def test_a_loaded_word_in_the_name_of_a_source_stands_in_no_statement() -> None:
    page = factory.page("The regime said it rained.")
    for detector in DETECTORS:
        page.add(list(detector(page)))
    (regime,) = page.of(LoadedWord)
    assert (regime.statement, len(list(page.of(Statement)))) == (None, 1)


def test_the_reason_names_the_guide_and_its_entry() -> None:
    page = factory.page("The regime fell.")
    for detector in DETECTORS:
        page.add(list(detector(page)))
    assert next(page.of(LoadedWord)).why.note == "called so by AP Stylebook, government, junta, regime"


def test_in_a_headline_that_capitalises_every_word_capitals_say_nothing() -> None:
    assert found("Puppet Leader Flees as Thugs Loot Old Town\n\nIt rained.", headline=True) == [
        "Puppet | contested label | own",
        "Thugs | contested label | own",
    ]


def test_marks_in_a_headline_quote_and_are_no_scare_quotes() -> None:
    assert found("Dam was ‘never safe’ for years\n\nIt rained.", headline=True) == []


def test_a_word_that_is_a_name_elsewhere_is_one_at_the_start_of_a_sentence_too() -> None:
    assert found("Patriot sold two mines. The owners of Patriot were paid.") == []


# --- the list -----------------------------------------------------------------------------------------------------

ROWS = list(lexicon.rows("loaded_words.tsv"))
HEAD = factory.data("loaded_words.tsv").partition("# Sources in full:\n")[2].partition("\nword\t")[0]
GUIDES = tuple(re.findall(r"^#   (\S.*?)  ", HEAD, re.MULTILINE))


def test_every_row_names_a_source_that_the_head_of_the_list_gives_in_full() -> None:
    sources = [source for row in ROWS for source in row["source"].split("; ")]
    assert len(ROWS) >= 120 and all(row["source"] for row in ROWS)
    assert [source for source in sources if not source.removeprefix("recommended by ").startswith(GUIDES)] == []


def test_every_source_in_the_head_of_the_list_is_used() -> None:
    text = "; ".join(row["source"] for row in ROWS)
    assert [guide for guide in GUIDES if guide not in text] == []


def test_no_word_stands_twice_and_pairs_name_rows() -> None:
    words = [row["word"] for row in ROWS]
    assert len(words) == len(set(words))
    named = {word for row in ROWS if row["note"].startswith("pair: ") for word in row["note"][6:].split(", ")}
    assert named - set(words) == set()


def test_the_list_praises_as_well_as_it_blames() -> None:
    praise = {"hero", "heroic", "brave", "liberator", "freedom fighter", "martyr", "patriot", "noble", "gallant"}
    blame = {"coward", "cowardly", "thug", "occupier", "terrorist", "fanatic", "traitor", "vile", "ruthless"}
    assert praise | blame <= {row["word"] for row in ROWS}

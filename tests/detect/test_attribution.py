"""The phenomena of attribution, each on sentences of its own: chain | cue | content | manner."""

from __future__ import annotations

import pytest

from sayso.detect import DETECTORS
from sayso.records import Mention, Statement
from tests import factory

# "A < B" is a chain, "A + B" two sources of one hop, "-" a hop without a source, "(T)" an outlet that only relays.
FOUND = [
    (
        "1 nested chain",
        "Reuters reported that the rebels claimed they had shot down the drone.",
        [
            "Reuters | reported | that the rebels claimed they had shot down the drone | reported",
            "Reuters < the rebels | claimed | they had shot down the drone | claimed",
        ],
    ),
    (
        "2 three deep",
        "A ministry aide told the paper that police believed the minister knew of the plan.",
        [
            "(the paper) < A ministry aide | told | that police believed the minister knew of the plan | said",
            "(the paper) < A ministry aide < police | believed | the minister knew of the plan | believed",
        ],
    ),
    (
        "3 according to, front",
        "According to two engineers, the dam was never inspected.",
        ["two engineers | According to | the dam was never inspected | said"],
    ),
    (
        "3 according to, middle",
        "The dam, according to two engineers, was never inspected.",
        ["two engineers | according to | The dam / was never inspected | said"],
    ),
    (
        "3 according to, end",
        "The dam was never inspected, according to two engineers.",
        ["two engineers | according to | The dam was never inspected | said"],
    ),
    (
        "4 relayed content",
        "Citing the Interior Ministry, state TV said forty people had been held.",
        ["state TV < the Interior Ministry | Citing | forty people had been held | said"],
    ),
    (
        "4 quoting",
        "TNS, quoting two officials, said that a login had been traced to the capital.",
        [
            "TNS | said | that a login had been traced to the capital | said",
            "TNS < two officials | quoting | that a login had been traced to the capital | said",
        ],
    ),
    (
        "4 closing cue after a subordinate parse",
        "After nearly 20 years of talks, the government plans to lift the ban, officials said late Thursday.",
        ["officials | said | After nearly 20 years of talks, the government plans to lift the ban | said"],
    ),
    (
        "5 attributed source",
        "The dam is weak, said an official quoted by the agency.",
        ["(the agency) < an official | said | The dam is weak | said"],
    ),
    (
        "5 report seen by",
        "A report seen by this newspaper found that the dam was weak.",
        ["(this newspaper) < A report | found | that the dam was weak | showed"],
    ),
    (
        "6 anonymous plural",
        "Two senior officials with knowledge of the talks said the deal was dead.",
        ["Two senior officials with knowledge of the talks | said | the deal was dead | said"],
    ),
    (
        "7 anonymous reason",
        "A diplomat, who asked not to be named, warned of a new round of sanctions.",
        ["A diplomat | warned | a new round of sanctions | warned"],
    ),
    (
        "8 place as source",
        "Port Vell says the strike never happened.",
        ["Port Vell | says | the strike never happened | said"],
    ),
    (
        "8 institution declines",
        "The Harbour Office declined to comment.",
        ["The Harbour Office | declined | to comment | denied"],
    ),
    (
        "9 pronoun",
        "The mayor arrived late. She insisted that nothing had been hidden.",
        ["She | insisted | that nothing had been hidden | said"],
    ),
    (
        "10 relative pronoun",
        "Dr Olu, who argued the sample was spoiled, left before the vote.",
        ["who | argued | the sample was spoiled | claimed"],
    ),
    (
        "11 possessive, noun cue",
        "His claim that the ballots were burned was false.",
        ["His | claim | that the ballots were burned | claimed"],
    ),
    ("11 denial of", "The group's denial of any role surprised many.", ["The group | denial of | any role | denied"]),
    (
        "12 noun cue, no source",
        "Rumours that the bank would close spread within hours.",
        ["- | Rumours | that the bank would close | claimed"],
    ),
    (
        "13 sourceless adverb",
        "The shipment allegedly contained banned parts.",
        ["- | allegedly | The shipment / contained banned parts | claimed"],
    ),
    ("13 is said to", "The general is said to have fled.", ["- | is said | The general / to have fled | said"]),
    (
        "14 agentless passive",
        "The colonel was accused of ordering the raid.",
        ["- | was accused | The colonel / of ordering the raid | accused"],
    ),
    ("14 it is believed", "It is believed that the ship sank.", ["- | is believed | that the ship sank | believed"]),
    (
        "14 reduced passive",
        "The virus — believed to have been built in Velland — infected the ship.",
        ["- | believed | The virus / to have been built in Velland | believed"],
    ),
    (
        "15 agent passive",
        "The vote was described by observers as orderly.",
        ["observers | was described | The vote / as orderly | said"],
    ),
    ("16 raising", "The minister is expected to resign.", ["- | is expected | The minister / to resign | predicted"]),
    (
        "17 denial",
        "Velland denied that it had armed the militia.",
        ["Velland | denied | that it had armed the militia | denied"],
    ),
    ("18 negated attribution", "She did not say who had paid.", ["She | did not say | who had paid | said"]),
    (
        "19 question",
        "Lawyers asked whether the tape was genuine.",
        ["Lawyers | asked | whether the tape was genuine | asked"],
    ),
    ("20 small content", "They called him a traitor.", ["They | called | him a traitor | said"]),
    (
        "21 criticise for",
        "The union criticised the firm for hiding the results.",
        ["The union | criticised | the firm for hiding the results | criticised"],
    ),
    (
        "22 mixed",
        "He said the plan was 'a gift to smugglers' and should be dropped.",
        ["He | said | the plan was 'a gift to smugglers' and should be dropped | said"],
    ),
    (
        "23 split quote",
        "'We waited,' Amir said, 'but no one came.'",
        ["Amir | said | 'We waited,' / 'but no one came.' | said"],
    ),
    (
        "24 inverted",
        "'There is no proof,' said Elena Ruiz, a former judge.",
        ["Elena Ruiz, a former judge | said | 'There is no proof,' | said"],
    ),
    (
        "25 apposition",
        "Kato, 61, the port's head since 2009, said the cranes were safe.",
        ["Kato, 61, the port's head since 2009 | said | the cranes were safe | said"],
    ),
    (
        "26 several sentences",
        "'It was dark. We ran. Nobody helped,' Lina recalled.",
        ["Lina | recalled | 'It was dark. We ran. Nobody helped,' | said"],
    ),
    (
        "27 several paragraphs",
        "“We ran,” said Lina Oro.\n\n“It was dark.\n\n“Nobody helped.”",
        ["Lina Oro | said | “We ran,” / “It was dark / “Nobody helped.” | said"],
    ),
    (
        "28 paragraph without cue",
        "Lina Oro said the road was shut.\n\n“We had to walk back in the dark.”",
        ["Lina Oro | said | the road was shut / “We had to walk back in the dark.” | said"],
    ),
    (
        "29 parenthetical cue",
        "The hospital, he added, had no power.",
        ["he | added | The hospital / had no power | said"],
    ),
    (
        "30 conjoined cues",
        "The agency confirmed the leak and said an inquiry had begun.",
        ["The agency | confirmed | the leak | confirmed", "The agency | said | an inquiry had begun | said"],
    ),
    (
        "31 conjoined contents",
        "She said that the road was mined and that the villagers knew.",
        ["She | said | that the road was mined and that the villagers knew | said"],
    ),
    (
        "32 two sources",
        "Both the army and the rebels said the other side had fired first.",
        ["the army + the rebels | said | the other side had fired first | said"],
    ),
    (
        "33 transcript",
        "MODERATOR: Good evening, we are glad that you came.",
        ["MODERATOR | : | Good evening, we are glad that you came | said"],
    ),
    ("34 dash form", "'No comment.' - Ministry spokesman", ["Ministry spokesman | - | 'No comment.' | said"]),
    ("34 in a statement", 'In a statement, the firm: "We regret this."', ['the firm | : | "We regret this." | said']),
    (
        "37 social post",
        "Senator Ali said in a tweet that the vote was rigged.",
        ["Senator Ali | said | that the vote was rigged | said"],
    ),
    ("38 documents", "Court filings show the firm knew.", ["Court filings | show | the firm knew | showed"]),
    (
        "38 poll",
        "A survey found 53% of voters oppose the dam.",
        ["A survey | found | 53% of voters oppose the dam | showed"],
    ),
    ("40 the author", "I think the tape is fake.", ["I | think | the tape is fake | believed"]),
    (
        "41 future cue",
        "Prosecutors are expected to argue that the fire was set.",
        ["- < Prosecutors | to argue | that the fire was set | claimed"],
    ),
    (
        "42 stance",
        "The minister falsely claimed that the dam was safe.",
        ["The minister | falsely claimed | that the dam was safe | claimed"],
    ),
    ("43 other marks", "«We waited», said Amir.", ["Amir | said | «We waited» | said"]),
    (
        "43 unclosed",
        "“The road is shut, said Amir Oro.\n\nThe army left on Monday.",
        ["Amir Oro | said | “The road is shut | said"],
    ),
    (
        "order",
        "The commander orders the units to attack government buildings.",
        ["The commander | orders | the units to attack government buildings | ordered"],
    ),
    (
        "responsibility",
        "The Front claimed responsibility for the raid.",
        ["The Front | claimed | responsibility for the raid | claimed_responsibility"],
    ),
    (
        "outlet's source",
        "The Harbour Post reported that the bank had failed, according to two officials.",
        ["The Harbour Post < two officials | according to | that the bank had failed | said"],
    ),
    ("alleged", "He denied any part in the alleged plot.", ["- | alleged | plot | claimed"]),
]

NOT_YET = {
    "29 free continuation": (
        "The hospital, he added, had no power. Patients lay in corridors.",
        "he | added | Patients lay in corridors | said",
    ),
    "7 the reason kept": (
        "A diplomat, who asked not to be named, warned of a new round of sanctions.",
        "A diplomat, who asked not to be named | warned | a new round of sanctions | warned",
    ),
    "35 label in a headline": ("Ex-spy 'knew of plot'", "- | - | 'knew of plot' | said"),
    "28 speaker in the paragraph after": (
        "“We had to walk back in the dark.”\n\nLina Oro is a nurse in Velland.",
        "Lina Oro | - | “We had to walk back in the dark.” | said",
    ),
    "16 appears to": ("The company appears to have known.", "- | appears | The company / to have known | believed"),
}

NOTHING = [
    ("36 scare quotes, titles and nicknames", 'The "ceasefire" held. Joe "Shorty" Diaz saw "The Crown" again.'),
    ("39 a credit", "The harbour at dawn. (Photo: Tessel News)"),
    ("labels before a colon", "Update: the bridge is shut."),
    ("plain events", "The army left the town and the road was shut for a week."),
]


def read(text: str, **options: object) -> tuple[list[str], list[Statement]]:
    """The attributed statements of a text in the notation above, and all statements."""
    page = factory.page(text, **options)
    for detector in DETECTORS:
        page.add(detector(page))
    mentions = {m.id: m for m in page.of(Mention)}

    def words(spans: object) -> str:
        return " / ".join(page.quote(s) for s in spans)  # type: ignore[attr-defined]

    def hop(one: object) -> str:
        name = " + ".join(words(mentions[i].spans) for i in one.sources) or "-"  # type: ignore[attr-defined]
        return f"({name})" if one.manner == "relayed" else name  # type: ignore[attr-defined]

    statements = list(page.of(Statement))
    shown = [
        f"{' < '.join(map(hop, s.chain))} | {words(s.chain[-1].cue)} | {words(s.content)} | {s.chain[-1].manner}"
        for s in statements
        if s.chain
    ]
    return shown, statements


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=n) for n, t, e in FOUND])
def test_finds(text: str, expected: list[str]) -> None:
    """Source, cue, content and manner of each phenomenon are found to the letter."""
    shown, _ = read(text)
    assert [e for e in expected if e not in shown] == [], shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(t, e, id=n, marks=pytest.mark.xfail(reason=n, strict=True)) for n, (t, e) in NOT_YET.items()],
)
def test_not_yet(text: str, expected: str) -> None:
    """What the rules do not reach yet."""
    assert expected in read(text)[0]


@pytest.mark.parametrize("text", [pytest.param(t, id=n) for n, t in NOTHING])
def test_finds_nothing(text: str) -> None:
    """No attribution where nobody is cited."""
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Rama: Velland did it", "Rama | : | Velland did it | said"),
        ("Velland did it: Rama", "Rama | : | Velland did it | said"),
    ],
)
def test_headline_colon(headline: str, expected: str) -> None:
    """A name beside a colon in a headline is the source of the other side."""
    assert expected in read(headline, headline=True)[0]


@pytest.mark.parametrize(
    ("text", "content", "modality", "polarity"),
    [
        (
            "The government should stop hosting the group.",
            "The government should stop hosting the group",
            "recommended",
            "positive",
        ),
        ("It must leave at once.", "It must leave at once", "required", "positive"),
        ("The company appears to have known.", "The company appears to have known", "possible", "positive"),
        (
            "If confirmed, this would be the third attack.",
            "If confirmed, this would be the third attack",
            "conditional",
            "positive",
        ),
        ("The port may close.", "The port may close", "possible", "positive"),
        ("No ship has left.", "No ship has left", "asserted", "negative"),
        ("Who paid for the ship?", "Who paid for the ship?", "asserted", "question"),
        ("The army will leave the town.", "The army will leave the town", "planned", "positive"),
        ("The ship can carry forty men.", "The ship can carry forty men", "capable", "positive"),
    ],
)
def test_own_voice(text: str, content: str, modality: str, polarity: str) -> None:
    """What no one is cited for is the article's own statement, with its modality and polarity."""
    _, statements = read(text)
    assert [(factory_words(text, s), s.chain, s.modality, s.polarity) for s in statements] == [
        (content, (), modality, polarity)
    ]


def factory_words(text: str, statement: Statement) -> str:
    """The content's words."""
    return " / ".join(text[s.start : s.end] for s in statement.content)


def test_own_voice_keeps_what_is_left_of_a_sentence() -> None:
    """A sentence that attributes one thing and asserts another gives both."""
    shown, statements = read("The army said it had won, but the road stayed shut.")
    own = [s for s in statements if not s.chain]
    assert shown == ["The army | said | it had won | said"]
    assert len(own) == 1 and own[0].wording == "own"


def test_writer_endorses() -> None:
    """ "And that was true." gives the hop before it the stance endorses, and stays the writer's statement."""
    _, statements = read("The report warned that the group could strike again. And that was true.")
    assert {s.chain[-1].stance for s in statements if s.chain} == {"endorses"}
    assert any(not s.chain for s in statements)


def test_writer_rejects() -> None:
    """A predicate over a cue noun gives its hop the stance rejects."""
    _, statements = read("His claim that the ballots were burned was false.")
    assert [s.chain[-1].stance for s in statements if s.chain] == ["rejects"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The board said the taps were safe. Not so.", "rejects"),
        ("The board said the taps were safe. They were.", "endorses"),
        ("On Monday the board said the taps were safe. By noon it was clear that the statement was false.", "rejects"),
        ("The board said, without any evidence, that the taps were safe.", "distances"),
        ("Ana Ruiz's unproven claim that the taps were safe was widely read.", "distances"),
        ("The board said the taps were safe. They were not tested until May.", "neutral"),
    ],
)
def test_the_writer_takes_a_stance(text: str, stance: str) -> None:
    """By a word beside the cue or by a sentence behind that says nothing else."""
    attributed = [s for s in read(text)[1] if s.chain]
    assert attributed[0].chain[-1].stance == stance


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Elena Ruiz, the port minister, left. Ruiz said the port was shut.", "Ruiz", "Elena Ruiz"),
        ("Elena Ruiz met the crew. She said the port was shut.", "She", "Elena Ruiz"),
        ("Dr Ana Olu, who argued the sample was spoiled, left.", "who", "Ana Olu"),
        ("The Tessel News Service (TNS) came late. TNS reported that the port was shut.", "TNS", "Tessel News Service"),
        ("'I know the port is shut,' said Elena Ruiz.", "I", "Elena Ruiz"),
    ],
)
def test_names(text: str, words: str, name: str) -> None:
    """Pronouns and short names carry the fullest name that the document gives, with a Why of their own."""
    page = factory.page(text)
    for detector in DETECTORS:
        page.add(detector(page))
    named = {page.quote(m.spans[0]): m for m in page.of(Mention)}
    assert name in named[words].name
    assert named[words].why.rule == "actors.actors"


def test_unnamed_stays_unnamed() -> None:
    """Two senior officials are two persons without a name."""
    page = factory.page("Two senior officials said the deal was dead.")
    for detector in DETECTORS:
        page.add(detector(page))
    (mention,) = page.of(Mention)
    assert (mention.kind, mention.named, mention.number, mention.name) == ("person", False, 2, "")

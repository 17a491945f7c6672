from datetime import date

import numpy as np

from sayso.encoder.encoder import load
from sayso.link.claims.posts import day_of, read
from sayso.link.claims.search import Entry, Search
from sayso.link.lexical import Bm25, Cosine, grams, pairs, stems

ENTRIES = [
    Entry("gates", "Three storm gates at Lunn were opened by hand.", "Who opened the gates of Lunn?", date(2026, 3, 9)),
    Entry("crate", "A crate of control equipment reached the harbour two days before the flood."),
    Entry("school", "The building in Sarrow houses a school of music.", "Is it a school of music?"),
    Entry("homes", "The flood of Lunn put 212 homes under water.", "Were 212 homes flooded?", date(2026, 3, 5)),
]


def test_a_post_is_read_without_its_links_tags_and_signature() -> None:
    post = read(
        "So #LunnFlood was no accident! @TesselNewspic.twitter.com/Ab1 https://t.co/x — Aud Kessel (@aud) March 4, 2026"
    )
    assert post.words == "So Lunn Flood was no accident! Tessel News"
    assert (post.author, post.day) == ("Aud Kessel", date(2026, 3, 4))
    assert post.signed.startswith("Aud Kessel: So")


def test_a_text_that_is_no_post_keeps_its_words() -> None:
    assert read("Three gates  opened, 40% of them.").words == "Three gates opened, 40% of them."
    assert read("").words == ""


def test_days_are_read_in_three_shapes_and_nothing_else() -> None:
    assert day_of("March 4, 2026") == day_of("4 March 2026") == day_of("2026-03-04") == date(2026, 3, 4)
    assert day_of("last week") is None


def test_stems_meet_over_endings_and_separators() -> None:
    assert stems("The opened gates, 12,000 of them") == stems("the opening gate 12000 OF them")


def test_rare_words_weigh_more_than_common_ones() -> None:
    bags = [stems(t) for t in ("the gate opened", "the keeper slept", "the gate shut")]
    scores = Bm25(bags).scores(stems("the keeper"))
    assert scores[1] > scores[0] > 0
    assert pairs(["a", "b", "c"]) == ["a b", "b c"]
    assert Cosine(map(grams, ("floodgate", "harbour"))).scores(grams("floodgates"))[0] > 0.7


def test_the_claim_is_found_in_other_words() -> None:
    search = Search(ENTRIES, load().encode)
    assert search.rank("Divers say somebody wound the gates open with their own hands!! #Lunn")[0][0] == "gates"
    assert search.rank("they taught kids the trombone there, it was a music school")[0][0] == "school"
    assert next(id for id, _ in search.rank("crate", 2)) == "crate"


def test_the_order_is_the_same_each_time_and_nothing_is_found_in_nothing() -> None:
    search = Search(ENTRIES, load().encode)
    assert search.rank("how many homes were flooded?") == search.rank("how many homes were flooded?")
    assert len(search.rank("")) == len(ENTRIES)
    assert Search([], load().encode).rank("anything") == []
    assert np.isfinite(search.features("\ud800 \U0001f600")[1]).all()

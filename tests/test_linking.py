"""Linkers see what changed since they last ran, and the case holds what a run from nothing would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.case import Case
from sayso.integrity import verify_case
from sayso.link import Add, Change, LinkCase, Withdraw
from sayso.linking import is_current, relate
from sayso.records import Check, Document, EventCluster, make_id
from sayso.store import CaseFile
from tests import factory as f


def first_words(case: LinkCase, changed: frozenset[str]) -> Iterator[Change]:
    """Documents that begin with the same word."""
    case.db.execute("CREATE TABLE IF NOT EXISTS ix_first_words_word (doc TEXT PRIMARY KEY, word TEXT)")
    touched = set[str]()
    for doc in sorted(changed):
        old = case.db.execute("SELECT word FROM ix_first_words_word WHERE doc = ?", (doc,)).fetchone()
        touched |= {old[0]} if old else set()
        case.db.execute("DELETE FROM ix_first_words_word WHERE doc = ?", (doc,))
        for document in case.of(Document, doc):
            touched.add(document.text.split()[0])
            case.db.execute("INSERT INTO ix_first_words_word VALUES (?, ?)", (doc, document.text.split()[0]))
    for word in sorted(touched):
        docs = case.db.execute("SELECT doc FROM ix_first_words_word WHERE word = ? ORDER BY doc", (word,)).fetchall()
        id = make_id("event_cluster", word)
        yield Add(EventCluster(id, tuple(doc for (doc,) in docs), f.WHY)) if len(docs) > 1 else Withdraw(id)


def second(case: LinkCase, changed: frozenset[str]) -> Iterable[Change]:
    """Notes which documents it is told of."""
    case.db.execute("CREATE TABLE IF NOT EXISTS ix_second_told (docs TEXT)")
    case.db.execute("INSERT INTO ix_second_told VALUES (?)", (" ".join(sorted(changed)),))
    return []


def documents(*texts: str) -> list[Document]:
    return [f.document(text, name=f"{text}.txt") for text in texts]


def clusters(case: CaseFile) -> list[EventCluster]:
    return list(case.of(EventCluster))


def test_a_document_added_later_gives_the_same_as_a_run_from_nothing() -> None:
    one, two, three = documents("a 1", "a 2", "b 1")
    whole = f.filed((one, []), (two, []), (three, []))
    relate(whole, [first_words], checks=[])
    grown = f.filed((one, []))
    relate(grown, [first_words], checks=[])
    for document in (three, two):
        f.file(grown, document)
        relate(grown, [first_words], checks=[])
    assert clusters(grown) == clusters(whole) != []


def test_a_linker_is_told_only_of_what_changed() -> None:
    one, two = documents("a 1", "a 2")
    case = f.filed((one, []))
    relate(case, [second], checks=[])
    f.file(case, two)
    relate(case, [second], checks=[])
    relate(case, [second], checks=[])
    assert case.rows("SELECT docs FROM ix_second_told") == [(one.id,), (two.id,)]


def test_a_later_linker_is_told_of_what_an_earlier_one_touched() -> None:
    one, two = documents("a 1", "a 2")
    case = f.filed((one, []))
    relate(case, [first_words, second], checks=[])
    f.file(case, two)
    relate(case, [first_words, second], checks=[])
    assert case.rows("SELECT docs FROM ix_second_told")[-1] == (" ".join(sorted([one.id, two.id])),)


def test_after_a_run_every_linker_is_current_until_a_document_is_added() -> None:
    one, two = documents("a 1", "a 2")
    case = f.filed((one, []))
    relate(case, [first_words, second], checks=[])
    assert is_current(case, [first_words, second])
    f.file(case, two)
    assert not is_current(case, [first_words, second])


def test_a_linker_of_another_version_starts_from_nothing() -> None:
    case = f.filed(*((document, []) for document in documents("a 1", "a 2")))
    relate(case, [first_words], checks=[])
    case.rows("UPDATE linker SET version = 'older'")
    case.rows("DELETE FROM ix_first_words_word")
    assert relate(case, [first_words], checks=[]) == 1
    assert len(clusters(case)) == 1


def test_what_touches_a_document_is_found_by_it() -> None:
    one, two, three = documents("a 1", "a 2", "b 1")
    case = f.filed((one, []), (two, []), (three, []))
    relate(case, [first_words], checks=[])
    assert list(case.of(EventCluster, one.id)) == clusters(case)
    assert list(case.of(EventCluster, three.id)) == []


def same_start(case: Case) -> Iterator[Check]:
    """A finding at every document that begins as an earlier one does."""
    seen: dict[str, Document] = {}
    for document in case.of(Document):
        word = document.text.split()[0]
        if word in seen:
            yield f.check(f.span(document, word), f.span(seen[word], word), rule="same_start")
        seen.setdefault(word, document)


def test_checks_over_several_documents_are_made_anew_when_one_is_added_and_do_not_damage_the_case() -> None:
    one, two, three = documents("a 1", "a 2", "a 3")
    case = f.filed((one, []), (two, []))
    relate(case, [], checks=[same_start])
    assert len(list(case.of(Check))) == 1
    f.file(case, three)
    relate(case, [], checks=[same_start])
    assert len(list(case.of(Check))) == 2
    assert verify_case(case) == []


def test_checks_are_not_made_again_where_nothing_changed() -> None:
    case = f.filed(*((document, []) for document in documents("a 1", "a 2")))
    relate(case, [], checks=[same_start])
    relate(case, [], checks=[])
    assert len(list(case.of(Check))) == 1

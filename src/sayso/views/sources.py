"""Voices: who is cited, how often as the origin and how often to pass on, and how much nobody stands behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.case import Case
from sayso.records import Document, Mention, Statement
from sayso.views.chains import NOBODY, NOBODY_LABEL, Chip, Source, Standing, chips, publisher


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice across the case. `origin` and `relay` are the ids of the statements where it is which.

    `key` is what its sources are counted under; `manners` are (manner, how often), most frequent first;
    `standing` is None for "nobody named". `publishers` counts those that are known.
    """

    key: str
    label: str
    kind: str
    standing: Standing | None
    origin: tuple[str, ...]
    relay: tuple[str, ...]
    documents: int
    publishers: int
    manners: tuple[tuple[str, int], ...]

    @property
    def anonymous(self) -> bool:
        """Whether nobody stands behind it by name."""
        return self.standing in (None, Standing.ANONYMOUS)

    @property
    def someone(self) -> bool:
        """Whether it is one voice at all: neither nobody nor a pronoun that was not resolved."""
        return self.standing not in (None, Standing.UNRESOLVED)


@dataclass(frozen=True, slots=True)
class Voices:
    """All voices, most cited first, and what the case's statements rest on.

    `attributed` statements have somebody cited for them. Of those, by their origin, `anonymous` come from people
    that are not named, `nobody` from no voice at all ("allegedly"), `described` from an institution, a report or
    a poll that is not named ("the ministry"), `unresolved` from a pronoun for which no name was found, the rest
    from a name. `own` are in an article's own voice.
    """

    rows: tuple[Voice, ...]
    documents: int
    publishers: int
    attributed: int
    anonymous: int
    nobody: int
    described: int
    unresolved: int
    own: int

    @property
    def named(self) -> int:
        """How many attributed statements have a named origin."""
        return self.attributed - self.anonymous - self.nobody - self.described - self.unresolved

    @property
    def share(self) -> float | None:
        """The share of anonymous sourcing among attributed statements, 0 to 1; None where nothing is attributed."""
        return (self.anonymous + self.nobody) / self.attributed if self.attributed else None


def voices(case: Case) -> Voices:
    """Count every voice of the case; keeps ids and counts only, one document's text at a time.

    Sources of different documents are one voice where kind and name are the same to the letter (case and
    spaces aside). Those nobody names are put together by their words: they need not be the same people.
    """
    tally = _Tally()
    for document in case.of(Document):
        mentions = {mention.id: mention for mention in case.of(Mention, document.id)}
        for statement in case.of(Statement, document.id):
            tally.add(document, statement, chips(document, mentions, statement.chain))
        tally.documents += 1
        tally.publishers |= _known(document)
    return tally.result()


def percent(share: float | None) -> str:
    """A share as whole per cent, "-" where there is nothing to share."""
    return "-" if share is None else f"{share:.0%}"


@dataclass(slots=True)
class _Count:
    source: Source | None
    origin: list[str] = field(default_factory=list)
    relay: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    manners: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)

    def voice(self, key: str) -> Voice:
        # The spelling used most often speaks for all; ties go to the alphabet, so that runs agree.
        label = min(self.labels, key=lambda words: (-self.labels[words], words))
        return Voice(
            key=key,
            label=label,
            kind=self.source.kind if self.source else "",
            standing=self.source.standing if self.source else None,
            origin=tuple(self.origin),
            relay=tuple(self.relay),
            documents=len(self.documents),
            publishers=len(self.publishers),
            manners=tuple(sorted(self.manners.items(), key=lambda item: (-item[1], item[0]))),
        )


@dataclass(slots=True)
class _Tally:
    counts: dict[str, _Count] = field(default_factory=dict)
    documents: int = 0
    publishers: set[str] = field(default_factory=set)
    attributed: int = 0
    origins: Counter[Standing | None] = field(default_factory=Counter)
    own: int = 0

    def add(self, document: Document, statement: Statement, chain: tuple[Chip, ...]) -> None:
        if not chain:
            self.own += 1
            return
        self.attributed += 1
        self.origins[_weakest(chain[-1])] += 1
        for place, key, label, source in _heard(chain):
            count = self.counts.setdefault(key, _Count(source))
            last = place == len(chain) - 1
            (count.origin if last else count.relay).append(statement.id)
            count.labels[label] += 1
            count.documents.add(document.id)
            count.publishers |= _known(document)
            if last:
                count.manners[chain[-1].manner] += 1

    def result(self) -> Voices:
        rows = [count.voice(key) for key, count in self.counts.items()]
        rows.sort(key=lambda voice: (not voice.someone, -len(voice.origin), -len(voice.relay), voice.label, voice.key))
        return Voices(
            rows=tuple(rows),
            documents=self.documents,
            publishers=len(self.publishers),
            attributed=self.attributed,
            anonymous=self.origins[Standing.ANONYMOUS],
            nobody=self.origins[None],
            described=self.origins[Standing.DESCRIBED],
            unresolved=self.origins[Standing.UNRESOLVED],
            own=self.own,
        )


def _weakest(chip: Chip) -> Standing | None:
    """How far it is known who speaks: of several sources the least known; None where there is none."""
    return max((source.standing for source in chip.sources), key=list(Standing).index, default=None)


def _known(document: Document) -> set[str]:
    return {publisher(document)} if document.publisher else set()


def _heard(chain: tuple[Chip, ...]) -> Iterator[tuple[int, str, str, Source | None]]:
    """Each voice of a chain once a place: (place, key, label, source)."""
    for place, chip in enumerate(chain):
        if not chip.sources:
            yield place, NOBODY, NOBODY_LABEL, None
        yield from ((place, source.voice, source.label, source) for source in _once(chip.sources))


def _once(sources: Iterable[Source]) -> Iterable[Source]:
    return {source.voice: source for source in sources}.values()

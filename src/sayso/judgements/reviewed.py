"""A case as people left it: what they rejected is gone, what they corrected is corrected, clusters are as they said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from sayso.errors import UsageError
from sayso.judgements.anchors import members_of, place
from sayso.judgements.clusters import CLUSTERS, regroup
from sayso.judgements.fields import DIFFERENT, SAME, added, corrected
from sayso.judgements.standing import Ruling, standing
from sayso.judgements.words import others
from sayso.records import Judgement, Mention, Span, Statement
from sayso.store import CaseFile

T = TypeVar("T")


class Rulings(dict[str, Ruling]):
    """What people's words come to, by the id of the record they belong to now; `pairs` in the order they were said."""

    def __init__(self, case: CaseFile) -> None:
        words: dict[str, list[Judgement]] = {}
        self.pairs: list[tuple[type, str, str, tuple[str, ...]]] = []
        for word in standing(list(case.judgements)):
            record = place(case, word)
            if record is not None:
                words.setdefault(record.id, []).append(word)
                self._pair(case, word, record)
        super().__init__({id: Ruling(tuple(said)) for id, said in words.items()})

    def _pair(self, case: CaseFile, word: Judgement, record: Any) -> None:
        for field in (SAME, DIFFERENT):
            if field in word.change and type(record) in CLUSTERS:
                self.pairs.append((CLUSTERS[type(record)], field, record.id, others(case, word, field)))


class Reviewed:
    """Reads as a case does, with people's words obeyed. `rulings` may be handed in where they are known."""

    def __init__(self, case: CaseFile, rulings: Rulings | None = None, *, rejected: bool = False) -> None:
        self.case = case
        self.rulings = Rulings(case) if rulings is None else rulings
        self._rejected = rejected
        self._made: dict[type, tuple[set[str], dict[str, Any]]] = {}

    def of(self, kind: type[T], doc: str | None = None) -> Iterator[T]:
        """The records of one type as people left them, of one document or of all."""
        if kind in CLUSTERS.values():
            yield from self._clusters(kind, self.case.of(kind, doc), doc)
            return
        for record in self.case.of(kind, doc):
            if not self._gone(record):
                yield self._now(record)
        if kind is Mention and doc is not None:
            yield from self._added(doc)  # type: ignore[misc]

    def about(self, kind: type[T], id: str) -> Iterator[T]:
        """What was found across documents that holds the record `id`, as people left it."""
        found = self.case.about(kind, id)
        if kind in CLUSTERS.values():
            yield from (one for one in self._clusters(kind, found, None) if id in members_of(one))
        else:
            yield from (self._now(one) for one in found if not self._gone(one))

    def get(self, id: str) -> Any:
        """The record with this id as people left it, rejected or not. Raises UsageError where there is none."""
        found = self.find(id)
        if found is None:
            raise UsageError(f"{self.case.name} holds no record {id!r}.")
        return found

    def find(self, id: str) -> Any:
        """The record with this id as people left it, None where there is none."""
        for kind in self.regrouped():
            if id in self._made[kind][1]:
                return self._now(self._made[kind][1][id])
            if id in self._made[kind][0]:
                return None
        record = self.case.find(id)
        return None if record is None else self._now(record)

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.case.quote(span)

    def ruling(self, id: str) -> Ruling:
        """What people said of a record."""
        return self.rulings.get(id) or Ruling(())

    def _gone(self, record: Any) -> bool:
        if self._rejected:
            return False
        home = getattr(record, "statement", None) if not isinstance(record, Statement) else None
        return any(id in self.rulings and self.rulings[id].rejected for id in (record.id, home) if id)

    def _now(self, record: Any) -> Any:
        ruling = self.rulings.get(record.id) if hasattr(record, "id") else None
        return corrected(self.case, record, ruling.change) if ruling else record

    def _added(self, doc: str) -> Iterator[Mention]:
        """The mentions that corrections of chains name by their place."""
        known = {mention.id for mention in self.case.of(Mention, doc)}
        for id, ruling in self.rulings.items():
            if id.startswith("statement-") and {"chain", "source"} & ruling.change.keys():
                statement = self.case.find(id)
                for mention in added(self.case, statement, ruling.change) if statement.doc == doc else ():
                    if mention.id not in known:
                        known.add(mention.id)
                        yield mention

    def _clusters(self, kind: Any, found: Iterator[Any], doc: str | None) -> Iterator[Any]:
        self.regrouped()
        replaced, made = self._made.get(kind, (set(), {}))
        touched: dict[str, Any] = {}
        for record in found:
            if record.id in replaced:
                touched |= {id: one for id, one in made.items() if set(members_of(one)) & set(members_of(record))}
            elif not self._gone(record):
                yield self._now(record)
        touched = made if doc is None and not touched else touched
        yield from (self._now(one) for one in touched.values() if not self._gone(one))

    def regrouped(self) -> Mapping[type, tuple[set[str], dict[str, Any]]]:
        """The clusters that people's pairs make anew, by kind: ids that are gone, and records that stand instead."""
        for kind in {pair[0] for pair in self.rulings.pairs} - self._made.keys():
            pairs = [pair[1:] for pair in self.rulings.pairs if pair[0] is kind]
            self._made[kind] = regroup(self.case, kind, pairs)
        return self._made

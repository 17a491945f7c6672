"""What a check says: the Check records of one rule, made in one call each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.records import Check, CheckLevel, CheckOutcome, Span, Why, check_id


@dataclass(frozen=True, slots=True)
class Rule:
    """The name of a check, which is that of its function, how much its alarm weighs, and its file ("": so named)."""

    name: str
    level: CheckLevel
    file: str = ""

    def at(self, level: CheckLevel) -> Rule:
        """The same rule with an alarm of another weight."""
        return replace(self, level=level)

    def failed(self, spans: Sequence[Span], message: str, nearest: str = "", *, about: Iterable[str] = ()) -> Check:
        """The words at `spans` cannot, or can hardly, be true together; `message` gives the arithmetic."""
        return self._made(CheckOutcome.FAILED, spans, (message, nearest), about)

    def passed(self, spans: Sequence[Span], message: str, *, about: Iterable[str] = ()) -> Check:
        """The words at `spans` fit."""
        return self._made(CheckOutcome.PASSED, spans, (message, ""), about)

    def cant_tell(self, spans: Sequence[Span], message: str, *, about: Iterable[str] = ()) -> Check:
        """The check applies, but what `message` names is not known."""
        return self._made(CheckOutcome.CANT_TELL, spans, (message, ""), about)

    def _made(
        self, outcome: CheckOutcome, spans: Sequence[Span], words: tuple[str, str], about: Iterable[str]
    ) -> Check:
        places = tuple(spans)
        why = Why(f"{self.file or self.name}.{self.name}", places)
        id = check_id(self.name, places)
        return Check(id, places[0].doc, self.name, self.level, outcome, tuple(about), places, *words, why)

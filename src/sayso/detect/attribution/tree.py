"""Walks over a dependency parse: subtrees, children by label, token sets as character spans."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.case import Parse

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
DASHES = frozenset({"-", "–", "—", "―", "--"})
EDGE = frozenset(",.;:-–—…")


class Tree:
    """A Parse with the walks that the rules need."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.dep, self.head, self.lemma, self.pos, self.tag = parse.dep, parse.head, parse.lemma, parse.pos, parse.tag
        self.text, self.children = parse.text, parse.children

    def kids(self, token: int, *labels: str) -> list[int]:
        """Children of `token` with one of the labels, left to right."""
        return [k for k in self.children[token] if self.dep[k] in labels]

    def kid(self, token: int, *labels: str) -> int | None:
        """The first such child."""
        return next((k for k in self.children[token] if self.dep[k] in labels), None)

    def subtree(self, token: int, without: Iterable[int] = ()) -> set[int]:
        """`token` and all below it, the subtrees of `without` left out."""
        skip, out, todo = set(without), set(), [token]
        while todo:
            one = todo.pop()
            if one not in skip:
                out.add(one)
                todo += self.children[one]
        return out

    def subtrees(self, tokens: Iterable[int], without: Iterable[int] = ()) -> set[int]:
        """The subtrees of several tokens together."""
        skip = list(without)
        return set().union(*(self.subtree(token, skip) for token in tokens))

    def above(self, token: int) -> list[int]:
        """The heads over `token`, nearest first."""
        out: list[int] = []
        while self.head[token] != token and len(out) < 64:
            token = self.head[token]
            out.append(token)
        return out

    def sentence(self, token: int) -> tuple[int, int]:
        """The `[first, after)` tokens of the sentence of `token`."""
        return self.parse.sentences[self.parse.sent[token]]

    def passive(self, verb: int) -> bool:
        """Whether the verb is passive: "was accused", "believed to have", "the man accused of"."""
        if self.kid(verb, "auxpass", "nsubjpass", "csubjpass") is not None:
            return True
        bare = self.tag[verb] == "VBN" and self.kid(verb, "aux", "nsubj") is None
        return bare and self.dep[verb] in ("acl", "amod", "advcl")

    def spans(self, tokens: Iterable[int]) -> list[tuple[int, int]]:
        """Token indices as character ranges: runs joined over punctuation within a paragraph, ends trimmed."""
        p = self.parse
        runs: list[list[int]] = []
        for token in sorted(tokens):
            if (
                runs
                and p.part[token] == p.part[runs[-1][1]]
                and all(p.pos[i] == "PUNCT" for i in range(runs[-1][1] + 1, token))
            ):
                runs[-1][1] = token
            else:
                runs.append([token, token])
        return [(p.start[a], p.end[b]) for a, b in (self._trim(*run) for run in runs) if a <= b]

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        while first <= last and self.text[first] in EDGE:
            first += 1
        while last >= first and self.text[last] in EDGE:
            last -= 1
        return first, last

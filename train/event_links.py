"""Teach which events are one: how near two documents are, and trees over what pairs of events have in common.

    python -m train.event_links --data ../shared/data --out src/sayso/link/events/model

Trained on the train part of ECB+ (annotations CC BY 3.0); how rare stems are is counted there, in PolNeAR's train part
and in Wikinews. The threshold is the best of folds by topic. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import pickle
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from bench.event_links import Read, grouped, read, texts
from sayso.link.events.cluster import Edge
from sayso.link.events.compare import LEAST, NEAR, candidates
from sayso.link.events.near import DIGITS, Model, Weighed, traits
from sayso.link.events.told import Told
from sayso.link.events.vectors import shipped
from sayso.link.lexical import stems

MENTIONS = {"events": "event", "entities": "entity"}
FOLDS = 3
SEEN = 3  # documents that a stem must stand in to be kept
SURE = 0.3  # nearness of documents from which on every pair is learned from
OTHERS = 4
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
BACKGROUND = (
    "crossdoc/ecbplus/docs.train.jsonl",
    "attribution/polnear.train.jsonl",
    "crossdoc/wikinews_base.jsonl",
)
LICENCE = (
    "Weights: Apache-2.0. Learned from the annotations of the ECB+ corpus by Agata Cybulska and Piek Vossen "
    "(CC BY 3.0), train part; document frequencies of stems also from PolNeAR's train part and Wikinews (CC BY 2.5)."
)
LIMITS = [
    "Learned on 25 topics of short English news texts, mostly two affairs of one kind each.",
    "Two affairs of one kind with the same names are hard to tell apart.",
]
Arrays = dict[str, npt.NDArray[Any]]


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def rarity(data: Path) -> Arrays:
    """How rare stems are in the background."""
    seen: Counter[str] = Counter()
    total = 0
    for name in BACKGROUND:
        for row in rows(data / name):
            seen.update(set(stems(row.get("text") or " ".join(row.get("paras", [])))))
            total += 1
    kept = {stem: math.log(total / count) for stem, count in sorted(seen.items()) if count >= SEEN and "\n" not in stem}
    return {
        "rarity.words": np.frombuffer("\n".join(kept).encode(), dtype=np.uint8),
        "rarity.values": np.array(list(kept.values()), dtype=np.float16),
        "rarity.unseen": np.array(math.log(total / 2)),
    }


def documents(held: Sequence[Weighed], affairs: dict[str, tuple[str, str]]) -> tuple[Arrays, npt.NDArray[Any]]:
    """The weights of what two documents have in common, those of one affair against others; how near all are."""
    shared = common(held)
    topic, affair = (np.array([affairs[one.doc][n] for one in held]) for n in (0, 1))
    one, other = np.triu_indices(len(held), 1)
    one, other = (side[shared[one, other, 0] > 0.02] for side in (one, other))
    weight = np.where(topic[one] == topic[other], 1.0, 0.3)
    same = affair[one] == affair[other]
    fitted = LogisticRegression(C=10, max_iter=2000).fit(shared[one, other], same, sample_weight=weight)
    near = fitted.predict_proba(shared.reshape(-1, shared.shape[-1]))[:, 1].reshape(shared.shape[:2])
    return {"near.weights": fitted.coef_[0], "near.bias": np.array(fitted.intercept_[0])}, near


def common(held: Sequence[Weighed]) -> npt.NDArray[Any]:
    """[N, N, 7]: `affinity` of all documents with all, by products of matrices."""
    products = []
    for kind in range(4):
        number = {term: n for n, term in enumerate(sorted({term for one in held for term in one.bags[kind]}))}
        at = [(n, number[term], weight) for n, one in enumerate(held) for term, weight in one.bags[kind].items()]
        rows, columns, values = zip(*at, strict=True)
        bags = csr_matrix((values, (rows, columns)), shape=(len(held), len(number)))
        products.append((bags @ bags.T).toarray())
    means = np.stack([one.mean for one in held])
    ends = np.cumsum([0, *(len(one.vectors) for one in held)])[:-1]
    each = np.concatenate([one.vectors for one in held])
    best = np.maximum.reduceat(np.maximum.reduceat(each @ each.T, ends, axis=0), ends, axis=1)
    return np.stack([*products, means @ means.T, best, products[0] * best], axis=-1)


def pairs(held: Read, near: npt.NDArray[Any]) -> Iterator[tuple[Any, float]]:
    """The candidate pairs of events with how near their documents are."""
    docs = list(held)
    for n, one in enumerate(docs):
        for m, other in enumerate(docs[n:], n):
            likely = 1.0 if one == other else round(float(near[n, m]), DIGITS)
            if likely >= NEAR:
                yield from ((pair, likely) for pair in candidates(held[one][1], held[other][1]))


def boosted(x: npt.NDArray[Any], y: npt.NDArray[Any]) -> Arrays:
    """Trees as arrays."""
    fitted = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.1, max_leaf_nodes=15, min_samples_leaf=80, l2_regularization=5, random_state=0
    ).fit(x, y)
    nodes = [stage[0].nodes for stage in fitted._predictors]
    roots = np.cumsum([0, *(len(one) for one in nodes[:-1])]).astype(np.int32)
    whole = np.concatenate(nodes)
    shift = np.repeat(roots, [len(one) for one in nodes])
    leaf = whole["is_leaf"].astype(bool)
    return {
        "trees.roots": roots,
        "trees.feature": np.where(leaf, -1, whole["feature_idx"]).astype(np.int16),
        "trees.threshold": whole["num_threshold"],
        "trees.left": (whole["left"] + shift).astype(np.int32),
        "trees.right": (whole["right"] + shift).astype(np.int32),
        "trees.value": whole["value"],
        "trees.base": np.array(fitted._baseline_prediction.item()),
    }


def conll(gold: dict[str, str], pred: dict[str, str], score: Path) -> dict[str, Any]:
    """The figures of the corpus's scorer."""
    sys.path.insert(0, str(score))
    from score_claims import coref

    found: dict[str, Any] = coref(gold, pred)
    return found


def figure(found: dict[str, Any], kind: str) -> float:
    """What the threshold is chosen by: CoNLL F1 of events, B-cubed F1 of entities."""
    return float(found["CoNLL"] if kind == "events" else found["B3"]["F1"])


def edge(pair: tuple[Told, Told], chance: float) -> Edge:
    """A pair with its chance, as it is clustered."""
    one, other = sorted(each.id for each in pair)
    return round(float(chance), DIGITS), one, other


def main() -> None:
    """Parse the command line, fit, choose the threshold and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kind", choices=["events", "entities"], default="events")
    parser.add_argument("--cache", type=Path, help="a folder to keep what was read in")
    options = parser.parse_args()
    folder = options.data / "crossdoc" / "ecbplus"
    docs = {row["id"]: row for row in rows(folder / "docs.train.jsonl")}
    mentions = rows(folder / f"{MENTIONS[options.kind]}_mentions.train.jsonl")
    held = _read(mentions, folder, options.cache and options.cache / f"{options.kind}.pickle")
    chain = {row["id"]: row["chain"] for row in mentions}
    affairs = {id: (row["topic"], row["subtopic"]) for id, row in docs.items()}
    arrays = rarity(options.data)
    arrays |= {"near.weights": np.zeros(7), "near.bias": np.array(0.0), **_stump()}
    model = Model.of(arrays, 0.5)
    weights, near = documents([model.weigh(text) for text, _ in held.values()], affairs)
    arrays |= weights
    found = list(pairs(held, near))
    x = traits([pair for pair, _ in found], [likely for _, likely in found])
    y = np.array([chain[one.id] == chain[other.id] for (one, other), _ in found])
    topics = sorted({topic for topic, _ in affairs.values()}, key=int)
    fold = {doc: topics.index(topic) % FOLDS for doc, (topic, _) in affairs.items()}
    sides = np.array([[fold[one.doc], fold[other.doc]] for (one, other), _ in found])
    kept = y | (np.array([likely for _, likely in found]) >= SURE) | (np.arange(len(y)) % OTHERS == 0)
    sys.stdout.write(f"{len(y)} pairs, {y.sum()} the same, {kept.sum()} learned from\n")
    sys.stdout.flush()
    figures: dict[float, list[float]] = {least: [] for least in THRESHOLDS}
    for number in range(FOLDS):
        inside = (sides == number).all(axis=1)
        learning = (sides != number).all(axis=1) & kept
        learned = Model.of(arrays | boosted(x[learning], y[learning]), 0.5)
        chances = learned.trees.chances(x[inside])
        edges = [
            edge(pair, chance)
            for (pair, _), chance in zip(compress(found, inside), chances, strict=True)
            if chance >= LEAST
        ]
        gold = {row["id"]: row["chain"] for row in mentions if fold[row["doc"]] == number}
        for least in THRESHOLDS:
            got = {row["id"]: row["chain"] for row in grouped(gold, edges, least)}
            figures[least].append(figure(conll(gold, got, options.data.parent / "score"), options.kind))
        sys.stdout.write(f"{figures}\n")
        sys.stdout.flush()
    means = {least: round(float(np.mean(found)), 4) for least, found in figures.items()}
    sys.stdout.write(f"mean F1 of folds by topic: {means}\n")
    threshold = max(means, key=lambda least: (means[least], least))
    arrays |= boosted(x[kept], y[kept])
    write((options.out, options.kind), arrays, {"threshold": threshold, "folds": {str(k): v for k, v in means.items()}})


def write(where: tuple[Path, str], arrays: Arrays, measured: dict[str, Any]) -> None:
    """Write KIND.npz and its card, KIND.json."""
    out, kind = where
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / f"{kind}.npz", **arrays)  # type: ignore[arg-type]
    card = {
        "name": f"Which {kind} are one: document nearness and boosted trees over pairs",
        "licence": LICENCE,
        "limits": LIMITS,
        **measured,
        "files": {f"{kind}.npz": hashlib.sha256((out / f"{kind}.npz").read_bytes()).hexdigest()},
    }
    (out / f"{kind}.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


def _stump() -> Arrays:
    """Trees that say nothing, until there are some."""
    empty = np.zeros(0)
    names = ("roots", "feature", "threshold", "left", "right", "value")
    return {f"trees.{name}": empty.astype(np.int32) for name in names} | {"trees.base": np.array(0.0)}


def _read(mentions: list[dict[str, Any]], folder: Path, kept: Path | None) -> Read:
    if kept and kept.exists():
        held: Read = pickle.loads(kept.read_bytes())
        return held
    made = read(mentions, texts(folder, {row["doc"] for row in mentions}), shipped())
    if kept:
        kept.write_bytes(pickle.dumps(made))
    return made


if __name__ == "__main__":
    main()

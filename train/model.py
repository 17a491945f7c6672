"""The network: one small encoder that also reads quotation state and case, a cue head and a role head a guideline."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from sayso.tagger.pieces import KINDS

HIDDEN, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 256, 512, 30522
PAIRS = 21  # paragraph difference -3..3 times (outside quotation marks, in the cue's quotation, in another)
DISTANCES = 65
MIDDLE = 3  # layers below the states from which the head of causal links goes on


class Layer(nn.Module):
    """One BERT layer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, 1e-12), nn.LayerNorm(HIDDEN, 1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x [B, T, H], bias [B, 1, 1, T] (0, or very negative where padded), None without padding -> [B, T, H]."""
        q, k, v = (p.view(*p.shape[:-1], HEADS, -1).transpose(1, 2) for p in self.qkv(x).split(HIDDEN, -1))
        if self.training:
            mixed = nn.functional.scaled_dot_product_attention(
                q, k, v, attn_mask=None if bias is None else bias.to(q.dtype)
            )
        else:  # spelt out: plain matrix products export and quantise well
            scores = q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5
            mixed = (scores if bias is None else scores + bias).softmax(-1) @ v
        x = self.norm1(x + self.out(mixed.transpose(1, 2).flatten(2)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """MiniLM with six token types (quotation state, case) in place of two."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(VOCABULARY, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Embedding(KINDS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.dropout = nn.Dropout(0.1)
        self.padded = True  # False for the export: at run time a call holds one window
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """ids, kinds [B, T], id 0 is padding -> states [B, T, H]."""
        return self.both(ids, kinds)[0]

    def both(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """The states of the last layer and of the middle one, from which other heads go on."""
        place = torch.arange(ids.shape[1])
        x = self.dropout(self.norm(self.words(ids) + self.positions(place)[None] + self.kinds(kinds)))
        bias = (ids == 0).to(x.dtype)[:, None, None, :] * -30000.0 if self.padded else None
        middle = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            middle = x if number == MIDDLE else middle
        return x, middle


class CueHead(nn.Module):
    """States -> cue logits for each guideline."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(HIDDEN, INNER)
        self.out = nn.Linear(INNER, 6)

    def forward(self, states: Tensor) -> Tensor:
        """states [..., H] -> [..., guideline, (outside, anchor, inside)]."""
        return self.out(nn.functional.gelu(self.inner(states))).unflatten(-1, (2, 3))


class RoleHead(nn.Module):
    """Scores every piece against an anchor: source and content labels, part of the cue, and whether it has a source."""

    def __init__(self) -> None:
        super().__init__()
        self.token, self.anchor = nn.Linear(HIDDEN, INNER), nn.Linear(HIDDEN, INNER)
        self.distance, self.pair = nn.Embedding(DISTANCES, INNER), nn.Embedding(PAIRS, INNER)
        self.guideline = nn.Embedding(2, INNER)
        self.norm = nn.LayerNorm(INNER)
        self.dropout = nn.Dropout(0.1)
        self.mixers = nn.ModuleList(nn.Conv1d(INNER, INNER, 7, padding=3, groups=INNER) for _ in range(2))
        self.linears = nn.ModuleList(nn.Linear(INNER, INNER) for _ in range(2))
        self.norms = nn.ModuleList(nn.LayerNorm(INNER) for _ in range(2))
        self.out = nn.Linear(INNER, 7)
        self.sourced = nn.Sequential(nn.Linear(INNER, INNER), nn.GELU(), nn.Linear(INNER, 1))

    def forward(
        self, tokens: Tensor, anchors: Tensor, pairs: Tensor, distances: Tensor, guideline: Tensor
    ) -> tuple[Tensor, Tensor]:
        """tokens [K, T, H], anchors [K, H], pairs, distances [K, T], guideline [K] -> [K, T, 7], [K]."""
        anchor = self.anchor(anchors) + self.guideline(guideline)
        x = self.token(tokens) + anchor[:, None] + self.distance(distances) + self.pair(pairs)
        x = self.norm(nn.functional.gelu(x))
        for mixer, linear, norm in zip(self.mixers, self.linears, self.norms, strict=True):
            mixed = mixer(self.dropout(x).transpose(1, 2)).transpose(1, 2)
            x = norm(x + nn.functional.gelu(linear(mixed)))
        return self.out(x), self.sourced(nn.functional.gelu(anchor)).squeeze(-1)


def merged(logits: Tensor) -> Tensor:
    """Role logits [..., 7] -> probabilities [..., (neither, source, content, part of the cue)]."""
    p, cue = logits[..., :5].softmax(-1), logits[..., 5:].softmax(-1)[..., 1:]
    return torch.cat([p[..., :1], p[..., 1:3].sum(-1, keepdim=True), p[..., 3:].sum(-1, keepdim=True), cue], -1)


class Network(nn.Module):
    """Encoder and heads together, for training."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.cue, self.role = Encoder(), CueHead(), RoleHead()


def pretrained(folder: Path) -> Encoder:
    """The encoder with MiniLM's weights, read from `model.safetensors` only."""
    old, made = load_file(str(folder / "model.safetensors")), Encoder()
    old = {name.removeprefix("bert."): value for name, value in old.items()}
    new = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "positions.weight": old["embeddings.position_embeddings.weight"],
        "kinds.weight": old["embeddings.token_type_embeddings.weight"][:1].repeat(KINDS, 1),
        "norm.weight": old["embeddings.LayerNorm.weight"],
        "norm.bias": old["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for n in range(LAYERS):
        for end in ("weight", "bias"):
            qkv = [old[f"encoder.layer.{n}.attention.self.{p}.{end}"] for p in ("query", "key", "value")]
            new[f"layers.{n}.qkv.{end}"] = torch.cat(qkv)
            new.update({f"layers.{n}.{a}.{end}": old[f"encoder.layer.{n}.{b}.{end}"] for a, b in names.items()})
    made.load_state_dict(new)
    return made

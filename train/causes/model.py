"""The head of causal links: three layers over frozen middle states, anchors, a sentence logit, roles for an anchor."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.model import DISTANCES, HIDDEN, Layer

POOLS = 4
FAR = -30000.0


class Links(nn.Module):
    """Middle states of a sentence -> its own states, anchors, and whether it is causal.

    An anchor is the piece a link hangs on: the first of its signal (1), or, without one, of its second argument (2).
    """

    def __init__(self, layers: int = 3) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.dropout = nn.Dropout(0.15)
        self.anchor = nn.Sequential(nn.Linear(HIDDEN, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, 3))
        self.pool = nn.Linear(HIDDEN, POOLS)
        self.causal = nn.Sequential(nn.Linear(POOLS * HIDDEN, 256), nn.GELU(), nn.Dropout(0.3), nn.Linear(256, 1))

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x [B, T, H], mask [B, T] True where there is a piece -> [B, T, H], [B, T, 3], [B]."""
        bias = (~mask).to(x.dtype)[:, None, None] * FAR
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.dropout(x)
        weights = (self.pool(x) + bias[:, 0, 0, :, None]).softmax(1)
        pooled = (weights.transpose(1, 2) @ x).flatten(1)
        return x, self.anchor(x), self.causal(pooled).squeeze(-1)


class Roles(nn.Module):
    """States of a sentence and an anchor -> edges of cause and effect, signal, and a label for each piece."""

    def __init__(self) -> None:
        super().__init__()
        self.distance, self.kind = nn.Embedding(DISTANCES, HIDDEN), nn.Embedding(3, HIDDEN)
        self.anchor, self.norm = nn.Linear(HIDDEN, HIDDEN), nn.LayerNorm(HIDDEN)
        self.layer, self.dropout = Layer(), nn.Dropout(0.1)
        self.out = nn.Linear(HIDDEN, 8)  # first and last of cause and effect; signal; neither, cause, effect
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.kind.weight, std=0.02)

    def forward(self, x: Tensor, mask: Tensor, at: Tensor, kinds: Tensor, distances: Tensor) -> Tensor:
        """x [K, T, H] or [1, T, H], mask [K, T], at [K, H] states, kinds [K], distances [K, T] -> logits [K, T, 8]."""
        anchor = self.anchor(at) + self.kind(kinds)
        h = self.norm(x + self.distance(distances) + anchor[:, None])
        h = self.layer(h, (~mask).to(x.dtype)[:, None, None] * FAR)
        out: Tensor = self.out(self.dropout(h))
        return out.masked_fill(~mask[..., None], -30.0)


class Head(nn.Module):
    """Both parts, for training."""

    def __init__(self) -> None:
        super().__init__()
        self.links, self.roles = Links(), Roles()


class OneSentence(nn.Module):
    """Links for the export: one sentence, nothing padded."""

    def __init__(self, links: Links) -> None:
        super().__init__()
        self.links = links

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[T, H] -> [T, H], [T, 3], []."""
        mask = torch.ones(1, states.shape[0], dtype=torch.bool)
        x, anchors, causal = self.links(states[None], mask)
        return x[0], anchors[0].softmax(-1), causal[0]


class OneSentenceRoles(nn.Module):
    """Roles for the export."""

    def __init__(self, roles: Roles) -> None:
        super().__init__()
        self.roles = roles

    def forward(self, states: Tensor, anchors: Tensor, kinds: Tensor, distances: Tensor) -> tuple[Tensor, ...]:
        """[T, H], [K], [K], [K, T] -> [K, T, 4], [K, T], [K, T, 3]."""
        out = self.roles(states[None], distances >= 0, states[anchors], kinds, distances)
        return out[..., :4].log_softmax(1), out[..., 4].sigmoid(), out[..., 5:].log_softmax(-1)

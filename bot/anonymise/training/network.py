"""The network that is trained: a few transformer layers over the encoder's inner state and the clues of each word."""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.anonymise.networks.clues import EXTRA

WIDTH = 384
HEADS = 12
LABELS = ("", "PERSON", "LOCATION", "ORG", "DATE", "CONTACT", "ID", "HEALTH", "FAMILY", "ROLE_UNIQUE")


def _linear(start: dict[str, Any], name: str) -> nn.Linear:
    matrix = torch.from_numpy(start[name].T.copy())
    linear = nn.Linear(matrix.shape[1], matrix.shape[0])
    linear.weight.data.copy_(matrix)
    linear.bias.data.copy_(torch.from_numpy(start[f"{name}_bias"].copy()))
    return linear


def _norm(start: dict[str, Any], name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.weight.data.copy_(torch.from_numpy(start[name].copy()))
    norm.bias.data.copy_(torch.from_numpy(start[f"{name}_bias"].copy()))
    return norm


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, start: dict[str, Any], dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (_linear(start, name) for name in ("query", "key", "value"))
        self.out, self.wide, self.narrow = (_linear(start, name) for name in ("out", "wide", "narrow"))
        self.norm_out, self.norm_narrow = _norm(start, "norm_out"), _norm(start, "norm_narrow")
        self.drop = nn.Dropout(dropout)

    def forward(self, state: Tensor, blind: Tensor) -> Tensor:
        """`state` is pieces x tokens x WIDTH, `blind` pieces x 1 x 1 x tokens with a large negative for padding."""
        pieces, tokens, _ = state.shape
        heads = [
            part(state).view(pieces, tokens, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value)
        ]
        looks = heads[0] @ heads[1].transpose(2, 3) / math.sqrt(WIDTH // HEADS) + blind
        seen = (self.drop(looks.softmax(-1)) @ heads[2]).transpose(1, 2).reshape(pieces, tokens, WIDTH)
        state = self.norm_out(state + self.drop(self.out(seen)))
        done: Tensor = self.norm_narrow(state + self.drop(self.narrow(functional.gelu(self.wide(state)))))
        return done


class Network(nn.Module):
    """From the state, the clues of each word and Rampart's answers to one score per label, for each token."""

    def __init__(self, start: list[dict[str, Any]], dropout: float = 0.1) -> None:
        super().__init__()
        self.clues = nn.Linear(EXTRA, WIDTH)
        nn.init.normal_(self.clues.weight, std=0.02)
        nn.init.zeros_(self.clues.bias)
        self.layers = nn.ModuleList(Layer(each, dropout) for each in start)
        self.last = nn.Linear(WIDTH + EXTRA, len(LABELS))
        self.drop = nn.Dropout(dropout)

    def forward(self, state: Tensor, extra: Tensor, mask: Tensor) -> Tensor:
        """`mask` is pieces x tokens, 1 for a token and 0 for padding; gives pieces x tokens x len(LABELS)."""
        blind = (1.0 - mask)[:, None, None, :] * -1e4
        state = state + self.clues(self.drop(extra))
        for layer in self.layers:
            state = layer(state, blind)
        scores: Tensor = self.last(torch.cat([self.drop(state), extra], dim=-1))
        return scores

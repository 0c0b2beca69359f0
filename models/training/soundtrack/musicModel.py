"""A small causal transformer over music tokens, with a key/value cache at the graph's face."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, LAYERS, HEADS = 160, 4, 5


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class MusicModel(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        nn.init.normal_(self.words.weight, std=0.1)
        self.qkv = nn.ModuleList([nn.Linear(WIDTH, 3 * WIDTH) for _ in range(LAYERS)])
        self.out = nn.ModuleList([nn.Linear(WIDTH, WIDTH) for _ in range(LAYERS)])
        self.up = nn.ModuleList([nn.Linear(WIDTH, 4 * WIDTH) for _ in range(LAYERS)])
        self.down = nn.ModuleList([nn.Linear(4 * WIDTH, WIDTH) for _ in range(LAYERS)])
        self.n1 = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in range(LAYERS)])
        self.n2 = nn.ModuleList([nn.LayerNorm(WIDTH) for _ in range(LAYERS)])
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, vocabulary)
        dh = WIDTH // HEADS
        self.register_buffer('rope', 1 / 2000 ** (torch.arange(dh // 2) / (dh // 2)), persistent=False)

    def forward(self, token, position, past):
        """token i64[B, T], position f32[T] (counted from the piece's start), past f32[LAYERS, 2, B, HEADS, P, dh]
        -> logits f32[B, T, V], present f32[LAYERS, 2, B, HEADS, P + T, dh]. T > 1 only with an empty past."""
        x = self.words(token)
        b, t, _ = x.shape
        angle = position[:, None] * self.rope
        cos, sin = angle.cos(), angle.sin()
        total = past.shape[4] + t
        row = torch.arange(t, device=x.device)[:, None] + past.shape[4]
        bias = torch.where(torch.arange(total, device=x.device)[None] <= row, 0.0, -1e4)
        present = []
        for i in range(LAYERS):
            q, k, v = self.qkv[i](self.n1[i](x)).reshape(b, t, 3, HEADS, -1).permute(2, 0, 3, 1, 4).unbind(0)
            q, k = rotate(q, cos, sin), torch.cat([past[i, 0], rotate(k, cos, sin)], 2)
            v = torch.cat([past[i, 1], v], 2)
            present.append(torch.stack([k, v]))
            a = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + bias, -1) @ v
            x = x + self.out[i](a.transpose(1, 2).reshape(b, t, WIDTH))
            x = x + self.down[i](F.gelu(self.up[i](self.n2[i](x)), approximate='tanh'))
        return self.head(self.norm(x)), torch.stack(present)

    def empty(self, b=1):
        return torch.zeros(LAYERS, 2, b, HEADS, 0, WIDTH // HEADS)

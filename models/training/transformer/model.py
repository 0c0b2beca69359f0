"""A small video transformer for two cores.

The 18x32 latent frame is cut into 6x8 patches of 3x4, so that a frame is 48 tokens (96 of 3x2 since run 3) and attention can run over space and time
together (RoPE on three axes); what such coarse tokens blur, a light convolution on the full grid puts back at the end, which
also sees the noisy input. Each block: depthwise 3x3 (cheap local mixing) -> attention -> attention to the text -> feed-forward.
Modulation by timestep, pooled text, `timestep_r` and `guidance` is shared by all blocks but for a learned offset each
(PixArt's adaLN-single). The control is embedded once and added at the entrance and half-way, each times its
`control_hidden_states_scale`. Built from Linear, Conv2d and matmul alone: every onnxruntime provider runs them.
"""
from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

from ..paths import LATENT_HEIGHT, LATENT_WIDTH
from .figures import CHANNELS as FIGURE_CHANNELS

CONTROL_SCALES = 2


@dataclass
class TransformerConfig:
    width: int = 192
    layers: int = 6
    heads: int = 6
    expansion: int = 3
    text_width: int = 192
    refine: int = 16
    text_every: int = 2  # every second block looks at the words
    rows: int = 6  # of patches in a frame
    columns: int = 8
    refiner_width: int = 48
    refiner_depth: int = 3
    figure_width: int = 48


def sinusoid(value: Tensor, width: int) -> Tensor:
    """value f32[B] in 0..1000 -> f32[B,width]."""
    frequencies = torch.exp(-math.log(10000.0) * torch.arange(width // 2, device=value.device) / (width // 2))
    angle = value[:, None] * frequencies[None]
    return torch.cat([torch.cos(angle), torch.sin(angle)], dim=-1)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Half-split rotary embedding; no strided writes, which would become ScatterND in the graph."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class Attention(nn.Module):
    """Self-attention with normalised queries and keys."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, width * 3, bias=False)
        self.out = nn.Linear(width, width)
        self.scale_q = nn.Parameter(torch.ones(width // heads))
        self.scale_k = nn.Parameter(torch.ones(width // heads))

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        q = rotate(unit(q) * self.scale_q, cos, sin).to(v.dtype)
        k = rotate(unit(k) * self.scale_k, cos, sin).to(v.dtype)
        mixed = attend(q, k, v, (width // self.heads) ** -0.5)
        return self.out(mixed.transpose(1, 2).reshape(batch, length, width))


def attend(q: Tensor, k: Tensor, v: Tensor, scale: float, bias: Tensor | None = None) -> Tensor:
    """Written out: torch's fused CPU attention spends half a training step in its backward pass."""
    scores = (q * scale) @ k.transpose(-1, -2)
    if bias is not None:
        scores = scores + bias
    return scores.softmax(-1).to(v.dtype) @ v


def unit(x: Tensor) -> Tensor:
    """Root-mean-square normalisation over the last axis."""
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


class TextAttention(nn.Module):
    def __init__(self, width: int, text_width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.q, self.out = nn.Linear(width, width), nn.Linear(width, width)
        self.kv = nn.Linear(text_width, width * 2)

    def forward(self, x: Tensor, text: Tensor, bias: Tensor) -> Tensor:
        """x [B,N,d], text [B,L,e], bias [B,1,1,L]."""
        batch, length, width = x.shape
        head = width // self.heads
        q = self.q(x).reshape(batch, length, self.heads, head).transpose(1, 2)
        k, v = self.kv(text).reshape(batch, text.shape[1], 2, self.heads, head).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = attend(unit(q).to(v.dtype), unit(k).to(v.dtype), v, 2.0 * head**-0.5, bias)
        return self.out(mixed.transpose(1, 2).reshape(batch, length, width))


class Block(nn.Module):
    def __init__(self, config: TransformerConfig, reads: bool):
        super().__init__()
        d = config.width
        self.local = nn.Conv2d(d, d, 3, padding=1, groups=d)
        self.mix = Attention(d, config.heads)
        self.text = TextAttention(d, config.text_width, config.heads) if reads else None
        self.up, self.down = nn.Linear(d, d * config.expansion), nn.Linear(d * config.expansion, d)
        self.offset = nn.Parameter(torch.zeros(6, d))
        nn.init.dirac_(self.local.weight, groups=d)
        self.local.weight.data.mul_(0.0)
        nn.init.zeros_(self.local.bias)
        for layer in (*([self.text.out] if self.text else []), self.mix.out, self.down):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)


class Refiner(nn.Module):
    """A short residual convolution over one latent frame, told the noise level: local smoothness is what convolutions learn
    within hundreds of steps and attention over coarse patches does not. [N,C,18,32] -> [N,16,18,32]."""

    def __init__(self, channels: int, width: int, condition: int, depth: int = 3):
        super().__init__()
        self.first = nn.Conv2d(channels, width, 3, padding=1)
        self.layers = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1) for _ in range(depth))
        self.tune = nn.Linear(condition, width * depth * 2)
        self.last = nn.Conv2d(width, 16, 3, padding=1)
        nn.init.zeros_(self.tune.weight)
        nn.init.zeros_(self.tune.bias)

    def forward(self, x: Tensor, condition: Tensor, frames: int) -> Tensor:
        """condition [B,d], x of B * frames pictures."""
        x = self.first(x)
        tune = self.tune(condition)[:, None].expand(-1, frames, -1).reshape(x.shape[0], -1, 1, 1)
        scales, shifts = tune.chunk(2, dim=1)
        for layer, scale, shift in zip(self.layers, scales.chunk(len(self.layers), 1), shifts.chunk(len(self.layers), 1)):
            x = x + F.silu(layer(x) * (1 + scale) + shift)
        return self.last(x)


class VideoTransformer(nn.Module):
    def __init__(self, config: TransformerConfig | None = None):
        super().__init__()
        self.config = config or TransformerConfig()
        d, c = self.config.width, self.config
        self.cell = (LATENT_HEIGHT // c.rows, LATENT_WIDTH // c.columns)
        area = self.cell[0] * self.cell[1]
        self.patch = nn.Linear(16 * area, d)
        self.control_in, self.control_mid = nn.Linear(96 * area, d), nn.Linear(d, d)
        self.control_late = nn.Linear(d, d)
        self.figure_in = nn.Linear(FIGURE_CHANNELS * area, d)
        self.figure_fine = nn.Conv2d(FIGURE_CHANNELS, c.figure_width, 1)
        self.place = nn.Parameter(torch.randn(c.rows * c.columns, d) * 0.02)
        self.time_embed = nn.Sequential(nn.Linear(256, d), nn.SiLU(), nn.Linear(d, d))
        self.gap_embed, self.guidance_embed = nn.Linear(256, d), nn.Linear(256, d)
        self.pooled = nn.Linear(c.text_width, d)
        self.modulation = nn.Linear(d, d * 6)
        self.blocks = nn.ModuleList(Block(c, index % c.text_every == 0) for index in range(c.layers))
        self.final_modulation = nn.Linear(d, d * 2)
        self.head = nn.Linear(d, 16 * area)
        self.fine = nn.Linear(d, c.refine * area)
        self.refiner = Refiner(16 * 3 + c.refine + c.figure_width, c.refiner_width, d, c.refiner_depth)
        for layer in (self.head, self.final_modulation, self.modulation, self.gap_embed, self.guidance_embed, self.control_late, self.refiner.last):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        rows, columns = torch.meshgrid(torch.arange(c.rows).float(), torch.arange(c.columns).float(), indexing="ij")
        # 16 pairs of a head of 32: 6 turn with time, 5 with the row, 5 with the column.
        pairs = d // c.heads // 2
        space = pairs * 5 // 16
        rows, columns = rows * (6 / c.rows), columns * (8 / c.columns)  # angles turn with the place in the frame, whatever the patch
        frequencies = 20.0 ** (-torch.arange(space).float() / space)
        self.register_buffer("space_angle", torch.cat([rows.reshape(-1, 1) * frequencies, columns.reshape(-1, 1) * frequencies], dim=-1), persistent=False)
        times = pairs - 2 * space
        self.register_buffer("time_frequencies", 100.0 ** (-torch.arange(times).float() / times), persistent=False)

    def config_dict(self) -> dict:
        return asdict(self.config)

    def forward(self, hidden_states: Tensor, timestep: Tensor, timestep_r: Tensor, guidance: Tensor, encoder_hidden_states: Tensor,
                control_hidden_states: Tensor, control_hidden_states_scale: Tensor, figures: Tensor) -> Tensor:
        """hidden_states f32[B,16,T,18,32], timestep f32[B] (sigma x 1000), ... -> velocity f32[B,16,T,18,32] = noise - data."""
        c = self.config
        batch, _, frames = hidden_states.shape[:3]
        places, d = c.rows * c.columns, c.width
        x = self.patch(to_patches(hidden_states, *self.cell)) + self.place
        control = F.silu(self.control_in(to_patches(control_hidden_states, *self.cell)))
        x = x + self.control_mid(control) * control_hidden_states_scale[0]
        x = x + self.figure_in(to_patches(figures, *self.cell))
        late = self.control_late(control) * control_hidden_states_scale[1]

        text = encoder_hidden_states
        # Rows past the mask are zero by contract, so the mask need not travel.
        present = (text.abs().sum(-1) > 0).to(text.dtype)
        bias = ((present - 1) * 1e4)[:, None, None, :].to(x.dtype)
        pooled = text.sum(1) / present.sum(1, keepdim=True).clamp(min=1)
        condition = self.time_embed(sinusoid(timestep, 256)) + self.pooled(pooled)
        condition = condition + self.gap_embed(sinusoid(timestep - timestep_r, 256)) + self.guidance_embed(sinusoid((guidance - 1) * 100, 256))
        condition = F.silu(condition)
        shared = self.modulation(condition).reshape(batch, 1, 6, d)

        clock = torch.arange(frames, device=x.device).to(self.time_frequencies.dtype)[:, None] * self.time_frequencies[None]
        angle = torch.cat([clock[:, None].expand(-1, places, -1), self.space_angle[None].expand(frames, -1, -1)], dim=-1).reshape(frames * places, -1)
        cos, sin = angle.cos(), angle.sin()
        x, late = x.reshape(batch, frames * places, d), late.reshape(batch, frames * places, d)
        for index, block in enumerate(self.blocks):
            if index == len(self.blocks) // 2:
                x = x + late
            shift1, scale1, gate1, shift2, scale2, gate2 = (shared + block.offset).unbind(2)
            grid = x.reshape(batch * frames, c.rows, c.columns, d).permute(0, 3, 1, 2)
            x = x + block.local(grid).permute(0, 2, 3, 1).reshape(x.shape)
            x = x + (1 + gate1) * block.mix(plain_norm(x) * (1 + scale1) + shift1, cos, sin)
            if block.text is not None:
                x = x + block.text(plain_norm(x), text, bias)
            normed = plain_norm(x) * (1 + scale2) + shift2
            x = x + (1 + gate2) * block.down(F.gelu(block.up(normed), approximate="tanh"))
        shift, scale = self.final_modulation(condition).reshape(batch, 1, 2, d).unbind(2)
        x = (plain_norm(x) * (1 + scale) + shift).reshape(batch, frames, places, d)
        coarse = from_patches(self.head(x), c.rows, c.columns, *self.cell)
        # The fine pass, frame by frame on the full grid: noisy input, what is known, the coarse answer, and features.
        features = torch.cat([hidden_states, control_hidden_states[:, :16] * control_hidden_states_scale[0], coarse,
                              from_patches(self.fine(x), c.rows, c.columns, *self.cell)], dim=1)
        grid = features.transpose(1, 2).reshape(batch * frames, features.shape[1], LATENT_HEIGHT, LATENT_WIDTH)
        told = self.figure_fine(figures.transpose(1, 2).reshape(batch * frames, FIGURE_CHANNELS, LATENT_HEIGHT, LATENT_WIDTH))
        grid = torch.cat([grid, told], dim=1)
        detail = self.refiner(grid, condition, frames)
        return coarse.float() + detail.float().reshape(batch, frames, 16, LATENT_HEIGHT, LATENT_WIDTH).transpose(1, 2)


def plain_norm(x: Tensor) -> Tensor:
    return F.layer_norm(x, (x.shape[-1],))


def to_patches(x: Tensor, ph: int, pw: int) -> Tensor:
    """[B,C,T,h,w] -> [B,T,h/ph*w/pw,C*ph*pw]."""
    b, c, t, h, w = x.shape
    return x.reshape(b, c, t, h // ph, ph, w // pw, pw).permute(0, 2, 3, 5, 1, 4, 6).reshape(b, t, (h // ph) * (w // pw), c * ph * pw)


def from_patches(x: Tensor, rows: int, columns: int, ph: int, pw: int) -> Tensor:
    """[B,T,rows*columns,C*ph*pw] -> [B,C,T,rows*ph,columns*pw]."""
    b, t = x.shape[:2]
    channels = x.shape[-1] // (ph * pw)
    return x.reshape(b, t, rows, columns, channels, ph, pw).permute(0, 4, 1, 2, 5, 3, 6).reshape(b, channels, t, rows * ph, columns * pw)

"""Text encoder and flow-matching transformer over audio latents. Names of inputs as in families/soundtrack/contract.ts."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from kindPrior import KindPrior

LATENT, FEATURES, TOKENS, TEXT = 32, 8, 32, 128


class TextLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)

    def forward(self, x, bias):
        b, n, c = x.shape
        q, k, v = self.qkv(self.n1(x)).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        a = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(c // self.heads) + bias, -1) @ v
        x = x + self.out(a.transpose(1, 2).reshape(b, n, c))
        return x + self.down(F.gelu(self.up(self.n2(x)), approximate='tanh'))


class TextEncoder(nn.Module):
    """input_ids i64[B, L], attention_mask i64[B, L] -> encoder_hidden_states f32[B, L, D], rows past the mask zero."""

    def __init__(self, vocabulary, width=TEXT, layers=2, heads=4, vectors=None):
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Parameter(0.02 * torch.randn(TOKENS, width))
        nn.init.normal_(self.words.weight, std=0.5)
        self.layers = nn.ModuleList([TextLayer(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        if vectors is not None:
            with torch.no_grad():
                self.words.weight.copy_(torch.as_tensor(vectors))
                for layer in self.layers:
                    layer.out.weight.mul_(0.1)
                    layer.down.weight.mul_(0.1)

    def forward(self, input_ids, attention_mask):
        m = attention_mask.float()
        x = self.words(input_ids) + self.places
        bias = (m[:, None, None, :] - 1) * 1e4
        for layer in self.layers:
            x = layer(x, bias)
        return self.norm(x) * m[..., None]


def pool(states):
    """Mean of the rows that hold words, [B, L, D] -> [B, D]; zero without words."""
    spoken = (states.abs().sum(-1, keepdim=True) > 1e-3).float()
    return (states * spoken).sum(1) / (spoken.sum(1) + 0.01)


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class FlowBlock(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.n1 = nn.LayerNorm(width, elementwise_affine=False)
        self.n2 = nn.LayerNorm(width)
        self.n3 = nn.LayerNorm(width, elementwise_affine=False)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.q2 = nn.Linear(width, width, bias=False)
        self.kv2 = nn.Linear(TEXT, 2 * width, bias=False)
        self.out2 = nn.Linear(width, width)
        self.depth = nn.Conv1d(width, width, 5, padding=2, groups=width)
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.table = nn.Parameter(torch.zeros(6, width))
        for m in (self.out, self.out2, self.down):
            nn.init.zeros_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x, text, mod, cos, sin):
        b, n, c = x.shape
        s1, g1, o1, s2, g2, o2 = (mod + self.table).unbind(1)
        y = self.n1(x) * (1 + g1[:, None]) + s1[:, None]
        q, k, v = self.qkv(y).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        q, k = F.rms_norm(q, q.shape[-1:]), F.rms_norm(k, k.shape[-1:])
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        scale = 1 / math.sqrt(c // self.heads)
        a = torch.softmax((q @ k.transpose(-1, -2)) * scale * 2.0, -1) @ v
        x = x + o1[:, None] * self.out(a.transpose(1, 2).reshape(b, n, c))
        q = self.q2(self.n2(x)).reshape(b, n, self.heads, -1).transpose(1, 2)
        k, v = self.kv2(text).reshape(b, text.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        a = torch.softmax(q @ k.transpose(-1, -2) * scale, -1) @ v
        x = x + self.out2(a.transpose(1, 2).reshape(b, n, c))
        y = self.n3(self.depth(x.transpose(1, 2)).transpose(1, 2)) * (1 + g2[:, None]) + s2[:, None]
        return x + o2[:, None] * self.down(F.gelu(self.up(y), approximate='tanh'))


class FlowTransformer(nn.Module):
    def __init__(self, width=160, layers=6, heads=5, hidden=480):
        super().__init__()
        self.width, self.heads = width, heads
        self.inp = nn.Linear(2 * LATENT + 1, width)
        self.features = nn.Conv1d(FEATURES, width, 5, padding=2)
        self.stems = nn.Embedding(3, width)
        self.time = nn.Sequential(nn.Linear(128, width), nn.SiLU(), nn.Linear(width, width))
        # few-step inputs: in the graph from the first day, without effect until they are trained
        self.span, self.guide = nn.Linear(128, width), nn.Linear(1, width)
        self.mod = nn.Linear(width, 6 * width)
        # the sentence as a whole, read differently by each stem: learns far sooner than cross-attention alone
        self.say = nn.Linear(TEXT, 6 * width)
        self.blocks = nn.ModuleList([FlowBlock(width, heads, hidden) for _ in range(layers)])
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.final = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, LATENT)
        self.prior, self.hint = KindPrior(TEXT, LATENT), nn.Linear(LATENT, width)
        for m in (self.span, self.guide, self.out, self.final, self.say, self.hint):
            nn.init.zeros_(m.weight)
            nn.init.zeros_(m.bias)
        with torch.no_grad():
            self.mod.weight.mul_(0.3)
            self.mod.bias.view(6, width)[2].fill_(1.0)
            self.mod.bias.view(6, width)[5].fill_(1.0)
        self.register_buffer('bands', torch.exp(-math.log(10000) * torch.arange(64) / 64), persistent=False)
        self.register_buffer('rope', 1 / 500 ** (torch.arange(width // heads // 2) / (width // heads // 2)), persistent=False)

    def wave(self, t):
        a = t[:, None] * self.bands
        return torch.cat([a.cos(), a.sin()], -1)

    def forward(self, hidden_states, timestep, timestep_r, guidance, encoder_hidden_states, video_features, context_hidden_states, stem):
        """[B,32,N], [B] (sigma x 1000), [B], [B], [B,L,D], [B,8,N], [B,33,N], [B] i64 -> velocity [B,32,N]"""
        n = hidden_states.shape[2]
        pooled, chosen = pool(encoder_hidden_states), (stem[:, None] == torch.arange(3, device=stem.device)).float()
        mean = self.prior(pooled, chosen, video_features)
        # everything below lives in differences from the mean: x_t = r_t + (1 - sigma) mean, velocity = v_r - mean
        residual = hidden_states - (1 - timestep[:, None, None] / 1000) * mean
        known = context_hidden_states[:, LATENT:]
        context = context_hidden_states[:, :LATENT] - mean * known
        x = self.inp(torch.cat([residual, context, known], 1).transpose(1, 2)) + self.hint(mean.transpose(1, 2))
        x = x + self.features(video_features).transpose(1, 2)
        kind = self.stems(stem)
        said = (self.say(pooled).reshape(-1, 3, 2 * self.width) * chosen[:, :, None]).sum(1)
        x = x + (kind + said[:, : self.width])[:, None]
        c = self.time(self.wave(timestep)) + self.span(self.wave(timestep - timestep_r)) + self.guide(guidance[:, None] - 1) + kind + said[:, self.width :]
        c = F.silu(c)
        mod = self.mod(c).reshape(-1, 6, self.width)
        angle = torch.arange(n, device=x.device, dtype=torch.float32)[:, None] * self.rope
        cos, sin = angle.cos(), angle.sin()
        for block in self.blocks:
            x = block(x, encoder_hidden_states, mod, cos, sin)
        shift, gain = self.final(c).chunk(2, -1)
        return self.out(self.norm(x) * (1 + gain[:, None]) + shift[:, None]).transpose(1, 2) - mean

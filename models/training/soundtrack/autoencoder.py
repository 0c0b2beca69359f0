"""Audio autoencoder: ln band power [B, 160, K] <-> latents [B, 32, N], K = 5 N, 25 latent frames a second.

The decoder gives the power's envelope and, by band, how much of it is tone; the pipeline fills in phase: tones by
following their peaks, the rest as filtered noise. So textures (rain, wind, sea) are right by construction at ~1M weights.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from spectra import BANDS, PER_LATENT, TO_BANDS, TO_BINS

LATENT = 32


class Block(nn.Module):
    """ConvNeXt in one dimension, channels last: [B, T, C]."""

    def __init__(self, width, ratio=3, kernel=7):
        super().__init__()
        self.depth = nn.Conv1d(width, width, kernel, padding=kernel // 2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.up = nn.Linear(width, ratio * width)
        self.down = nn.Linear(ratio * width, width)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def forward(self, x):
        y = self.depth(x.transpose(1, 2)).transpose(1, 2)
        return x + self.down(F.gelu(self.up(self.norm(y)), approximate='tanh'))


class Encoder(nn.Module):
    def __init__(self, thin=96, wide=192):
        super().__init__()
        self.inp = nn.Linear(BANDS, thin)
        self.fine = Block(thin, 2)
        self.fold = nn.Linear(PER_LATENT * thin, wide)
        self.coarse = nn.Sequential(Block(wide, 2), Block(wide, 2))
        self.norm = nn.LayerNorm(wide)
        self.out = nn.Linear(wide, LATENT)
        self.thin = thin

    def forward(self, bands):
        """ln power [B, 160, K] -> [B, 32, K/5]"""
        x = self.fine(self.inp((bands.transpose(1, 2) + 11) / 5))
        x = self.coarse(self.fold(x.reshape(x.shape[0], -1, PER_LATENT * self.thin)))
        return self.out(self.norm(x)).transpose(1, 2)


class Decoder(nn.Module):
    def __init__(self, thin=96, wide=192):
        super().__init__()
        self.inp = nn.Linear(LATENT, wide)
        self.coarse = nn.Sequential(Block(wide), Block(wide), Block(wide))
        self.unfold = nn.Linear(wide, PER_LATENT * thin)
        self.fine = nn.Sequential(Block(thin), Block(thin), Block(thin))
        self.norm = nn.LayerNorm(thin)
        self.out = nn.Linear(thin, 2 * BANDS)
        self.thin = thin

    def forward(self, latent):
        """[B, 32, N] -> ln power [B, 160, 5N], tonality logit [B, 160, 5N]"""
        x = self.coarse(self.inp(latent.transpose(1, 2)))
        x = self.unfold(x).reshape(x.shape[0], -1, self.thin)
        x = self.out(self.norm(self.fine(x))).transpose(1, 2)
        return x[:, :BANDS] * 5 - 11, x[:, BANDS:]


class EncoderGraph(nn.Module):
    """The face of the ONNX graph: spectrum (re, im) f32[1, 2, 513, K] -> latent f32[1, 32, K/5]."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        self.register_buffer('to_bands', torch.tensor(TO_BANDS))

    def forward(self, spectrum):
        power = (spectrum * spectrum).sum(1)
        # ln(p + 1e-8); written so because the exporter's optimiser takes `+ 1e-8` for nothing and drops it
        return self.encoder(torch.log(torch.matmul(self.to_bands, power) * 1e8 + 1) - 18.420681)


class DecoderGraph(nn.Module):
    """latent f32[1, 32, N] -> log_magnitude f32[1, 513, 5N] (ln amplitude), tonality f32[1, 513, 5N] in 0..1."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder
        self.register_buffer('to_bins', torch.tensor(TO_BINS))

    def forward(self, latent):
        power, tone = self.decoder(latent)
        return 0.5 * torch.matmul(self.to_bins, power), torch.sigmoid(torch.matmul(self.to_bins, tone))


def loss(power, tone_logit, target, tone):
    """Gaussian (Itakura-Saito) likelihood of the power, linear beyond 2 nats so that a missed attack cannot rule the step,
    and cross-entropy of the tonality where there is something to hear."""
    d = target - power
    spectral = torch.where(d < 2, torch.exp(d.clamp(max=2)) - d - 1, 4.389 + 6.389 * (d - 2))
    audible = torch.sigmoid((target + 15) * 0.7)
    spectral = (spectral * (0.15 + 0.85 * audible)).mean()
    # the shape in time: the same error on differences between neighbours
    step = F.smooth_l1_loss(power.diff(dim=2) * 0.5, target.diff(dim=2) * 0.5, reduction='none')
    tonal = F.binary_cross_entropy_with_logits(tone_logit, tone, reduction='none') * audible
    return spectral, (step * audible[:, :, 1:]).mean(), tonal.mean()

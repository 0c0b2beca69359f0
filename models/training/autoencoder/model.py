"""A streaming video autoencoder built from Conv2d alone, so that every onnxruntime provider runs it.

Time is folded into the batch. The only thing that crosses frames is `MemoryBlock`, which sees its own input of the frame
before; one tensor per block is therefore the whole state ("cache") of the stream. The first frame is encoded as four equal
frames with an empty memory, and decoded with an empty memory keeping the last of four: a picture is a one-latent video,
and the first latent has the same statistics as the others.

Shapes: video f32[B,F,3,H,W] in -1..1 with F=4k+1; latents f32[B,T,16,H/8,W/8] with T=1+(F-1)/4.
"""
from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor


class MemoryBlock(nn.Module):
    """Residual block over [this frame, the frame before]."""

    def __init__(self, channels: int):
        super().__init__()
        self.channels = channels
        self.conv1 = nn.Conv2d(channels * 2, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor, frames: int, cache: Tensor | None) -> tuple[Tensor, Tensor]:
        """x [B*frames,C,h,w]; cache [B,C,h,w] or None at the start. Returns (output, next cache)."""
        batch = x.shape[0] // frames
        grouped = x.reshape(batch, frames, *x.shape[1:])
        first = torch.zeros_like(grouped[:, 0]) if cache is None else cache.to(x.dtype)
        past = torch.cat([first[:, None], grouped[:, :-1]], dim=1).reshape(x.shape)
        hidden = F.relu(self.conv1(torch.cat([x, past], dim=1)))
        return x + self.conv2(hidden), grouped[:, -1]


class ResidualBlock(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.conv2(F.relu(self.conv1(x)))


def join_pairs(x: Tensor) -> Tensor:
    """Two neighbouring frames into channels: [B*2n,C,h,w] -> [B*n,2C,h,w]."""
    return x.reshape(x.shape[0] // 2, x.shape[1] * 2, *x.shape[2:])


def split_pairs(x: Tensor) -> Tensor:
    """Channels into two neighbouring frames: [B*n,2C,h,w] -> [B*2n,C,h,w]."""
    return x.reshape(x.shape[0] * 2, x.shape[1] // 2, *x.shape[2:])


class Encoder(nn.Module):
    """Groups of four frames to one latent. Three caches; none when it is linear only."""

    def __init__(self, fine: int, coarse: int, latent: int, linear_only: bool = False):
        super().__init__()
        self.linear_only = linear_only
        self.linear = nn.Conv2d(3 * 64 * 4, latent * 2, 1)
        if linear_only:
            return
        self.stem = nn.Conv2d(3 * 16, fine, 3, padding=1)
        self.memory_fine = MemoryBlock(fine)
        self.down = nn.Conv2d(fine * 2, coarse, 3, stride=2, padding=1)
        self.memory_half = MemoryBlock(coarse)
        self.pool = nn.Conv2d(coarse * 2, coarse, 1)
        self.memory_coarse = MemoryBlock(coarse)
        self.head = nn.Conv2d(coarse, latent * 2, 3, padding=1)

    # The linear map of each 4x8x8 block holds the principal components from the start (`start_from_components`); the
    # network only learns what is left. With `linear_only` there is nothing left: that encoder needs no training at all.


    def forward(self, frames: Tensor, groups: int, caches: list[Tensor] | None) -> tuple[Tensor, list[Tensor]]:
        """frames [B*groups*4,3,H,W] -> moments [B*groups,32,H/8,W/8]."""
        blocks = join_pairs(join_pairs(F.pixel_unshuffle(frames, 8)))
        if self.linear_only:
            return self.linear(blocks), []
        old = caches or [None, None, None]
        x = F.silu(self.stem(F.pixel_unshuffle(frames, 4)))  # not relu: beside a linear map that is good already, it dies within 500 steps
        x, cache_fine = self.memory_fine(x, groups * 4, old[0])
        x = F.silu(self.down(join_pairs(x)))
        x, cache_half = self.memory_half(x, groups * 2, old[1])
        x = F.silu(self.pool(join_pairs(x)))
        x, cache_coarse = self.memory_coarse(x, groups, old[2])
        return self.head(x) + self.linear(blocks), [cache_fine, cache_half, cache_coarse]


class Decoder(nn.Module):
    """One latent to four frames. Four caches."""

    def __init__(self, fine: int, coarse: int, latent: int, finest: int):
        super().__init__()
        self.stem = nn.Conv2d(latent, coarse, 3, padding=1)
        self.memory_coarse = MemoryBlock(coarse)
        self.mix = ResidualBlock(coarse)
        self.grow_half = nn.Conv2d(coarse, coarse * 2, 1)
        self.memory_half = MemoryBlock(coarse)
        self.up = nn.Conv2d(coarse, fine * 4, 1)
        self.memory_fine = MemoryBlock(fine)
        self.grow_full = nn.Conv2d(fine, fine * 2, 1)
        self.memory_full = MemoryBlock(fine)
        self.up_full = nn.Conv2d(fine, finest * 4, 1)
        self.finest = ResidualBlock(finest)
        self.head = nn.Conv2d(finest, 12, 3, padding=1)
        self.linear = nn.Conv2d(latent, 3 * 64 * 4, 1)

    def forward(self, latents: Tensor, groups: int, caches: list[Tensor] | None) -> tuple[Tensor, list[Tensor]]:
        """latents [B*groups,16,h,w] -> frames [B*groups*4,3,8h,8w], unclamped."""
        old = caches or [None] * 4
        # A soft clamp keeps a wild latent from a young transformer inside what the decoder has seen.
        latents = torch.tanh(latents / 8.0) * 8.0
        x = F.relu(self.stem(latents))
        x, cache0 = self.memory_coarse(x, groups, old[0])
        x = self.mix(x)
        x = F.relu(split_pairs(self.grow_half(x)))
        x, cache1 = self.memory_half(x, groups * 2, old[1])
        x = F.relu(F.pixel_shuffle(self.up(x), 2))
        x, cache2 = self.memory_fine(x, groups * 2, old[2])
        x = F.relu(split_pairs(self.grow_full(x)))
        x, cache3 = self.memory_full(x, groups * 4, old[3])
        x = F.relu(F.pixel_shuffle(self.up_full(x), 2))
        blocks = F.pixel_shuffle(split_pairs(split_pairs(self.linear(latents))), 8)
        return F.pixel_shuffle(self.head(self.finest(x)), 2) + blocks, [cache0, cache1, cache2, cache3]


class VideoAutoencoder(nn.Module):
    def __init__(self, fine: int = 48, coarse: int = 128, latent: int = 16, fine_out: int = 64, finest: int = 32,
                 linear_encoder: bool = False):
        super().__init__()
        self.config = dict(fine=fine, coarse=coarse, latent=latent, fine_out=fine_out, finest=finest, linear_encoder=linear_encoder)
        self.encoder = Encoder(fine, coarse, latent, linear_encoder)
        self.decoder = Decoder(fine_out, coarse, latent, finest)
        for module in self.modules():
            # Residual branches start small, so that the deep stack begins as its linear bypass.
            if isinstance(module, (MemoryBlock, ResidualBlock)):
                module.conv2.weight.data.mul_(0.1)
        for last in ([] if linear_encoder else [self.encoder.head]) + [self.decoder.head]:
            last.weight.data.mul_(0.1)

    def encode_moments(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """video [B,F,3,H,W], F=4k+1 -> mean and log-variance, [B,T,16,h,w] each."""
        batch, count = video.shape[:2]
        padded = torch.cat([video[:, :1].expand(-1, 3, -1, -1, -1), video], dim=1)
        groups = (count + 3) // 4
        moments, _ = self.encoder(padded.flatten(0, 1), groups, None)
        mean, log_variance = moments.float().chunk(2, dim=1)
        shape = (batch, groups, *mean.shape[1:])
        return mean.reshape(shape), log_variance.clamp(-12, 4).reshape(shape)

    def encode_linear(self, video: Tensor) -> Tensor:
        """What the encoder's linear map alone makes of it, [B,T,16,h,w]."""
        batch, count = video.shape[:2]
        padded = torch.cat([video[:, :1].expand(-1, 3, -1, -1, -1), video], dim=1).flatten(0, 1)
        moments = self.encoder.linear(join_pairs(join_pairs(F.pixel_unshuffle(padded, 8)))).float()
        return moments[:, : moments.shape[1] // 2].reshape(batch, (count + 3) // 4, -1, *moments.shape[2:])

    def encode(self, video: Tensor) -> Tensor:
        return self.encode_moments(video)[0]

    def decode(self, latents: Tensor) -> Tensor:
        """latents [B,T,16,h,w] -> video [B,1+4(T-1),3,H,W], unclamped."""
        batch, groups = latents.shape[:2]
        frames, _ = self.decoder(latents.flatten(0, 1), groups, None)
        frames = frames.float().reshape(batch, groups * 4, *frames.shape[1:])
        return frames[:, 3:]

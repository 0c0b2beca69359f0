"""Figures on the frame: where each one's picture falls, as the transformer sees it. Plain arithmetic and one grid_sample; nothing learned.

A figure's picture (texture, f32[4,48,48], premultiplied, 0..1) comes from the painter or from a reference picture; its placement
(world/render.layout) from the plan of the scene. Deferred neural rendering (Thies et al., 2019) with layouts planned from the words
(Lian et al., LLM-grounded video diffusion, 2023): the transformer decides how it all looks together, light, shadow and style.
"""
from __future__ import annotations

import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

from ..paths import LATENT_HEIGHT, LATENT_WIDTH

FINE = 4  # points per latent cell and axis
FIGURE_CHANNELS = 2 * 4 * FINE * FINE  # two moments, RGBA, the points of a cell
WAVES_X, WAVES_Y = (1, 2, 4), (1, 2)  # half-waves a frame height that a place is written in
CAMERA_CHANNELS = 2 * (3 + 2 * len(WAVES_X) + 2 * len(WAVES_Y))  # of each moment: told, x, y, and their waves
CHANNELS = FIGURE_CHANNELS + CAMERA_CHANNELS


class FigurePlane(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        rows, columns = LATENT_HEIGHT * FINE, LATENT_WIDTH * FINE
        y, x = torch.meshgrid((torch.arange(rows) + 0.5) / rows * 2 - 1, (torch.arange(columns) + 0.5) / columns * 2 - 1, indexing="ij")
        self.register_buffer("x", x.reshape(1, 1, -1), persistent=False)
        self.register_buffer("y", y.reshape(1, 1, -1), persistent=False)

    def forward(self, layout: Tensor, textures: Tensor, camera: Tensor) -> Tensor:
        """layout f32[B,T,K,2,10], textures f32[B,K,4,S,S], camera f32[B,T,2,5] -> f32[B,154,T,18,32]: near figures over far ones, then
        where each cell looks."""
        return torch.cat([self.figures(layout, textures), self.places(camera)], dim=1)

    def places(self, camera: Tensor) -> Tensor:
        """camera f32[B,T,2,5] (told, pan, tilt, zoom, roll; world/render.camera_path) -> f32[B,26,T,18,32]: the place in the painted world that
        each cell shows, as coordinates and waves of them (camera conditioning by rays, after CameraCtrl, He et al. 2024). Latents that look
        at one place then agree about it, however far apart they were made."""
        batch, frames = camera.shape[:2]
        told, pan, tilt, zoom, roll = (value.reshape(batch, frames * 2, 1, 1) for value in camera.unbind(-1))
        down = ((torch.arange(LATENT_HEIGHT, device=camera.device) + 0.5) / LATENT_HEIGHT - 0.5)[None, None, :, None]
        across = (((torch.arange(LATENT_WIDTH, device=camera.device) + 0.5) / LATENT_WIDTH - 0.5) * (16 / 9))[None, None, None, :]
        near = zoom + (1 - told)  # untold is all zeros
        x = (across * torch.cos(roll) - down * torch.sin(roll)) / near + pan * 0.5  # between the far and the near of the world's parallax
        y = (across * torch.sin(roll) + down * torch.cos(roll) - 0.1) / near + 0.1 + tilt
        rows = [torch.ones_like(x), x, y]
        for place, waves in ((x, WAVES_X), (y, WAVES_Y)):
            rows += [wave(math.pi * count * place) for count in waves for wave in (torch.sin, torch.cos)]
        rows = torch.stack(rows, dim=2) * told[:, :, None]
        rows = rows.reshape(batch, frames, CAMERA_CHANNELS, LATENT_HEIGHT, LATENT_WIDTH)
        return rows.transpose(1, 2)

    def figures(self, layout: Tensor, textures: Tensor) -> Tensor:
        """-> f32[B,128,T,18,32]."""
        batch, frames, slots, per = layout.shape[:4]  # one moment may stand for both: a single picture
        moments, rows, columns = frames * per, LATENT_HEIGHT * FINE, LATENT_WIDTH * FINE
        each = layout.permute(0, 2, 1, 3, 4).reshape(batch * slots, moments, 10)
        used, a, b, c, d, e, f, gait, wave, phase = (value[..., None] for value in each.unbind(-1))
        gu, gv = a * self.x + b * self.y + c, d * self.x + e * self.y + f
        leg = ((gv * 0.5 - 0.1) / 0.4).clamp(0, 1).square()
        u = gu * 0.5 - 0.09 * leg * gait * torch.tanh(gu * 4.5)
        v = gv + 2 * wave * torch.sin(2 * math.pi * (phase - u * 1.1)) * (0.4 - u).clamp(0, 1)
        grid = torch.stack([u * 2, v], dim=-1).reshape(batch * slots, moments * rows, columns, 2)
        pictures = textures.reshape(batch * slots, *textures.shape[2:])
        side = pictures.shape[-1]
        sharp = F.grid_sample(pictures, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        soft = F.grid_sample(F.avg_pool2d(pictures, 2), grid, mode="bilinear", padding_mode="zeros", align_corners=False)
        # Texels per point: where there are more than one, the coarser copy is read, or small figures would shimmer.
        density = (a * e - b * d).abs().clamp(min=1e-8).sqrt() * (side / math.sqrt(rows * columns))
        mix = (density - 1).clamp(0, 1)[:, None].reshape(batch * slots, 1, moments, 1, 1)
        shape = (batch * slots, 4, moments, rows, columns)
        seen = (sharp.reshape(shape) * (1 - mix) + soft.reshape(shape) * mix) * used.reshape(batch * slots, 1, moments, 1, 1)
        seen = seen.reshape(batch, slots, 4, moments, rows, columns)
        plane = seen[:, 0]
        for slot in range(1, slots):
            plane = seen[:, slot] + (1 - seen[:, slot, 3:]) * plane
        plane = plane.reshape(batch, 4, frames, per, LATENT_HEIGHT, FINE, LATENT_WIDTH, FINE)
        plane = plane.permute(0, 3, 1, 5, 7, 2, 4, 6)
        if per == 1:
            plane = torch.cat([plane, plane], dim=1)
        return plane.reshape(batch, FIGURE_CHANNELS, frames, LATENT_HEIGHT, LATENT_WIDTH)


def coverage(plane: Tensor) -> Tensor:
    """[B,154,T,18,32] -> share of each cell that figures cover, [B,1,T,18,32]."""
    batch, _, frames, height, width = plane.shape
    return plane[:, :FIGURE_CHANNELS].reshape(batch, 2, 4, FINE * FINE, frames, height, width)[:, :, 3].mean((1, 2))[:, None]

"""Light rigs, from WORLD.md's rigs.json (the ones this cut uses), and small colour helpers."""
from __future__ import annotations

import torch
from torch import Tensor


def rgb(code: str) -> Tensor:
    """'#RRGGBB' -> f32[3] in 0..1."""
    return torch.tensor([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def ramp(stops: list[str], at: Tensor, places: tuple[float, ...] = (0.0, 0.42, 0.74, 1.0)) -> Tensor:
    """Colours of `at` (0..1, any shape) along smooth stops -> [3,*at.shape]."""
    colours = [rgb(stop) for stop in stops]
    out = colours[0].reshape(3, *[1] * at.dim()).expand(3, *at.shape)
    for index in range(1, len(colours)):
        low, high = places[index - 1], places[index]
        mix = ((at - low) / (high - low)).clamp(0, 1)
        mix = mix * mix * (3 - 2 * mix)
        out = out * (1 - mix) + colours[index].reshape(3, *[1] * at.dim()) * mix
    return out


RIGS = {
    "day": dict(sky=["#3C8FD9", "#6CB6E8", "#A9DBF0", "#E6F4EA"], key="#FFF3D2", keyI=0.62, amb="#B4D2EE", ambI=0.62,
                bounce="#E8E2C0", haze="#CFE8F2", shadow="#3E5F9A", rim="#FFFBE6", rimI=0.3, L=(0.5, 0.8, 0.45),
                sun=(0.80, 0.16), sun_radius=0.05, sun_colour="#FFF1A8", halo=0.5, stars=0.0, hero=1.12),
    "sunset": dict(sky=["#3F3F86", "#A24E86", "#F47F5B", "#FFD07A"], key="#FFB36B", keyI=0.72, amb="#9A83BE", ambI=0.56,
                   bounce="#E08A6A", haze="#F5A57C", shadow="#3B2F68", rim="#FFC98A", rimI=0.85, L=(0.8, 0.25, -0.15),
                   sun=(0.68, 0.42), sun_radius=0.062, sun_colour="#FFF0C0", halo=0.8, stars=0.0, hero=1.42),
    "night": dict(sky=["#0B1540", "#16265E", "#2A4684", "#4C72A8"], key="#B8D0FF", keyI=0.4, amb="#5C70B8", ambI=0.6,
                  bounce="#32457F", haze="#34568F", shadow="#0A1238", rim="#CFE2FF", rimI=0.75, L=(-0.6, 0.65, 0.1),
                  sun=(0.22, 0.15), sun_radius=0.05, sun_colour="#F6F4DA", halo=0.42, stars=1.0, hero=1.55),
    "space": dict(sky=["#0A0B2A", "#14123F", "#241A55", "#2F2363"], key="#FFF0D8", keyI=0.85, amb="#6A66B4", ambI=0.5,
                  bounce="#5A3E9A", haze="#2A2160", shadow="#05061A", rim="#9FD8FF", rimI=0.8, L=(0.75, 0.5, 0.25),
                  sun=None, stars=1.0, hero=1.15),
    "underwater": dict(sky=["#7FE3E6", "#35B4CE", "#1679AE", "#0C4A86"], key="#E9FFF2", keyI=0.5, amb="#8FD0E4", ambI=0.68,
                       bounce="#2F83B4", haze="#1E86B6", shadow="#0A3566", rim="#D6FFF8", rimI=0.55, L=(0.15, 0.98, 0.25),
                       sun=None, stars=0.0, hero=1.15),
    "room": dict(sky=["#6FA096", "#74A79B", "#7DAEA0", "#86B6A8"], key="#FFE2B4", keyI=0.62, amb="#C6B9C9", ambI=0.58,
                 bounce="#D9A37C", haze="#E8CDB0", shadow="#4B3350", rim="#FFEBCB", rimI=0.4, L=(-0.7, 0.6, 0.4),
                 sun=None, stars=0.0, hero=1.1),
    "stage": dict(sky=["#2A1450", "#4A2270", "#7A3A80", "#A8508A"], key="#FFE6B8", keyI=0.75, amb="#8A70B4", ambI=0.5,
                  bounce="#C07A5A", haze="#8A5A9A", shadow="#1E1030", rim="#FFD8F0", rimI=0.8, L=(0.1, 0.95, 0.3),
                  sun=None, stars=0.0, hero=1.25),
    "cave": dict(sky=["#1E1826", "#2E2432", "#3E3040", "#4E3E4A"], key="#FFD9A0", keyI=0.6, amb="#8A86B4", ambI=0.55,
                 bounce="#6E5064", haze="#6A5870", shadow="#140E1C", rim="#BFE6F2", rimI=0.8, L=(0.2, 0.6, -0.2),
                 sun=None, stars=0.0, hero=1.35),
}


def lit(albedo: Tensor, rig: dict, direct: float = 0.7) -> Tensor:
    """Painted land under a rig: albedo (amb ambI + 1.6 key keyI l); [3,...] in 0..1."""
    shape = (3, *[1] * (albedo.dim() - 1))
    light = rgb(rig["amb"]) * rig["ambI"] + 1.6 * rgb(rig["key"]) * rig["keyI"] * direct * 0.62
    return albedo * light.reshape(shape)

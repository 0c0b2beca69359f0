"""Muon (orthogonalised momentum, arXiv 2502.16982) for the blocks' matrices, AdamW for everything else.

Several workers train apart and are averaged every few steps (`average`).
"""
from __future__ import annotations

import torch
import torch.distributed as distributed
from torch import Tensor, nn


def orthogonalise(matrix: Tensor, steps: int = 3) -> Tensor:
    """Newton-Schulz quintic iteration towards U V^T, in bfloat16."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.bfloat16()
    flipped = x.shape[0] > x.shape[1]
    if flipped:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if flipped else x).float()


class Optimiser:
    def __init__(self, modules: list[nn.Module], blocks: nn.Module, rate_matrix: float, rate_rest: float, world: int):
        self.matrices = [p for p in blocks.parameters() if p.ndim == 2 and min(p.shape) >= 64]
        taken = {id(p) for p in self.matrices}
        rest = [p for module in modules for p in module.parameters() if id(p) not in taken]
        self.momentum = [torch.zeros_like(p) for p in self.matrices]
        self.adam = torch.optim.AdamW(rest, lr=rate_rest, betas=(0.9, 0.95), weight_decay=0.0)
        self.rates = (rate_matrix, rate_rest)
        self.all = self.matrices + rest
        self.world = world

    def step(self, factor: float) -> float:
        """Applies one update with both rates times `factor`; returns the gradient norm."""
        for p in self.all:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        norm = float(torch.nn.utils.clip_grad_norm_(self.all, 2.0))
        with torch.no_grad():
            for p, momentum in zip(self.matrices, self.momentum):
                momentum.mul_(0.95).add_(p.grad)
                update = orthogonalise(p.grad + 0.95 * momentum)
                p.add_(update, alpha=-self.rates[0] * factor * max(1.0, p.shape[0] / p.shape[1]) ** 0.5)
        for group in self.adam.param_groups:
            group["lr"] = self.rates[1] * factor
        self.adam.step()
        for p in self.all:
            p.grad = None
        return norm

    def average(self) -> None:
        """Means parameters and momentum over the workers: local SGD. On a busy machine workers that meet at every step
        spend half their time waiting for the one that was put aside."""
        if self.world == 1:
            return
        with torch.no_grad():
            tensors = [*self.all, *self.momentum]
            flat = torch.cat([t.reshape(-1) for t in tensors])
            distributed.all_reduce(flat)
            at = 0
            for t in tensors:
                t.copy_((flat[at : at + t.numel()] / self.world).view_as(t))
                at += t.numel()

    def state(self) -> dict:
        return {"momentum": self.momentum, "adam": self.adam.state_dict()}

    def load(self, state: dict) -> None:
        for mine, saved in zip(self.momentum, state["momentum"]):
            mine.copy_(saved)
        self.adam.load_state_dict(state["adam"])

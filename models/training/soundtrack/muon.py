"""Muon (Jordan 2024) for matrices; everything else goes to AdamW."""
import torch


class Muon:
    def __init__(self, params, momentum=0.95, weight_decay=0.01):
        self.params, self.momentum, self.decay = list(params), momentum, weight_decay
        self.buffers = [torch.zeros_like(p) for p in self.params]

    @torch.no_grad()
    def step(self, lr):
        for p, buf in zip(self.params, self.buffers):
            if p.grad is None:
                continue
            buf.lerp_(p.grad, 1 - self.momentum)
            g = p.grad.lerp(buf, self.momentum).bfloat16()
            flip = g.shape[0] > g.shape[1]
            g = g.T if flip else g
            g = g / (g.norm() + 1e-7)
            for _ in range(5):
                a = g @ g.T
                g = 3.4445 * g + (-4.7750 * a + 2.0315 * a @ a) @ g
            g = (g.T if flip else g).float()
            p.mul_(1 - lr * self.decay)
            p.add_(g, alpha=-lr * 0.2 * max(p.shape) ** 0.5)

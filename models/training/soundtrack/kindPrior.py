"""The mean of the latents, given words and events: which kinds a sentence asks for (a small classifier over the pooled
text), and for each kind a bank of responses: what its latents are on average, so long after the last event. The flow
model then only has to draw what differs from that mean. Everything here is fitted to data (fitPrior.py) and trained on.
"""
import torch
import torch.nn as nn

KIND_COUNT, LAGS, ROWS = 55, 25, 31


def responses(video_features):
    """[B, 8, N] -> [B, ROWS, N]: time since the last event (one of LAGS, or none), its strength, events just ahead, motion."""
    event = torch.maximum(video_features[:, 1], video_features[:, 4]).clamp(0, 1)
    n = event.shape[1]
    padded = torch.nn.functional.pad(event, (LAGS, 2))
    rows, left, strength = [], torch.ones_like(event), torch.zeros_like(event)
    for lag in range(LAGS):
        a = padded[:, LAGS - lag : LAGS - lag + n]
        h = (2 * a).clamp(0, 1)
        rows.append(left * h)
        strength = strength + left * h * a
        left = left * (1 - h)
    ahead = [padded[:, LAGS + 1 : LAGS + 1 + n], padded[:, LAGS + 2 : LAGS + 2 + n]]
    return torch.stack(rows + [left, strength] + ahead + [video_features[:, 0], video_features[:, 5]], 1)


class KindPrior(nn.Module):
    def __init__(self, text_width, latent, ambience_kinds=17):
        super().__init__()
        self.head = nn.Linear(text_width, KIND_COUNT + 1)  # the last: nothing this stem knows
        self.bank = nn.Parameter(torch.zeros(3, KIND_COUNT + 1, ROWS * latent))
        mask = torch.zeros(3, KIND_COUNT + 1)
        mask[0, ambience_kinds:KIND_COUNT] = -1e4
        mask[1, :ambience_kinds] = -1e4
        self.register_buffer('mask', mask)
        self.latent = latent

    def forward(self, pooled, chosen, video_features):
        """pooled [B, D], chosen [B, 3] (one-hot stem), features [B, 8, N] -> mean latents [B, latent, N]"""
        p = torch.softmax(self.head(pooled) + chosen @ self.mask, -1)
        per_stem = torch.einsum('bk,skr->bsr', p, self.bank)
        w = (per_stem * chosen[:, :, None]).sum(1).reshape(-1, ROWS, self.latent)
        return w.transpose(1, 2) @ responses(video_features)

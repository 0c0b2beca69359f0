"""python probe.py LATENTS.npz FLOW.pt [GUIDANCE] [STEPS]: quick look while training: is what is asked for what is made?
Nearest class mean of training latents, for every kind of both stems; and foley level where events are asked for."""
import sys

import numpy as np
import torch
from conditions import tokens
from flowModel import FlowTransformer, TextEncoder
from makeData import KINDS
from prompts import AMBIENCE, FOLEY
from tokenizer import build


@torch.no_grad()
def sample(text, flow, tok, prompts, stem, features, frames, guidance, steps, seed=0):
    torch.manual_seed(seed)
    pairs = [tokens(tok, p) for p in prompts]
    e = text(torch.tensor([a for a, _ in pairs]), torch.tensor([b for _, b in pairs]))
    n = len(prompts)
    x = torch.randn(n, 32, frames)
    ctx, kind = torch.zeros(n, 33, frames), torch.full((n,), stem)
    sig = torch.linspace(1, 0, steps + 1)
    for i in range(steps):
        t = torch.full((n,), float(sig[i]) * 1000)
        v = flow(x, t, t, torch.ones(n), e, features, ctx, kind)
        if guidance != 1:
            u = flow(x, t, t, torch.ones(n), torch.zeros_like(e), features, ctx, kind)
            v = u + guidance * (v - u)
        x = x + (sig[i + 1] - sig[i]) * v
    return x


def main(path, ckpt, guidance=2.0, steps=8):
    torch.set_num_threads(1)
    with np.load(path) as z:
        d = {k: z[k] for k in z.files}
    state = torch.load(ckpt, weights_only=False)
    tok, _ = build()
    text, flow = TextEncoder(tok.get_vocab_size()), FlowTransformer()
    text.load_state_dict(state['text'])
    flow.load_state_dict(state['flow'])
    zn = (d['z'].astype(np.float32) - d['mean'][:, None]) / d['std'][:, None]
    for stem, table in ((0, AMBIENCE), (1, FOLEY)):
        kinds = [k for k in table if ((d['kinds'][:, 0] == KINDS.index(k)) & (d['kinds'][:, 1] < 0)).sum() > 3]
        means, frames = [], 32
        feats = torch.zeros(len(kinds), 8, frames)
        if stem:
            feats[:, 4, 8] = feats[:, 4, 20] = 1
        for k in kinds:
            rows = np.flatnonzero((d['kinds'][:, 0] == KINDS.index(k)) & (d['kinds'][:, 1] < 0))
            if stem == 0:
                means.append(zn[rows].mean((0, 2)))
            else:  # the frames just behind each event
                cut = [zn[r, :, int(t * 25) : int(t * 25) + 3].mean(1) for r in rows for t, _ in d['events'][r] if 0 <= t < 6]
                means.append(np.mean(cut, 0) if cut else zn[rows].mean((0, 2)))
        means = np.array(means)
        x = sample(text, flow, tok, [table[k][0] for k in kinds], stem, feats, frames, guidance, steps).numpy()
        got = x.mean(2) if stem == 0 else (x[:, :, 8:11].mean(2) + x[:, :, 20:23].mean(2)) / 2
        dist = ((got[:, None] - means[None]) ** 2).sum(2)
        rank = (dist < np.diag(dist)[:, None]).sum(1)
        print('foley' if stem else 'ambience', f'first {np.mean(rank == 0):.2f}, in three {np.mean(rank < 3):.2f} of {len(kinds)}; steps {state["steps"]}',
              'wrong:', [f'{k}->{kinds[int(i)]}' for k, i, r in zip(kinds, dist.argmin(1), rank) if r][:14])


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], *(float(a) for a in sys.argv[3:4]), *(int(a) for a in sys.argv[4:5]))

"""python trainMusic.py OUT.pt MINUTES [RESUME.pt]: next-token training on pieces composed afresh by the rules."""
import math
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from composer import compose, vocabulary
from muon import Muon
from musicModel import MusicModel

LENGTH = 384


def main(out, minutes, resume=None):
    torch.set_num_threads(1)
    torch.manual_seed(2)
    rng = np.random.default_rng(3 if resume else 2)
    names = vocabulary()
    index = {w: i for i, w in enumerate(names)}
    model = MusicModel(len(names))
    if resume:
        model.load_state_dict(torch.load(resume)['model'])
    print('parameters', sum(p.numel() for p in model.parameters()), 'tokens', len(names))
    matrices = [p for n, p in model.named_parameters() if p.ndim == 2 and n.split('.')[0] in ('qkv', 'out', 'up', 'down')]
    chosen = {id(p) for p in matrices}
    rest = [p for p in model.parameters() if id(p) not in chosen]
    muon, adam = Muon(matrices), torch.optim.AdamW(rest, 2e-3, betas=(0.9, 0.98))
    position, began, step, mean = torch.arange(LENGTH, dtype=torch.float32), time.time(), 0, None
    pool = []
    while True:
        done = (time.time() - began) / (minutes * 60)
        if done >= 1:
            break
        rate = min(1, (step + 1) / 40) * (1 if done < 0.5 else max(0.02, (1 - done) * 2))
        rows = []
        while len(rows) < 6:
            piece = [index[w] for w in compose(rng)]
            # half the crops start at the beginning, the rest at a later bar behind the piece's head
            if len(piece) > LENGTH + 1 and rng.random() < 0.6:
                bars = [i for i, w in enumerate(piece) if w == 2]
                start = bars[rng.integers(len(bars))]
                piece = piece[:3] + piece[start:]
            piece = piece[: LENGTH + 1]
            rows.append(piece + [0] * (LENGTH + 1 - len(piece)))
        x = torch.tensor(rows)
        with torch.autocast('cpu', torch.bfloat16):
            logits, _ = model(x[:, :-1], position, model.empty(6))
        weight = torch.cat([torch.ones(6, 1), (x[:, 1:-1] != 0).float()], 1)
        loss = (F.cross_entropy(logits.float().transpose(1, 2), x[:, 1:], reduction='none') * weight).sum() / weight.sum()
        model.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        for g in adam.param_groups:
            g['lr'] = 2e-3 * rate
        adam.step()
        muon.step(1e-2 * rate)
        mean = loss.item() if mean is None else 0.97 * mean + 0.03 * loss.item()
        step += 1
        if step % 50 == 0:
            print(step, f'{time.time() - began:.0f} s', f'loss {mean:.4f}', flush=True)
            torch.save({'model': model.state_dict(), 'steps': step}, out)
    torch.save({'model': model.state_dict(), 'steps': step}, out)


if __name__ == '__main__':
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)

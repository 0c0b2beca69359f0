"""python trainAutoencoder.py DATA OUT.pt MINUTES [RESUME.pt]"""
import math
import sys
import time

import numpy as np
import torch
from autoencoder import Decoder, Encoder, loss
from data import Shards


def main(folder, out, minutes, resume=None):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    shards = Shards(folder)
    while shards.refresh() < 200:
        time.sleep(5)
    enc, dec = Encoder(), Decoder()
    if resume:
        state = torch.load(resume)
        enc.load_state_dict(state['encoder'])
        dec.load_state_dict(state['decoder'])
    params = list(enc.parameters()) + list(dec.parameters())
    print('parameters', sum(p.numel() for p in enc.parameters()), sum(p.numel() for p in dec.parameters()))
    opt = torch.optim.AdamW(params, 2e-3, betas=(0.9, 0.99), weight_decay=0.01)
    began, step, mean = time.time(), 0, None
    while True:
        done = (time.time() - began) / (minutes * 60)
        if done >= 1:
            break
        if step % 100 == 0:
            shards.refresh()
        for g in opt.param_groups:
            g['lr'] = 2e-3 * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * done)) + 1e-5
        bands, tone = (torch.from_numpy(x) for x in shards.crops(16, 32, rng))
        with torch.autocast('cpu', torch.bfloat16):
            z = enc(bands).float()
            # noise on the latents makes neighbouring latents decode alike: what a generator can hit
            power, logit = dec(z + 0.12 * torch.randn_like(z))
        a, b, c = loss(power.float(), logit.float(), bands, tone)
        bound = (z.abs() - 2.5).clamp(min=0).square().mean() + 0.002 * z.square().mean()
        total = a + 1.0 * b + 0.7 * c + bound
        opt.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(params, 1.0)
        opt.step()
        now = np.array([a.item(), b.item(), c.item(), z.std().item()])
        mean = now if mean is None else 0.98 * mean + 0.02 * now
        step += 1
        if step % 100 == 0:
            print(step, f'{time.time() - began:.0f} s', 'spectral %.3f step %.4f tone %.4f z %.2f' % tuple(mean), flush=True)
            torch.save({'encoder': enc.state_dict(), 'decoder': dec.state_dict(), 'steps': step}, out)
    torch.save({'encoder': enc.state_dict(), 'decoder': dec.state_dict(), 'steps': step}, out)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)

"""python trainFlow.py LATENTS.npz OUT.pt MINUTES [RESUME.pt [PRIOR.pt [RATE]]]: flow matching on audio latents, text encoder
trained jointly. RATE scales the learning rates: less than 1 to go on from weights that are good already."""
import copy
import math
import sys
import time

import numpy as np
import torch
from conditions import draw_context, draw_features, draw_text, tokens
from flowModel import FlowTransformer, TextEncoder
from muon import Muon
from tokenizer import build, word_vectors


def batch(d, count, frames, rng, tok):
    rows = rng.integers(0, len(d['z']), count)
    z, f, m, ids, att = [], [], [], [], []
    for i in rows:
        a = int(rng.integers(0, d['z'].shape[2] - frames + 1))
        z.append(d['z'][i, :, a : a + frames])
        f.append(draw_features(d['events'][i], d['motion'][i], d['stem'][i], a, frames, rng))
        m.append(draw_context(frames, rng))
        x, y = tokens(tok, draw_text(d['kinds'][i], d['stem'][i], rng))
        ids.append(x)
        att.append(y)
    z = (np.stack(z).astype(np.float32) - d['mean'][:, None]) / d['std'][:, None]
    t = lambda x: torch.from_numpy(np.asarray(x))
    return t(z), t(np.stack(f)), t(np.stack(m))[:, None], t(ids), t(att), t(d['stem'][rows].astype(np.int64))


def main(path, out, minutes, resume=None, prior=None, scale=1.0):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    with np.load(path) as z:
        d = {k: z[k] for k in z.files}
    tok, _ = build()
    text, flow = TextEncoder(tok.get_vocab_size(), vectors=word_vectors(128)), FlowTransformer()
    if resume:
        state = torch.load(resume, weights_only=False)
        if 'say.weight' in state['flow']:
            text.load_state_dict(state['text'])
        flow.load_state_dict(state['flow'], strict=False)
    if prior:
        state = torch.load(prior, weights_only=False)
        text.load_state_dict(state['text'])
        flow.prior.load_state_dict(state['prior'])
        for p in list(text.parameters()) + list(flow.prior.head.parameters()):
            p.requires_grad_(False)  # the words are learned by fitPrior.py
    both = torch.nn.ModuleDict({'text': text, 'flow': flow})
    ema = copy.deepcopy(both)
    print('parameters: text %d, flow %d; clips %d' % (sum(p.numel() for p in text.parameters()), sum(p.numel() for p in flow.parameters()), len(d['z'])))
    matrices = [p for n, p in both.named_parameters() if p.ndim == 2 and min(p.shape) >= 64 and 'blocks' in n or 'layers' in n and p.ndim == 2]
    chosen = {id(p) for p in matrices}
    matrices = [p for p in matrices if p.requires_grad]
    rest = [p for p in both.parameters() if id(p) not in chosen and p.requires_grad]
    muon, adam = Muon(matrices), torch.optim.AdamW(rest, 1e-3, betas=(0.9, 0.98), weight_decay=0.0)
    began, step, mean = time.time(), 0, None
    while True:
        done = (time.time() - began) / (minutes * 60)
        if done >= 1:
            break
        rate = float(scale) * min(1, (step + 1) / 60) * (1 if done < 0.55 else max(0.02, (1 - done) / 0.45))
        # short crops first: more clips a step, which is what the words need
        frames, count = (32, 40) if done < 0.25 else (64, 20) if done < 0.65 else (128, 10)
        x1, feats, known, ids, att, stem = batch(d, count, frames, rng, tok)
        sigma = torch.sigmoid(torch.randn(count))
        noise = torch.randn_like(x1)
        s = sigma[:, None, None]
        xt = (1 - s) * x1 + s * noise
        ctx = torch.cat([x1 * known, known], 1)
        with torch.autocast('cpu', torch.bfloat16):
            e = text(ids, att)
            v = flow(xt, sigma * 1000, sigma * 1000, torch.ones(count), e.float(), feats, ctx, stem)
        err = (v.float() - (noise - x1)).square() * (1 - 0.9 * known)
        loss = err.mean()
        both.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        for g in adam.param_groups:
            g['lr'] = 2.5e-3 * rate
        adam.step()
        muon.step(8e-3 * rate)
        step += 1
        k = min(0.998, step / (step + 20))
        with torch.no_grad():
            for a, b in zip(ema.parameters(), both.parameters()):
                a.lerp_(b, 1 - k)
        now = np.array([loss.item(), err[stem == 0].mean().item() if (stem == 0).any() else loss.item(), err[stem == 1].mean().item() if (stem == 1).any() else loss.item()])
        mean = now if mean is None else 0.98 * mean + 0.02 * now
        if step % 50 == 0:
            print(step, f'{time.time() - began:.0f} s', 'loss %.3f ambience %.3f foley %.3f' % tuple(mean), flush=True)
        if step % 100 == 0:
            torch.save({'text': ema['text'].state_dict(), 'flow': ema['flow'].state_dict(), 'mean': d['mean'], 'std': d['std'], 'steps': step}, out)
    torch.save({'text': ema['text'].state_dict(), 'flow': ema['flow'].state_dict(), 'mean': d['mean'], 'std': d['std'], 'steps': step}, out)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *sys.argv[4:7])

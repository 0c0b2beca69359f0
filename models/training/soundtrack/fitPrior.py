"""python fitPrior.py LATENTS.npz OUT.pt MINUTES [FLOW.pt KIND,KIND,...]: the text encoder learns which kinds a sentence asks
for; the bank of mean responses is then fitted by ridge regression. Given FLOW, its words and bank stay but for the KINDs'."""
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from conditions import AMBIENCE_KINDS, FOLEY_KINDS, draw_features, draw_text, tokens
from flowModel import LATENT, TEXT, TextEncoder, pool
from kindPrior import KIND_COUNT, ROWS, KindPrior, responses
from makeData import KINDS
from tokenizer import build, word_vectors


def learn_words(text, prior, tok, minutes):
    rng = np.random.default_rng(4)
    torch.set_num_threads(1)
    groups = [{'params': text.parameters(), 'lr': 7e-4}, {'params': prior.head.parameters(), 'lr': 4e-3}]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    began, step, mean = time.time(), 0, None
    while time.time() - began < minutes * 60:
        ids, att, target, stems = [], [], [], []
        for _ in range(48):
            stem = int(rng.integers(2))
            own = AMBIENCE_KINDS if stem == 0 else FOLEY_KINDS
            kinds = [KINDS.index(own[rng.integers(len(own))]) for _ in range(2 if rng.random() < 0.2 else 1)]
            sentence = draw_text(kinds, stem, rng)
            row = np.zeros(KIND_COUNT + 1, np.float32)
            for k in kinds if sentence else [KIND_COUNT]:
                row[k] += 1 / (len(kinds) if sentence else 1)
            a, b = tokens(tok, sentence)
            ids.append(a), att.append(b), target.append(row), stems.append(stem)
        e = text(torch.tensor(ids), torch.tensor(att))
        logits = prior.head(pool(e)) + prior.mask[torch.tensor(stems)]
        loss = -(torch.log_softmax(logits, -1).clamp(min=-30) * torch.tensor(np.array(target))).sum(-1).mean()
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(text.parameters(), 1.0)
        opt.step()
        right = (logits.argmax(-1) == torch.tensor(np.array(target)).argmax(-1)).float().mean().item()
        mean = np.array([loss.item(), right]) if mean is None else 0.95 * mean + 0.05 * np.array([loss.item(), right])
        step += 1
        if step % 50 == 0:
            print(step, f'{time.time() - began:.0f} s loss %.3f right %.3f' % tuple(mean), flush=True)


def fit_bank(prior, d):
    rng = np.random.default_rng(5)
    z = (d['z'].astype(np.float32) - d['mean'][:, None]) / d['std'][:, None]
    frames = z.shape[2]
    with torch.no_grad():
        for stem, names in ((0, AMBIENCE_KINDS), (1, FOLEY_KINDS)):
            sums = {}
            for i in np.flatnonzero(d['stem'] == stem):
                f = draw_features(d['events'][i], d['motion'][i], stem, 0, frames, rng)
                if stem == 1 and f[7].max() == 0 and f[4].max() == 0 and f[0].max() == 0:
                    continue  # nothing is shown: its rhythm is free
                x = responses(torch.from_numpy(f[None]))[0].numpy()
                if stem == 0:
                    x = np.zeros_like(x)
                    x[25] = 1
                single = d['kinds'][i, 1] < 0
                for k, w in ((d['kinds'][i, 0], 1.0 if single else 0.3), (d['kinds'][i, 1], 0.3), (KIND_COUNT, 1.0)):
                    if k >= 0:
                        a, b = sums.setdefault(int(k), [np.zeros((ROWS, ROWS)), np.zeros((ROWS, LATENT))])
                        a += w * x @ x.T
                        b += w * x @ z[i].T
            a, b = sums[KIND_COUNT]
            common = np.linalg.solve(a + 20 * np.eye(ROWS), b)
            bank = np.tile(common, (KIND_COUNT + 1, 1, 1))
            for k, (a, b) in sums.items():  # shrunk towards what all kinds share
                bank[k] = common + np.linalg.solve(a + 8 * np.eye(ROWS), b - a @ common)
            if stem == 0:
                bank[:, :26] = bank[:, 25:26]  # the same at any time since any event
                bank[:, 26:] = 0
            prior.bank[stem] = torch.from_numpy(bank.reshape(KIND_COUNT + 1, -1).astype(np.float32))


def main(path, out, minutes, flow=None, renewed=''):
    torch.manual_seed(3)
    with np.load(path) as f:
        d = {k: f[k] for k in f.files}
    tok, _ = build()
    text, prior = TextEncoder(tok.get_vocab_size(), vectors=word_vectors(TEXT)), KindPrior(TEXT, LATENT)
    fit_bank(prior, d)
    print('bank fitted', flush=True)
    if flow:
        state, fresh = torch.load(flow, weights_only=False), prior.bank.detach().clone()
        text.load_state_dict(state['text'])
        prior.load_state_dict({k.removeprefix('prior.'): v for k, v in state['flow'].items() if k.startswith('prior.')})
        rows = [KINDS.index(k) for k in renewed.split(',')]
        with torch.no_grad():
            prior.bank[:, rows] = fresh[:, rows]
    else:
        learn_words(text, prior, tok, minutes)
    torch.save({'text': text.state_dict(), 'prior': prior.state_dict()}, out)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *sys.argv[4:6])

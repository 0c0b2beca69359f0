"""python tuneDecoder.py PACK/soundtrack SOUNDS OUT.onnx [SECONDS [KIND,KIND,...]]: the shipped decoder goes on learning, read back from its
graph (encoder, and so every latent, stay as they are). All of it for SECONDS of processor time, then its last layer alone on all frames at
once: that costs five seconds and takes away what is wrong on average. Of beds that are among the KINDs (folders of SOUNDS) three times as many."""
import copy
import glob
import os
import sys
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from ambience import RECIPES
from autoencoder import Decoder, loss
from foley import FLOWS, HITS
from makeData import N, RECORDED_BEDS, RECORDED_HITS, Recordings, ambience_clip, foley_clip, load, loop
from primitives import rms
from spectra import analyse, stft

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'export'))
from quiet_onnxruntime import onnxruntime as ort  # noqa: E402

# matrices in the order of the graph's products; the exporter dropped their names
NAMES = ['inp', *[f'coarse.{i}.{p}' for i in range(3) for p in ('up', 'down')], 'unfold', *[f'fine.{i}.{p}' for i in range(3) for p in ('up', 'down')], 'out']


def read(path):
    """-> graph, weights by Decoder's names, initialisers by matrix."""
    model = onnx.load(path)
    stored = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == 'DequantizeLinear':
            axis, scale = next(a.i for a in node.attribute if a.name == 'axis'), stored[node.input[1]]
            stored[node.output[0]] = stored[node.input[0]].astype(np.float32) * (scale[None, :] if axis else scale[:, None])
    matrices = [node.input[1] for node in model.graph.node if node.op_type == 'MatMul' and node.input[1].startswith('val_')]
    places = dict(zip(NAMES, matrices, strict=True))
    state = {k.removeprefix('decoder.'): torch.from_numpy(v.copy()) for k, v in stored.items() if k.startswith('decoder.')}
    return model, state | {f'{k}.weight': torch.from_numpy(stored[m].T.copy()) for k, m in places.items()}, places


def write(model, state, places, path):
    model = copy.deepcopy(model)
    stored = {i.name: i for i in model.graph.initializer}
    put = lambda name, value: stored[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), name))
    for key, value in state.items():
        value = value.detach().numpy()
        if f'decoder.{key}' in stored:
            put(f'decoder.{key}', value)
            continue
        name, weight = places[key.removesuffix('.weight')], value.T
        if name in stored:
            put(name, weight)
            continue
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        put(f'{name}_q', np.clip(np.round(weight / scale[None]), -127, 127).astype(np.int8))
        put(f'{name}_s', scale.astype(np.float32))
    onnx.save(model, path)


def clips(encoder, folder, rng, more):
    """-> latents, ln band power, tonality, weight: recordings (no held-out ones) and two of each synthesised kind."""
    rows = []

    def add(y, weight=1.0):
        y = (np.tanh(y * 0.8) / 0.8).astype(np.float32)
        spectrum, (bands, tone) = stft(y), analyse(y)
        z = encoder.run(None, {'spectrum': np.stack([spectrum.real, spectrum.imag])[None].astype(np.float32)})[0][0]
        rows.append((z, bands, tone, weight))

    for name in [*RECORDED_BEDS.values(), *RECORDED_HITS.values()]:
        for file in [f for i, f in enumerate(sorted(glob.glob(f'{folder}/{name}/*'))) if i % 5 != 4][:14]:
            x = load(file)
            for _ in range(3 if name in more else 1):
                if name in RECORDED_BEDS.values():
                    y = loop(x, N, rng)
                    add(y * (0.063 * rng.uniform(0.6, 1.6) / rms(y)), 2.0 if name in more else 1.0)
                else:
                    y = np.pad(x, (0, max(0, N - len(x))))[:N]
                    add(y * (rng.uniform(0.25, 0.8) / (np.abs(y).max() + 1e-6)))
    for _ in range(2):
        for kind in RECIPES:
            add(ambience_clip([kind], rng, Recordings(None)))
        for kind in [*HITS, *FLOWS]:
            add(foley_clip([kind], rng, Recordings(None))[0])
    z, bands, tone, weight = zip(*rows)
    return np.stack(z).astype(np.float32), np.logaddexp(np.stack(bands), -18.42).astype(np.float32), np.stack(tone).astype(np.float32), np.array(weight)


def learn_all(net, data, seconds, rng, rate=1e-3):
    z, bands, tone, weight = data
    average, opt = copy.deepcopy(net), torch.optim.AdamW(net.parameters(), rate, betas=(0.9, 0.98), weight_decay=0)
    began, step = time.process_time(), 0
    while (done := (time.process_time() - began) / max(seconds, 1e-9)) < 1:
        for group in opt.param_groups:
            group['lr'] = rate * min(1, (step + 1) / 30) * (1 if done < 0.5 else max(0.03, (1 - done) / 0.5))
        at = [(i, a) for i, a in zip(rng.choice(len(z), 14, p=weight / weight.sum()), rng.integers(0, 129, 14))]
        crop = lambda rows, by: torch.from_numpy(np.stack([rows[i, :, by * a : by * (a + 32)] for i, a in at]))
        latents = crop(z, 1)
        power, logit = net(latents + 0.12 * torch.randn_like(latents))
        a, b, c = loss(power, logit, crop(bands, 5), crop(tone, 5))
        opt.zero_grad()
        (a + b + 0.7 * c).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        step += 1
        with torch.no_grad():
            for x, y in zip(average.parameters(), net.parameters()):
                x.lerp_(y, 1 - min(0.99, step / (step + 20)))
        if step % 50 == 0:
            print(step, 'spectral %.3f step %.3f tone %.4f' % (a.item(), b.item(), c.item()), flush=True)
    return average


def learn_last(net, data, rounds=160):
    z, bands, tone, weight = data
    with torch.no_grad():
        inner = []
        for i in range(0, len(z), 8):
            x = torch.from_numpy(z[i : i + 8])
            y = net.coarse(net.inp((x + 0.12 * torch.randn_like(x)).transpose(1, 2)))
            inner.append(net.norm(net.fine(net.unfold(y).reshape(len(x), -1, net.thin))))
        inner = torch.cat(inner)
    frames = lambda rows: torch.from_numpy(rows.transpose(0, 2, 1).reshape(-1, rows.shape[1]))
    bands, tone, weight = frames(bands), frames(tone), torch.from_numpy(np.repeat(weight, inner.shape[1]).astype(np.float32))
    inner = inner.reshape(-1, net.thin)
    opt = torch.optim.Adam(net.out.parameters(), 4e-3)
    for k in range(rounds):
        opt.param_groups[0]['lr'] = 4e-3 * (1 - k / rounds) + 1e-5
        pick = torch.randint(0, len(inner), (3000,))
        out, target = net.out(inner[pick]), bands[pick]
        d, audible = target - (out[:, :160] * 5 - 11), torch.sigmoid((target + 15) * 0.7)
        spectral = torch.where(d < 2, torch.exp(d.clamp(max=2)) - d - 1, 4.389 + 6.389 * (d - 2)) * (0.15 + 0.85 * audible)
        tonal = F.binary_cross_entropy_with_logits(out[:, 160:], tone[pick], reduction='none') * audible
        opt.zero_grad()
        ((spectral.mean(1) + 0.7 * tonal.mean(1)) * weight[pick]).mean().backward()
        opt.step()
    print('last layer: spectral %.3f tone %.4f' % (spectral.mean().item(), tonal.mean().item()))


def main(pack, sounds, out, seconds='0', more=''):
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng, options = np.random.default_rng(411), ort.SessionOptions()
    options.intra_op_num_threads = 1
    model, state, places = read(f'{pack}/decoder.onnx')
    net = Decoder()
    net.load_state_dict(state)
    data = clips(ort.InferenceSession(f'{pack}/encoder.onnx', options, providers=['CPUExecutionProvider']), sounds, rng, more.split(','))
    print(len(data[0]), 'clips', flush=True)
    net = learn_all(net, data, float(seconds), rng)
    learn_last(net, data)
    write(model, net.state_dict(), places, out)


if __name__ == '__main__':
    main(*sys.argv[1:6])

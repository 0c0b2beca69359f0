"""Exports the soundtrack graphs and their entry of the manifest.

python export_soundtrack.py AE.pt FLOW.pt MUSIC.pt|- OUT [--int8] [--only=transformer,...]   (--int8: the transformer in float16, the rest in int8)
OUT gets *.onnx, tokenizer.json, vocabulary.txt and family.json (the soundtrack entry of models/families/pack.ts).
Each graph is run by onnxruntime and compared with torch; a relative RMS difference above 2e-3 (6e-2 after int8) stops the export.
"""
import json
import os
import sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', 'training', 'soundtrack'))
from autoencoder import LATENT, Decoder, DecoderGraph, Encoder, EncoderGraph  # noqa: E402
from flowModel import FEATURES, TEXT, TOKENS, FlowTransformer, TextEncoder  # noqa: E402
from musicModel import MusicModel  # noqa: E402
from tokenizer import build  # noqa: E402

from quiet_onnxruntime import onnxruntime as ort  # noqa: E402


def export(model, args, names, outputs, dynamic, path):
    model.eval()
    program = torch.onnx.export(model, args, dynamo=True, opset_version=18, input_names=names, output_names=outputs, dynamic_shapes=dynamic, verbose=False)
    program.save(path, include_initializers=True, external_data=False)


def save_with(model, initialisers, first_nodes, path):
    """The graph with other stored weights, and in front of it the nodes that make the old ones of them."""
    body = list(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(initialisers)
    model.graph.node.extend(first_nodes + body)
    onnx.save(model, path)


def quantise(path, keep=('mod.', 'time.', 'span.', 'final.'), smallest=96):
    """Weight-only int8 with one scale per output row: initialiser -> DequantizeLinear. Narrow (first and last) layers,
    1-D weights and what the timestep passes through stay float."""
    model = onnx.load(path)
    users = {}
    for node in model.graph.node:
        for slot, name in enumerate(node.input):
            users.setdefault(name, []).append((node.op_type, slot))
    nodes, kept = [], []
    for init in model.graph.initializer:
        w = numpy_helper.to_array(init)
        ops = users.get(init.name, [])
        if any(part in init.name for part in keep) or w.dtype != np.float32 or w.ndim != 2 or min(w.shape) < smallest or not all(op in ('MatMul', 'Gemm', 'Gather') for op, _ in ops):
            kept.append(init)
            continue
        # MatMul weights lie [in, out]; Gemm weights with transB and tables lie [out, in]
        axis = 1 if ops[0][0] == 'MatMul' else 0
        if ops[0][0] == 'Gemm':
            gemm = next(n for n in model.graph.node if n.op_type == 'Gemm' and init.name in n.input)
            axis = 0 if any(a.name == 'transB' and a.i for a in gemm.attribute) else 1
        scale = np.maximum(np.abs(w).max(axis=1 - axis), 1e-8) / 127
        q = np.clip(np.round(w / (scale[None, :] if axis else scale[:, None])), -127, 127).astype(np.int8)
        kept += [numpy_helper.from_array(q, init.name + '_q'), numpy_helper.from_array(scale.astype(np.float32), init.name + '_s')]
        kept.append(helper.make_tensor(init.name + '_z', TensorProto.INT8, scale.shape, np.zeros_like(scale, np.int8)))
        nodes.append(helper.make_node('DequantizeLinear', [init.name + '_q', init.name + '_s', init.name + '_z'], [init.name], axis=axis))
    save_with(model, kept, nodes, path)


def halve(path, smallest=96):
    """Weight-only float16: twice int8's bytes, a tenth of its error."""
    model = onnx.load(path)
    kept, casts = [], []
    for init in model.graph.initializer:
        w = numpy_helper.to_array(init)
        if w.dtype != np.float32 or w.ndim != 2 or min(w.shape) < smallest:
            kept.append(init)
            continue
        kept.append(numpy_helper.from_array(w.astype(np.float16), init.name + '_h'))
        casts.append(helper.make_node('Cast', [init.name + '_h'], [init.name], to=TensorProto.FLOAT))
    save_with(model, kept, casts, path)


def compare(path, model, feeds, limit=2e-3):
    session = ort.InferenceSession(path, providers=['CPUExecutionProvider'])
    got = session.run(None, {k: v.numpy() for k, v in feeds.items()})
    with torch.no_grad():
        want = model(*feeds.values())
    want = [w.numpy() for w in (want if isinstance(want, tuple) else (want,))]
    worst = max(float(np.sqrt(np.mean((a - b) ** 2) / (np.mean(b**2) + 1e-12))) for a, b in zip(got, want))
    print(f'{os.path.basename(path):22s} {os.path.getsize(path) / 1e6:6.2f} MB, RMS difference to torch {worst:.1e}')
    if worst > limit:
        raise SystemExit(f'{path} differs from torch by {worst}')


def main(ae, flow, music, out, int8, only=()):
    os.makedirs(out, exist_ok=True)
    tok, known = build()
    state, flow_state = torch.load(ae, weights_only=False), torch.load(flow, weights_only=False)
    encoder, decoder = Encoder(), Decoder()
    encoder.load_state_dict(state['encoder'])
    decoder.load_state_dict(state['decoder'])
    text, transformer = TextEncoder(tok.get_vocab_size()), FlowTransformer()
    text.load_state_dict(flow_state['text'])
    transformer.load_state_dict(flow_state['flow'])
    n, latents = torch.export.Dim('latents', min=2, max=4096), 40
    frames = 5 * n
    g = torch.Generator().manual_seed(0)
    rand = lambda *s: torch.randn(*s, generator=g)
    ids = torch.randint(2, 100, (1, TOKENS), generator=g)
    mask = (torch.arange(TOKENS) < 7).long()[None]
    jobs = [
        ('text_encoder', text, {'input_ids': ids, 'attention_mask': mask}, ['encoder_hidden_states'], None),
        ('transformer', transformer, {
            'hidden_states': rand(1, LATENT, latents), 'timestep': torch.tensor([700.0]), 'timestep_r': torch.tensor([700.0]), 'guidance': torch.ones(1),
            'encoder_hidden_states': rand(1, TOKENS, TEXT), 'video_features': rand(1, FEATURES, latents).abs(),
            'context_hidden_states': rand(1, LATENT + 1, latents), 'stem': torch.tensor([1])}, ['velocity'],
         ({2: n}, None, None, None, None, {2: n}, {2: n}, None)),
        ('encoder', EncoderGraph(encoder), {'spectrum': rand(1, 2, 513, 5 * latents)}, ['latent'], ({3: frames},)),
        ('decoder', DecoderGraph(decoder), {'latent': rand(1, LATENT, latents)}, ['log_magnitude', 'tonality'], ({2: n},)),
    ]
    if music != '-':
        model = MusicModel(243)
        model.load_state_dict(torch.load(music, weights_only=False)['model'])
        feeds = {'token': torch.randint(3, 200, (1, 6), generator=g), 'position': torch.arange(6, dtype=torch.float32), 'past': rand(4, 2, 1, 5, 3, 32)}
        t, p = torch.export.Dim('t', min=1, max=512), torch.export.Dim('p', min=0, max=512)
        jobs.append(('music', model, feeds, ['logits', 'present'], ({1: t}, {0: t}, {4: p})))
    for name, model, feeds, outputs, dynamic in jobs:
        if only and name not in only:
            continue
        path = f'{out}/{name}.onnx'
        export(model, tuple(feeds.values()), list(feeds), outputs, dynamic, path)
        compare(path, model.eval(), feeds)
        if int8 and name == 'transformer':
            halve(path)
            compare(path, model, feeds, limit=0.01)
        elif int8:
            quantise(path)
            compare(path, model, feeds, limit=0.06)
    tok.save(f'{out}/tokenizer.json')
    open(f'{out}/vocabulary.txt', 'w').write('\n'.join(known) + '\n')
    base = 'soundtrack'
    family = {
        'family': 'soundtrack',
        'graphs': {'textEncoder': f'{base}/text_encoder.onnx', 'transformer': f'{base}/transformer.onnx', 'decoder': f'{base}/decoder.onnx',
                   'encoder': f'{base}/encoder.onnx', **({'music': f'{base}/music.onnx'} if music != '-' else {})},
        'tokenizer': f'{base}/tokenizer.json', 'vocabulary': f'{base}/vocabulary.txt', 'maxTextTokens': TOKENS,
        'sampleRateHz': 48000, 'latentRateHz': 25, 'latentChannels': LATENT, 'videoFeatureChannels': FEATURES, 'maxLatentFrames': 128,
        'latentMean': [round(float(x), 5) for x in flow_state['mean']], 'latentStd': [round(float(x), 5) for x in flow_state['std']],
        'stft': {'fftSize': 1024, 'hopSize': 384},
        'scheduler': {'kind': 'flow-euler', 'shift': 2.0, 'defaultSteps': 6, 'defaultGuidance': 1.5},
    }
    json.dump(family, open(f'{out}/family.json', 'w'), indent=1)
    print('total %.2f MB' % (sum(os.path.getsize(f'{out}/{f}') for f in os.listdir(out) if f.endswith('.onnx')) / 1e6))


if __name__ == '__main__':
    main(*sys.argv[1:5], '--int8' in sys.argv, [x for a in sys.argv if a.startswith('--only=') for x in a[7:].split(',')])

"""Puts newer weights of the flow model into an exported transformer.onnx without exporting again:
python refresh_soundtrack.py OLD_FLOW.pt NEW_FLOW.pt transformer.onnx
Each initialiser is recognised by its values in the old checkpoint (as stored, or transposed); one that is not stops it."""
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper


def main(old_path, new_path, graph_path):
    old, new = (torch.load(p, weights_only=False)['flow'] for p in (old_path, new_path))
    model = onnx.load(graph_path)
    inits = {i.name: i for i in model.graph.initializer}
    arrays = {n: numpy_helper.to_array(i) for n, i in inits.items()}
    pool = [(k, v.numpy(), False) for k, v in old.items()] + [(k, v.numpy().T, True) for k, v in old.items() if v.ndim == 2]
    used, changed = set(), 0

    def find(w):
        best = (1e9, None)
        for k, v, flip in pool:
            if v.size == w.size and (v.shape == w.shape or w.ndim != v.ndim or 1 in w.shape):
                d = float(np.abs(v.reshape(-1) - w.reshape(-1)).mean() / (np.abs(w).mean() + 1e-9))
                if d < best[0]:
                    best = (d, (k, flip))
        return best

    for name, w in list(arrays.items()):
        if name.endswith(('_s', '_z')) and name[:-2] + '_q' in arrays or w.dtype not in (np.float32, np.int8):
            continue
        base = name[:-2] if name.endswith('_q') else None
        if base:
            scale = arrays[base + '_s']
            axis = next(a.i for n in model.graph.node if n.op_type == 'DequantizeLinear' and n.input[0] == name for a in n.attribute if a.name == 'axis')
            w = w.astype(np.float32) * (scale[None, :] if axis else scale[:, None])
        if w.size < 32:
            continue
        error, hit = find(w)
        if hit is None or error > (0.05 if base else 1e-3):
            # also if the exporter has folded two weights into one: then export again
            if base or name != 'bands':
                raise SystemExit(f'{name} {w.shape} is none of the old weights ({error:.3f})')
            print('left as it is:', name, w.shape, f'{error:.3f}')
            continue
        fresh = new[hit[0]].numpy()
        fresh = (fresh.T if hit[1] else fresh).reshape(w.shape).astype(np.float32)
        used.add(hit[0])
        changed += 1
        if base:
            # from int8 to float16: twice the bytes, a tenth of the error
            node = next(n for n in model.graph.node if n.op_type == 'DequantizeLinear' and n.input[0] == name)
            inits[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(fresh).astype(np.float16), base + '_h'))
            for suffix in ('_s', '_z'):
                model.graph.initializer.remove(inits[base + suffix])
            node.CopyFrom(onnx.helper.make_node('Cast', [base + '_h'], [base], to=onnx.TensorProto.FLOAT))
        else:
            inits[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(fresh), name))
    missed = [k for k, v in new.items() if k not in used and not torch.equal(v, old[k])]
    # two biases that are added to each other learn the same values: either stands for both
    missed = [k for k in missed if not any(old[u].shape == old[k].shape and torch.equal(old[u], old[k]) and torch.allclose(new[u], new[k]) for u in used)]
    print(changed, 'initialisers replaced; trained weights not found in the graph:', missed)
    if missed:
        raise SystemExit(1)
    onnx.save(model, graph_path)


if __name__ == '__main__':
    main(*sys.argv[1:4])

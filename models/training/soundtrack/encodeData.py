"""python encodeData.py DATA AE.pt OUT.npz: latents of every clip by the frozen autoencoder, with their events."""
import sys

import numpy as np
import torch
from autoencoder import Encoder
from data import Shards


def main(folder, ae, out):
    torch.set_num_threads(1)
    shards = Shards(folder)
    print(shards.refresh(), 'clips')
    enc = Encoder()
    enc.load_state_dict(torch.load(ae)['encoder'])
    enc.eval()
    latents = []
    with torch.no_grad():
        for part in shards.parts['bands']:
            for i in range(0, len(part), 20):
                b = np.logaddexp(part[i : i + 20].astype(np.float32), np.float32(-18.42))
                latents.append(enc(torch.from_numpy(b)).half().numpy())
    z = np.concatenate(latents)
    flat = z.astype(np.float32).transpose(1, 0, 2).reshape(z.shape[1], -1)
    rest = {k: np.concatenate(v) for k, v in shards.parts.items() if k not in ('bands', 'tone')}
    np.savez(out, z=z, mean=flat.mean(1), std=flat.std(1), **rest)
    print('std', flat.std(1).round(2))


if __name__ == '__main__':
    main(*sys.argv[1:4])

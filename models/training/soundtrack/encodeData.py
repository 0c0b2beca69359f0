"""python encodeData.py DATA AE.pt OUT.npz [BASE.npz KIND,KIND,...]: latents of every clip by the frozen autoencoder, with
their events. Given BASE, they join its clips, of which those of the KINDs alone go; what a latent means (mean, std) stays BASE's."""
import sys

import numpy as np
import torch
from autoencoder import Encoder
from data import Shards
from makeData import KINDS


def main(folder, ae, out, base=None, renewed=''):
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
    mean, std = flat.mean(1), flat.std(1)
    if base:
        with np.load(base) as f:
            old = {k: f[k] for k in f.files}
        single = old['kinds'][:, 1] < 0
        stays = ~(single & np.isin(old['kinds'][:, 0], [KINDS.index(k) for k in renewed.split(',')]))
        mean, std, z = old['mean'], old['std'], np.concatenate([old['z'][stays], z])
        rest = {k: np.concatenate([old[k][stays], v]) for k, v in rest.items()}
        print(f'{stays.sum()} of {len(stays)} clips of {base} stay')
    np.savez(out, z=z, mean=mean, std=std, **rest)
    print('std', flat.std(1).round(2))


if __name__ == '__main__':
    main(*sys.argv[1:6])

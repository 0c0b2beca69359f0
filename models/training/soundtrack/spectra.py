"""The spectrum the graphs work on, and its bands. families/soundtrack/spectrum.ts does the same in TypeScript.

STFT: 1024 samples, periodic Hann, hop 384 (5 frames a latent frame of 1920 samples = 25 Hz); frame k is centred on
sample (k + 0.5) * 384. Power is divided by the window's energy (384), so white noise of variance v has power v.
"""
import numpy as np

FFT, HOP, BINS, BANDS, PER_LATENT = 1024, 384, 513, 160, 5
WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FFT) / FFT)).astype(np.float32)
FLOOR = 1e-9


def band_matrices():
    """(to bands [BANDS, BINS], rows sum to 1; back to bins [BINS, BANDS], rows sum to 1)."""
    centres = np.concatenate([np.arange(64), 64 * (512 / 64) ** (np.arange(1, 97) / 96)])
    bins = np.arange(BINS)
    back = np.zeros((BINS, BANDS), np.float32)
    for k in bins:
        j = min(int(np.searchsorted(centres, k, 'right')) - 1, BANDS - 2)
        f = min(1.0, (k - centres[j]) / (centres[j + 1] - centres[j]))
        back[k, j], back[k, j + 1] = 1 - f, f
    to = back.T.copy()
    for j in range(BANDS):
        if to[j].sum() < 0.5:  # a band narrower than a bin: read between the two nearest
            k = int(np.floor(centres[j]))
            f = centres[j] - k
            to[j] = 0
            to[j, k], to[j, min(k + 1, BINS - 1)] = 1 - f, f if k < BINS - 1 else 0
    to /= to.sum(1, keepdims=True)
    return to.astype(np.float32), back


TO_BANDS, TO_BINS = band_matrices()


def stft(x):
    """mono [n] with n a multiple of HOP -> complex64 [BINS, n/HOP]."""
    frames = len(x) // HOP
    padded = np.concatenate([np.zeros(320, np.float32), x.astype(np.float32), np.zeros(1024, np.float32)])
    index = np.arange(FFT)[None, :] + HOP * np.arange(frames)[:, None]
    return np.fft.rfft(padded[index] * WINDOW, axis=1).astype(np.complex64).T / np.sqrt(384.0)


def tonality(spec):
    """How far each bin is a steady or gliding tone, 0..1: agreement of the second difference of phase nearby."""
    z = np.zeros_like(spec)
    z[:, 1:-1] = spec[:, 2:] * spec[:, :-2] * np.conj(spec[:, 1:-1]) ** 2
    z[:, 0], z[:, -1] = z[:, 1], z[:, -2]
    mag = np.abs(z) ** 0.25
    z = z / (np.abs(z) + 1e-30) * mag
    def blur(a):
        a = np.pad(a, ((2, 2), (1, 1)))
        a = 0.5 * a[:-4] + a[1:-3] + 1.5 * a[2:-2] + a[3:-1] + 0.5 * a[4:]
        return a[:, :-2] + a[:, 1:-1] + a[:, 2:]
    c = np.abs(blur(z)) / (blur(mag) + 1e-9)
    x = np.clip((c - 0.62) / 0.3, 0, 1)
    return (x * x * (3 - 2 * x)).astype(np.float32)


def analyse(x):
    """mono -> (ln band power [BANDS, K] float32, tonality by band [BANDS, K] 0..1)."""
    spec = stft(x)
    power = np.abs(spec) ** 2
    bands = TO_BANDS @ power
    tone = (TO_BANDS @ (tonality(spec) * power)) / (bands + 1e-12)
    return np.log(bands + FLOOR), np.clip(tone, 0, 1)

"""Building blocks of the synthesised training sounds. All signals are mono float32 at 48 kHz, about -1..1."""
import numpy as np

SR = 48000


def slow(n, rate_hz, rng, lo=0.0, hi=1.0):
    """A smooth random curve of n samples with about rate_hz turns a second, in lo..hi."""
    k = max(4, int(np.ceil(n / SR * rate_hz)) + 3)
    points = rng.uniform(lo, hi, k)
    x = np.linspace(0, k - 1.001, max(8, n // 64))
    i = x.astype(int)
    f = 0.5 - 0.5 * np.cos(np.pi * (x - i))
    coarse = points[i] * (1 - f) + points[np.minimum(i + 1, k - 1)] * f
    return np.interp(np.arange(n), np.linspace(0, n - 1, len(coarse)), coarse).astype(np.float32)


def shaped(n, rng, freqs, gains_db):
    """White noise with the spectrum drawn through (freqs in Hz, gains in dB), RMS 1."""
    n = int(n)
    m = 1 << max(8, (n - 1).bit_length())
    spectrum = np.fft.rfft(rng.standard_normal(m).astype(np.float32))
    f = np.fft.rfftfreq(m, 1 / SR)
    gain = np.interp(np.log(np.maximum(f, 1)), np.log(np.asarray(freqs, float)), gains_db)
    y = np.fft.irfft(spectrum * 10 ** (gain / 20), m)[:n]
    return (y / (np.sqrt(np.mean(y**2)) + 1e-9)).astype(np.float32)


def band(n, rng, centre, octaves=1.0, slope_db=24):
    """Noise around one centre frequency, RMS 1."""
    lo, hi = centre / 2 ** (octaves / 2), min(23000, centre * 2 ** (octaves / 2))
    return shaped(n, rng, [max(5, lo / 4), lo, hi, min(24000, hi * 4)], [-2 * slope_db, 0, 0, -2 * slope_db])


def decay(n, attack_s, decay_s):
    """Attack, then exponential fall to -60 dB after decay_s."""
    t = np.arange(n, dtype=np.float32) / SR
    return np.minimum(1, t / max(attack_s, 1e-5)) * np.exp(-6.9 * np.maximum(0, t - attack_s) / decay_s)


def hump(n, rise=0.4):
    """A bump 0..1..0 over n samples, its top at the fraction `rise`."""
    x = np.linspace(0, 1, n, dtype=np.float32)
    x = np.where(x < rise, 0.5 * x / rise, 0.5 + 0.5 * (x - rise) / (1 - rise))
    return np.sin(np.pi * x).astype(np.float32) ** 2


def modal(rng, freqs, decays_s, amps, seconds):
    """A struck body: decaying partials."""
    n = int(seconds * SR)
    t = np.arange(n, dtype=np.float32) / SR
    y = np.zeros(n, np.float32)
    for f, d, a in zip(freqs, decays_s, amps):
        if f < 22000:
            y += a * np.exp(-6.9 * t / d) * np.sin(2 * np.pi * f * t + rng.uniform(0, 6.28))
    y[:48] *= np.linspace(0, 1, 48)
    return y


def glide(freq, amp, rng):
    """A tone along a frequency curve (Hz) and an amplitude curve."""
    return (amp * np.sin(2 * np.pi * np.cumsum(freq) / SR + rng.uniform(0, 6.28))).astype(np.float32)


def harmonics(freq, levels, rng):
    """A harmonic tone: levels[k] for partial k+1, silent above 20 kHz."""
    phase = 2 * np.pi * np.cumsum(freq) / SR
    top = float(np.max(freq))
    y = np.zeros(len(freq), np.float32)
    for k, level in enumerate(levels):
        if top * (k + 1) < 20000:
            y += (level * np.sin((k + 1) * phase + rng.uniform(0, 6.28))).astype(np.float32)
    return y


def sprinkle(n, rng, per_second, grain, density=None):
    """Poisson grains: grain(rng) -> short signal; density is an optional 0..1 curve."""
    y = np.zeros(n + SR, np.float32)
    for start in np.sort(rng.integers(0, n, rng.poisson(per_second * n / SR))):
        if density is not None and rng.random() > density[start]:
            continue
        g = grain(rng)
        y[start : start + len(g)] += g[: SR]
    return y[:n]


def place(n, starts, make):
    """Puts make(i) at each start sample."""
    y = np.zeros(n + 6 * SR, np.float32)
    for i, start in enumerate(starts):
        g = make(i)
        y[start : start + len(g)] += g[: 6 * SR]
    return y[:n]


def rms(x):
    return float(np.sqrt(np.mean(np.square(x)) + 1e-12))

"""Noises of what moves. HITS: kind -> recipe(rng) giving event(strength, rng) -> short signal whose onset is sample 0.
FLOWS: kind -> recipe(n, energy, rng), energy a 0..1 curve of n samples (motion drives level and pitch)."""
import numpy as np
from primitives import SR, band, decay, glide, harmonics, hump, modal, shaped, slow, sprinkle


def step(ground):
    tone = {  # thump centre Hz, thump level, scrape centre, scrape level, scrape seconds, grain
        'wood': (150, 1.0, 900, 0.35, 0.05, 0), 'stone': (190, 0.5, 2600, 0.6, 0.045, 0),
        'gravel': (110, 0.3, 3800, 0.8, 0.16, 45), 'snow': (120, 0.25, 1900, 0.8, 0.2, 90),
        'grass': (100, 0.35, 4800, 0.5, 0.18, 30), 'sand': (90, 0.4, 2400, 0.6, 0.17, 0),
    }[ground]

    def recipe(rng):
        shift = rng.uniform(0.85, 1.18)

        def event(s, r):
            n = int(0.34 * SR)
            v = shift * r.uniform(0.93, 1.07)
            y = tone[1] * modal(r, [tone[0] * v, tone[0] * 1.9 * v, tone[0] * 3.4 * v], [0.12, 0.08, 0.05], [1, 0.5, 0.25], 0.34)
            scrape = band(n, r, tone[2] * v, 1.6) * decay(n, 0.002, tone[4] * 2)
            if tone[5]:
                scrape *= 0.3 + 1.6 * np.repeat(r.random(n // 240 + 1) ** 3, 240)[:n]
            y += tone[3] * scrape
            click = decay(n, 0.0003, 0.008) * r.standard_normal(n).astype(np.float32)
            return s * (y + 0.35 * click)
        return event
    return recipe


def struck(base, ratios, length, damp, noise_hz, noise):
    """Struck bodies: (base range), partial ratios, ring seconds range, loss of high partials, noise burst."""
    def recipe(rng):
        f, ring = rng.uniform(*base), rng.uniform(*length)
        amps = rng.uniform(0.4, 1, len(ratios)) / np.arange(1, len(ratios) + 1) ** 0.6

        def event(s, r):
            seconds = min(4.5, ring * 1.05)
            y = modal(r, [f * q * r.uniform(0.997, 1.003) for q in ratios], [ring / (1 + damp * i) for i in range(len(ratios))], amps, seconds)
            m = min(len(y), int(0.12 * SR))
            y[:m] += noise * band(m, r, noise_hz, 2.0) * decay(m, 0.0005, 0.06)
            return s * y
        return event
    return recipe


def splash(rng):
    size = rng.uniform(0.4, 1)

    def event(s, r):
        n = int((0.5 + 0.8 * size) * SR)
        y = shaped(n, r, [100, 400, 1500, 6000, 16000], [-10, -3, 0, -3, -14]) * decay(n, 0.006, 0.5 + 0.7 * size)
        thump = modal(r, [70, 120], [0.15, 0.12], [1, 0.6], 0.25)
        y[: len(thump)] += size * thump
        drops = sprinkle(n, r, 60, lambda q: 0.6 * glide(np.linspace(q.uniform(500, 1500), q.uniform(900, 2500), 900), hump(900, 0.2), q))
        return s * (y + drops * decay(n, 0.1, 1.2))
    return event


def whoosh(rng):
    centre, length = rng.uniform(350, 1100), rng.uniform(0.28, 0.6)

    def event(s, r):
        n = int(length * r.uniform(0.9, 1.1) * SR)
        env = hump(n, 0.3)
        return s * (band(n, r, centre, 1.4) * env + 0.7 * band(n, r, centre * 2.4, 1.2) * env**3)
    return event


def door(rng):
    f = rng.uniform(75, 130)

    def event(s, r):
        y = modal(r, [f, f * 1.7, f * 2.9, f * 5.1], [0.28, 0.2, 0.12, 0.06], [1, 0.7, 0.4, 0.3], 0.5)
        n = len(y)
        latch = np.zeros(n, np.float32)
        at = int(r.uniform(0.035, 0.06) * SR)
        latch[at : at + 2400] = decay(2400, 0.0004, 0.02) * band(2400, r, 2800, 1.5)
        return s * (y + 0.6 * decay(n, 0.001, 0.12) * band(n, r, 420, 2) + 0.35 * latch)
    return event


def glass_break(rng):
    def event(s, r):
        n = int(1.1 * SR)
        y = 1.2 * decay(n, 0.0005, 0.12) * band(n, r, 5500, 2)
        shard = lambda q: q.uniform(0.1, 1) * modal(q, [q.uniform(2500, 9000), q.uniform(4000, 12000)], [0.09, 0.06], [1, 0.6], 0.1)
        return s * (y + sprinkle(n, r, 55, shard, decay(n, 0.01, 1.6)))
    return event


def rustle(centre, seconds, grains):
    def recipe(rng):
        c = centre * rng.uniform(0.85, 1.2)

        def event(s, r):
            n = int(seconds * r.uniform(0.8, 1.2) * SR)
            env = np.maximum(decay(n, 0.004, seconds * 1.6), 0.4 * hump(n, 0.5))
            grain = np.repeat(r.random(n // 200 + 1) ** grains, 200)[:n]
            return s * 1.3 * band(n, r, c, 2.2) * env * (0.15 + grain)
        return event
    return recipe


def twig(rng):
    def event(s, r):
        n = int(0.12 * SR)
        y = np.zeros(n, np.float32)
        for at in [0] + list(r.integers(200, 3500, r.integers(0, 4))):
            m = n - at
            y[at:] += (1 if at == 0 else r.uniform(0.2, 0.6)) * decay(m, 0.0002, r.uniform(0.01, 0.03)) * band(m, r, r.uniform(1400, 3800), 2)
        return s * 1.3 * y
    return event


def drop(rng):
    f0 = rng.uniform(550, 1300)

    def event(s, r):
        m = int(0.11 * SR)
        f = f0 * r.uniform(0.9, 1.15) * (1 + 0.9 * np.linspace(0, 1, m) ** 1.5)
        tick = decay(m, 0.0002, 0.006) * band(m, r, 4500, 2)
        return s * (glide(f, decay(m, 0.001, 0.12), r) + 0.3 * tick)
    return event


def clock(rng):
    hi, lo = rng.uniform(2200, 4200), rng.uniform(1500, 2600)

    def event(s, r):
        f = hi if r.random() < 0.5 else lo
        y = modal(r, [f, f * 1.62, f * 2.7], [0.03, 0.02, 0.012], [1, 0.6, 0.4], 0.06)
        return s * (y + 0.8 * decay(len(y), 0.0002, 0.006) * r.standard_normal(len(y)).astype(np.float32))
    return event


def clap(rng):
    c = rng.uniform(1000, 1700)

    def event(s, r):
        n = int(0.2 * SR)
        return s * 1.2 * (decay(n, 0.0006, 0.035) + 0.12 * decay(n, 0.004, 0.2)) * band(n, r, c * r.uniform(0.9, 1.1), 1.5)
    return event


def bird_call(rng):
    from ambience import chirp
    base = rng.uniform(2400, 5200)
    return lambda s, r: s * chirp(r, base * r.uniform(0.95, 1.05))


def cat(rng):
    f0 = rng.uniform(480, 680)

    def event(s, r):
        m = int(r.uniform(0.45, 0.8) * SR)
        x = np.linspace(0, 1, m)
        f = f0 * (0.75 + 0.5 * np.sin(np.pi * np.clip(x * 1.1, 0, 1)) ** 0.7)
        bright = [1, 0.9, 0.7, 0.5, 0.35, 0.2, 0.15, 0.1]
        return s * 0.7 * harmonics(f, bright, r) * np.minimum(1, x * 25) * hump(m, 0.3) ** 0.5
    return event


def jump(rng):
    cloth = rustle(1900, 0.28, 2)(rng)
    return lambda s, r: cloth(s, r) * 0.7


def squeak(rng):
    f0 = rng.uniform(1100, 2300)

    def event(s, r):
        m = int(r.uniform(0.4, 0.9) * SR)
        f = f0 * (1 + 0.05 * slow(m, 9, r, -1, 1)) * np.linspace(1, 0.9, m)
        env = np.minimum(1, np.linspace(0, 1, m) * 30) * np.linspace(1, 0, m) ** 0.5
        return s * env * (0.6 * harmonics(f, [1, 0.6, 0.4, 0.25, 0.15], r) + 0.35 * band(m, r, 3000, 2))
    return event


def engine(n, energy, rng):
    """Idle to revving: energy drives the turning rate and the level."""
    idle = rng.uniform(26, 42)
    rev = np.convolve(energy[::96], np.hanning(180) / 90, 'same')
    rev = np.interp(np.arange(n) / 96, np.arange(len(rev)), rev)
    f = idle * (1 + 2.6 * rev) * (1 + 0.01 * slow(n, 12, rng, -1, 1))
    levels = rng.uniform(0.4, 1, 26) / np.arange(1, 27) ** 0.55
    y = harmonics(f, levels, rng) * 0.5
    phase = np.cumsum(f) / SR
    y += 0.5 * shaped(n, rng, [60, 250, 1200, 6000, 16000], [-4, 0, -6, -18, -36]) * (0.4 + 0.6 * np.maximum(0, np.sin(2 * np.pi * phase)))
    return (y * (0.25 + 0.75 * rev)).astype(np.float32)


def pour(n, energy, rng):
    fill = np.linspace(1, 1.7, n)
    y = shaped(n, rng, [150, 600, 1800, 6000, 16000], [-18, -4, 0, -6, -18]) * 0.35
    from ambience import bubble
    y += 0.7 * sprinkle(n, rng, 170, lambda r: bubble(r, 500, 1800), np.clip(energy * 1.3, 0, 1))
    return (y * energy * (0.7 + 0.3 * fill)).astype(np.float32)


def leaves(n, energy, rng):
    grain = lambda r: r.uniform(0.1, 1) ** 2 * decay(1200, 0.001, r.uniform(0.008, 0.025)) * band(1200, r, r.uniform(2500, 7500), 1.6)
    bed = shaped(n, rng, [500, 2500, 7000, 16000], [-20, -3, 0, -10]) * 0.25
    return (bed + sprinkle(n, rng, 150, grain)) * energy


def flow_noise(centre, octaves, rate):
    def recipe(n, energy, rng):
        y = band(n, rng, centre * rng.uniform(0.8, 1.25), octaves, 14)
        return y * energy * (0.75 + 0.25 * slow(n, rate, rng))
    return recipe


HITS = {
    **{f'steps_{g}': step(g) for g in ('wood', 'stone', 'gravel', 'snow', 'grass', 'sand')},
    'splash': splash, 'whoosh': whoosh, 'door': door, 'glass_break': glass_break, 'twig': twig, 'drop': drop,
    'clock': clock, 'clap': clap, 'bird_call': bird_call, 'cat': cat, 'jump': jump, 'brakes': squeak,
    'paper': rustle(4200, 0.35, 2.5), 'cloth': rustle(1500, 0.4, 1.2), 'leaf_rustle': rustle(5200, 0.5, 1.8),
    'impact_soft': struck((55, 95), (1, 1.6, 2.3), (0.18, 0.35), 0.8, 300, 0.5),
    'impact_hard': struck((120, 260), (1, 2.1, 3.4, 5.2, 7.7), (0.12, 0.3), 0.5, 1800, 1.2),
    'metal': struck((280, 700), (1, 1.51, 2.27, 3.18, 4.6, 6.1), (0.7, 2.0), 0.25, 4000, 0.4),
    'bell': struck((520, 1300), (1, 2.0, 2.76, 4.07, 5.4), (1.6, 3.5), 0.5, 5000, 0.12),
    'glass_clink': struck((1900, 3600), (1, 2.32, 3.9), (0.3, 0.8), 0.4, 7000, 0.25),
    'bounce': struck((95, 190), (1, 1.9, 3.1), (0.1, 0.2), 0.4, 900, 0.5),
    'knock': struck((190, 380), (1, 1.8, 2.9, 4.3), (0.07, 0.14), 0.5, 1300, 0.6),
    'land': struck((50, 80), (1, 1.7, 2.9), (0.2, 0.4), 0.7, 500, 0.9),
}
FLOWS = {'engine': engine, 'pour': pour, 'leaves': leaves, 'slide': flow_noise(1400, 2.2, 6), 'wheels': flow_noise(380, 2.0, 9)}

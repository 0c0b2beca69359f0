"""Surroundings: each recipe is recipe(n, rng) -> mono signal of n samples; texts live in prompts.py."""
import numpy as np
from primitives import SR, band, decay, glide, harmonics, hump, modal, shaped, slow, sprinkle


def rain(n, rng, heavy=None):
    heavy = rng.uniform(0.2, 1) if heavy is None else heavy
    # falls as recorded rain does (median of 32 recordings); a drizzle has less below
    bed = shaped(n, rng, [60, 600, 1600, 3700, 6500, 9000, 14000, 20000], [4 + 8 * heavy, 4 + 5 * heavy, 5, 0, -4, -9, -18, -32])
    tick = lambda r: r.uniform(0.1, 1) ** 3 * 8 * decay(500, 0.0004, r.uniform(0.004, 0.01)) * r.standard_normal(500).astype(np.float32)
    drops = sprinkle(n, rng, 30 + 60 * heavy, tick)
    return bed * (0.35 + 0.65 * heavy) * (0.9 + 0.1 * slow(n, 0.5, rng)) + drops * rng.uniform(0.1, 0.35)


def thunder(n, rng):
    y = 0.25 * rain(n, rng, 0.7) if rng.random() < 0.6 else 0.05 * wind(n, rng)
    for _ in range(rng.integers(1, 3)):
        at, length = int(rng.uniform(0, 0.6) * n), int(rng.uniform(2.0, 4.5) * SR)
        length = min(length, n - at)
        roll = shaped(length, rng, [20, 60, 150, 500, 2000, 12000], [-6, 0, -3, -14, -26, -50])
        env = decay(length, rng.uniform(0.01, 0.3), length / SR) * (0.3 + 0.7 * slow(length, 5, rng))
        y[at : at + length] += 1.6 * roll * env
    return y


def wind(n, rng, cold=False):
    y = np.zeros(n, np.float32)
    gust = slow(n, 0.6, rng, 0.15, 1) ** 1.5
    for centre in rng.uniform(120, 900, 3) * (1.8 if cold else 1):
        y += band(n, rng, centre, 1.2, 12) * slow(n, 0.8, rng, 0.1, 1) * gust
    if cold:  # the whistle around corners
        f = rng.uniform(500, 1100) * (1 + 0.4 * slow(n, 0.7, rng, -1, 1))
        whistle = np.real(band(n, rng, 30, 1.5, 12)) * 0.5
        y += glide(f, 0.6 * gust * (0.6 + 0.4 * whistle), rng)
    return y + 0.25 * gust * shaped(n, rng, [50, 1500, 6000, 20000], [-6, -8, -14, -26])


def snow_wind(n, rng):
    return wind(n, rng, True)


def sea(n, rng):
    y = 0.25 * shaped(n, rng, [30, 150, 800, 4000, 16000], [0, -2, -8, -14, -24])
    period = rng.uniform(2.6, 5.5)
    at = -rng.uniform(0, period)
    while at < n / SR:
        length = int(period * rng.uniform(1.0, 1.5) * SR)
        start, env = int(at * SR), hump(length, rng.uniform(0.3, 0.45)) * rng.uniform(0.6, 1)
        wash = shaped(length, rng, [80, 300, 600, 1300, 2000, 3500, 6000, 9000, 14000, 20000], [8, 14, 15, 11, 6, 0, -6, -12, -19, -34])
        a, b = max(0, start), min(n, start + length)
        if b > a:
            y[a:b] += (env**1.5 * wash)[a - start : b - start]
        at += period * rng.uniform(0.85, 1.15)
    return y


def bubble(r, low=350, high=2600):
    m = int(r.uniform(0.01, 0.05) * SR)
    f = r.uniform(low, high)
    return (glide(np.linspace(f, f * r.uniform(1.1, 1.6), m), r.uniform(0.1, 1) ** 2 * hump(m, 0.15), r)).astype(np.float32)


def stream(n, rng):
    y = 0.2 * shaped(n, rng, [60, 300, 1200, 5000, 16000], [-16, -4, 0, -8, -20])
    return y * (0.8 + 0.2 * slow(n, 2, rng)) + 0.5 * sprinkle(n, rng, rng.uniform(90, 200), bubble)


def underwater(n, rng):
    y = shaped(n, rng, [20, 80, 250, 700, 3000, 12000], [-2, 0, -10, -26, -50, -70]) * (0.6 + 0.4 * slow(n, 0.5, rng))
    clumps = slow(n, 1.2, rng) ** 4
    return y + 1.2 * sprinkle(n, rng, 60, lambda r: bubble(r, 150, 800), clumps)


def chirp(r, base=None):
    """One bird syllable."""
    base = base or r.uniform(2200, 5500)
    m = int(r.uniform(0.04, 0.16) * SR)
    x = np.linspace(0, 1, m)
    shape = r.integers(0, 4)
    bend = [x - 0.5, 0.5 - x, np.sin(np.pi * x) - 0.5, 0.4 * np.sin(2 * np.pi * x * r.integers(2, 5))][shape]
    f = base * (1 + r.uniform(0.1, 0.35) * bend)
    y = glide(f, hump(m, 0.35), r)
    return y + 0.15 * glide(np.minimum(2 * f, 21000), hump(m, 0.35), r)


def forest_birds(n, rng):
    y = 0.06 * shaped(n, rng, [100, 800, 4000, 12000], [-4, 0, -4, -16]) * (0.7 + 0.3 * slow(n, 0.8, rng))
    for _ in range(rng.integers(2, 5)):
        base, level, at = rng.uniform(2300, 5600), rng.uniform(0.2, 1), rng.uniform(0, 1.5)
        gap, count = rng.uniform(0.09, 0.25), rng.integers(2, 8)
        while at < n / SR - 0.3:
            for k in range(count):
                s = int((at + k * gap) * SR)
                c = level * chirp(rng, base * rng.uniform(0.92, 1.08))
                if s + len(c) < n:
                    y[s : s + len(c)] += c
            at += count * gap + rng.uniform(0.5, 2.5)
    return y


def night_insects(n, rng):
    y = 0.05 * shaped(n, rng, [80, 500, 3000, 9000], [-2, -6, -10, -20])
    t = np.arange(n) / SR
    for _ in range(rng.integers(1, 4)):
        f, rate, burst = rng.uniform(3300, 5400), rng.uniform(14, 34), rng.uniform(1.0, 3.2)
        pulse = np.maximum(0, np.sin(2 * np.pi * rate * t + rng.uniform(0, 6))) ** 2
        gate = (np.sin(2 * np.pi * burst * t + rng.uniform(0, 6)) > rng.uniform(-0.9, 0.2)).astype(np.float32)
        gate = np.convolve(gate, np.ones(480) / 480, 'same')
        y += rng.uniform(0.2, 0.8) * (np.sin(2 * np.pi * f * t) + 0.1 * np.sin(4 * np.pi * f * t)) * pulse * gate
    return y.astype(np.float32)


def city(n, rng):
    y = 0.5 * shaped(n, rng, [25, 70, 200, 900, 4000, 16000], [-4, 0, -5, -15, -26, -44]) * (0.8 + 0.2 * slow(n, 0.6, rng))
    for _ in range(rng.integers(1, 4)):
        length = int(rng.uniform(2, 4.5) * SR)
        start = int(rng.uniform(-0.2, 0.9) * n)
        env = hump(length) ** 2
        car = (shaped(length, rng, [40, 120, 900, 2500, 9000], [-6, -2, 0, -8, -26])) * env * rng.uniform(0.3, 1)
        a, b = max(0, start), min(n, start + length)
        y[a:b] += car[a - start : b - start]
    if rng.random() < 0.3:
        m, f = int(rng.uniform(0.15, 0.5) * SR), rng.uniform(320, 480)
        s = int(rng.uniform(0, 0.8) * n)
        horn = harmonics(np.full(m, f), [1, 0.8, 0.6, 0.4, 0.2], rng) + harmonics(np.full(m, f * 1.26), [1, 0.7, 0.5, 0.3], rng)
        m = min(m, n - s)
        y[s : s + m] += 0.12 * horn[:m] * np.minimum(1, np.minimum(np.arange(m), np.arange(m)[::-1]) / 1500)
    return y


def murmur(n, rng):
    y = 0.12 * shaped(n, rng, [80, 250, 700, 3000, 10000], [-10, -2, 0, -12, -30])
    for _ in range(9):
        syllables = np.repeat(rng.uniform(0, 1, n // 6000 + 2) ** 1.5, 6000)[:n]
        syllables = np.convolve(syllables[::48], np.hanning(80) / 40, 'same')
        env = np.interp(np.arange(n) / 48, np.arange(len(syllables)), syllables)
        f0 = rng.uniform(95, 230) * (1 + 0.12 * slow(n, 3, rng, -1, 1))
        first, second = rng.uniform(350, 750), rng.uniform(1000, 2200)
        level = lambda f: np.exp(-(((f - first) / 250) ** 2)) + 0.5 * np.exp(-(((f - second) / 350) ** 2)) + 0.1 / (1 + f / 400)
        y += 0.22 * rng.uniform(0.3, 1) * env * harmonics(f0, [level(float(np.mean(f0)) * (k + 1)) for k in range(14)], rng)
    return y.astype(np.float32)


def room(n, rng):
    y = shaped(n, rng, [30, 100, 400, 2000, 10000], [0, -3, -12, -24, -40]) * (0.95 + 0.05 * slow(n, 0.5, rng))
    hum = rng.choice([50.0, 60.0])
    return y + rng.uniform(0, 0.35) * harmonics(np.full(n, hum), [0.5, 1, 0.2, 0.5, 0.1, 0.2], rng)


def fire(n, rng):
    y = 0.22 * shaped(n, rng, [30, 100, 500, 3000, 12000], [0, -2, -9, -16, -28]) * (0.7 + 0.3 * slow(n, 3, rng))
    crack = lambda r: r.uniform(0.05, 1) ** 2.5 * 3 * decay(900, 0.0003, r.uniform(0.004, 0.018)) * band(900, r, r.uniform(1200, 6000), 2.0)
    return y + sprinkle(n, rng, rng.uniform(12, 40), crack, 0.3 + 0.7 * slow(n, 2, rng))


def machines(n, rng):
    f = np.full(n, rng.uniform(40, 120)) * (1 + 0.003 * slow(n, 1, rng, -1, 1))
    y = 0.4 * harmonics(f, rng.uniform(0.2, 1, 16) / np.arange(1, 17) ** 0.7, rng) + 0.3 * shaped(n, rng, [50, 300, 2000, 12000], [-4, 0, -6, -24])
    period, at = rng.uniform(0.25, 0.9), 0.0
    while at < n / SR - 0.3:
        s = int(at * SR)
        g = modal(rng, [180, 430, 900], [0.12, 0.1, 0.07], [1, 0.6, 0.4], 0.15) + decay(7200, 0.001, 0.05) * rng.standard_normal(7200).astype(np.float32) * 0.4
        y[s : s + len(g)] += g
        at += period
    return y


def party(n, rng):
    """Cheering people: brighter, louder than the murmur, with claps."""
    y = murmur(n, rng) * 1.2 + 0.2 * shaped(n, rng, [200, 900, 3000, 10000], [-8, 0, -5, -24]) * (0.5 + 0.5 * slow(n, 1, rng))
    clap = lambda r: r.uniform(0.2, 1) * decay(1500, 0.0005, 0.02) * band(1500, r, r.uniform(900, 1900), 1.4)
    return y + 0.5 * sprinkle(n, rng, rng.uniform(25, 70), clap)


RECIPES = {
    'rain': rain, 'thunder': thunder, 'wind': wind, 'snow_wind': snow_wind, 'sea': sea, 'stream': stream,
    'underwater': underwater, 'birds': forest_birds, 'insects': night_insects, 'city': city, 'murmur': murmur,
    'room': room, 'fire': fire, 'machines': machines, 'party': party,
}

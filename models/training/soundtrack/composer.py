"""A rule-based composer that writes the music model's training corpus, in tokens. Keys are relative: tonic = C.

Bar: BAR SEC_x CHORD_x DYN_x then, in order of time, POS_p (NOTE DUR)* ; drums have no DUR.
families/soundtrack/musicTokens.ts reads the same vocabulary from vocabulary lists in music.json.
"""
import numpy as np

MOODS = ['calm', 'happy', 'sad', 'epic', 'tense', 'playful', 'dreamy', 'driving', 'romantic', 'mysterious']
SECTIONS = ['intro', 'verse', 'chorus', 'bridge', 'outro', 'last']
QUALITIES = {'maj': (0, 4, 7), 'min': (0, 3, 7), 'dim': (0, 3, 6), 'sus': (0, 5, 7)}
DURATIONS = [1, 2, 3, 4, 6, 8, 12, 16]
DRUMS = ['kick', 'snare', 'hat', 'tom', 'shaker']
RANGES = {'MEL': (55, 91), 'ARP': (45, 84), 'PAD': (43, 76), 'BASS': (26, 52)}


def vocabulary():
    v = ['PAD', 'BOS', 'BAR'] + [f'MOOD_{m}' for m in MOODS] + [f'TEMPO_{i}' for i in range(5)] + [f'SEC_{s}' for s in SECTIONS]
    v += [f'CHORD_{r}{q}' for r in range(12) for q in QUALITIES] + [f'DYN_{i}' for i in range(4)] + [f'POS_{i}' for i in range(16)]
    for track, (lo, hi) in RANGES.items():
        v += [f'{track}_{p}' for p in range(lo, hi + 1)]
    return v + [f'DRUM_{d}' for d in DRUMS] + [f'DUR_{d}' for d in DURATIONS]


MAJOR, MINOR, DORIAN = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10)
C, Dm, Em, F, G, Am = (0, 'maj'), (2, 'min'), (4, 'min'), (5, 'maj'), (7, 'maj'), (9, 'min')
i, III, iv, v, VI, VII, V, ii0, IV = (0, 'min'), (3, 'maj'), (5, 'min'), (7, 'min'), (8, 'maj'), (10, 'maj'), (7, 'maj'), (2, 'dim'), (5, 'maj')
Gs, Cs = (7, 'sus'), (0, 'sus')
STYLE = {  # scale, tempo buckets, progressions, melody density, arpeggio, drums, pad, dynamics
    'calm': (MAJOR, (0, 1), [[C, F, C, G], [C, Am, F, G], [F, C, Dm, G]], 0.3, 'slow', None, True, (0, 1)),
    'happy': (MAJOR, (2, 3), [[C, G, Am, F], [C, F, G, C], [C, Am, F, G]], 0.6, 'eighth', 'pop', False, (2, 3)),
    'sad': (MINOR, (0, 1), [[i, VI, III, VII], [i, iv, i, V], [i, v, VI, iv]], 0.35, 'slow', None, True, (0, 1)),
    'epic': (MINOR, (1, 2), [[i, VI, III, VII], [i, VII, VI, V], [i, iv, VI, V]], 0.45, 'sixteenth', 'toms', True, (2, 3)),
    'tense': (MINOR, (2, 3), [[i, i, ii0, V], [i, VI, i, V], [i, ii0, i, V]], 0.25, 'pulse', 'pulse', True, (1, 2)),
    'playful': (MAJOR, (2, 3), [[C, C, F, G], [C, Dm, G, C], [C, Em, F, G]], 0.55, 'staccato', 'light', False, (1, 2)),
    'dreamy': (MAJOR, (0, 1), [[F, C, Gs, Am], [C, Em, F, Cs], [F, G, Em, Am]], 0.3, 'rolling', None, True, (0, 1)),
    'driving': (DORIAN, (3, 4), [[i, VII, IV, i], [i, III, VII, IV], [i, i, VII, IV]], 0.4, 'sixteenth', 'rock', False, (2, 3)),
    'romantic': (MAJOR, (0, 1), [[C, Em, F, G], [Am, F, C, G], [C, G, Am, F]], 0.45, 'rolling', None, True, (1, 2)),
    'mysterious': (DORIAN, (0, 1), [[i, IV, i, VII], [i, ii0, VII, i], [i, Dm, i, IV]], 0.25, 'sparse', 'sparse', True, (0, 1)),
}
RHYTHMS = [[0, 8], [0, 4, 8, 12], [0, 6, 8], [0, 4, 6, 8, 12], [0, 3, 6, 8, 12], [0, 2, 4, 8, 12, 14], [0, 8, 12], [4, 8, 12], [0, 6, 12], [0, 12]]


def near(pitches, target):
    return min(pitches, key=lambda p: abs(p - target))


def in_range(pcs, track):
    lo, hi = RANGES[track]
    return [p for p in range(lo, hi + 1) if p % 12 in pcs]


def motif(density, rng):
    """Two bars: [(pos, dur, step or None=chord tone)]"""
    weights = np.array([np.exp(-((len(r) / 6 - density) ** 2) / 0.03) for r in RHYTHMS])
    bars = []
    for _ in range(2):
        r = RHYTHMS[rng.choice(len(RHYTHMS), p=weights / weights.sum())]
        ends = r[1:] + [16]
        bars.append([(p, max(d for d in DURATIONS if d <= e - p), int(rng.integers(-2, 3))) for p, e in zip(r, ends)])
    return bars


def melody_bar(cells, chord, scale, last, rng):
    root, quality = chord
    tones = in_range({(root + x) % 12 for x in QUALITIES[quality]}, 'MEL')
    steps = in_range(set(scale), 'MEL')
    notes = []
    for pos, dur, move in cells:
        if pos % 8 == 0 or rng.random() < 0.2:
            p = near(tones, last + move)
        else:
            j = steps.index(near(steps, last)) + (move if move else rng.choice([-1, 1]))
            p = steps[int(np.clip(j, 0, len(steps) - 1))]
        if p > 84 or p < 58:
            p = near(tones, 70)
        notes.append((pos, f'MEL_{p}', dur))
        last = p
    return notes, last


def accompaniment(style, chord, bar, section, rng, pad_prev):
    scale, _, _, _, arp, drums, pad, _ = style
    root, quality = chord
    pcs = [(root + x) % 12 for x in QUALITIES[quality]]
    notes = []
    bass = near(in_range({root}, 'BASS'), 38)
    if section not in ('intro',) or rng.random() < 0.5:
        pattern = {'sixteenth': [(0, 4), (4, 4), (8, 4), (12, 4)], 'pulse': [(p, 2) for p in range(0, 16, 2)], 'eighth': [(0, 6), (6, 2), (8, 8)],
                   'staccato': [(0, 2), (8, 2)], 'rolling': [(0, 16)], 'slow': [(0, 16)], 'sparse': [(0, 12)]}[arp]
        for p, d in pattern:
            q = bass + (7 if arp == 'staccato' and p == 8 and bass + 7 <= 52 else 0)
            notes.append((p, f'BASS_{q}', d))
    if pad or section in ('chorus', 'bridge'):
        pads = sorted(near(in_range({pc}, 'PAD'), t) for pc, t in zip(pcs, pad_prev))
        pad_prev[:] = pads
        notes += [(0, f'PAD_{p}', 16) for p in dict.fromkeys(pads)]
    if section != 'last' and not (section == 'intro' and arp in ('staccato', 'pulse')):
        up = sorted(in_range(set(pcs), 'ARP'))
        base = up.index(near(up, 57))
        roll = {'slow': [(0, 0), (4, 1), (8, 2), (12, 1)], 'eighth': [(p, k) for p, k in zip(range(0, 16, 2), (0, 1, 2, 1, 3, 2, 1, 2))],
                'sixteenth': [(p, k % 4) for k, p in enumerate(range(0, 16, 2 if section == 'verse' else 1))], 'pulse': [(p, 0) for p in range(0, 16, 4)],
                'staccato': [(4, 1), (4, 2), (12, 1), (12, 2)], 'rolling': [(p, k) for p, k in zip(range(0, 16, 2), (0, 1, 2, 3, 4, 3, 2, 1))],
                'sparse': [(0, 2), (10, 1)]}[arp]
        length = {'slow': 4, 'eighth': 2, 'sixteenth': 1, 'pulse': 2, 'staccato': 1, 'rolling': 3, 'sparse': 6}[arp]
        notes += [(p, f'ARP_{up[min(base + k, len(up) - 1)]}', length) for p, k in roll]
    if drums and section in ('verse', 'chorus', 'bridge'):
        full = section == 'chorus'
        hits = {'pop': [(0, 'kick'), (8, 'kick'), (4, 'snare'), (12, 'snare')] + [(p, 'hat') for p in range(0, 16, 2)],
                'rock': [(0, 'kick'), (6, 'kick'), (8, 'kick'), (4, 'snare'), (12, 'snare')] + [(p, 'hat') for p in range(0, 16, 2 if full else 4)],
                'toms': [(0, 'tom'), (6, 'tom'), (8, 'tom'), (14, 'tom')] + ([(0, 'kick'), (12, 'snare')] if full else []),
                'pulse': [(p, 'shaker') for p in range(0, 16, 2)] + ([(0, 'kick'), (8, 'kick')] if full else [(0, 'kick')]),
                'light': [(4, 'shaker'), (12, 'shaker'), (0, 'kick')] + ([(8, 'kick')] if full else []),
                'sparse': [(0, 'tom')] + ([(10, 'shaker')] if full else [])}[drums]
        if bar % 4 == 3 and drums in ('pop', 'rock', 'toms'):
            hits = [h for h in hits if h[0] < 12] + [(12, 'snare'), (14, 'tom')]
        notes += [(p, f'DRUM_{d}', 0) for p, d in hits]
    return notes


def form(bars, rng):
    """Sections for a number of bars, in groups of four."""
    out = ['intro'] * (4 if bars >= 16 else 2 if bars >= 8 else 0)
    body = bars - len(out) - 2
    names = ['verse', 'chorus', 'verse', 'chorus', 'bridge', 'chorus']
    k = 0
    while len(out) < bars - 2:
        out += [names[min(k, 5)]] * min(4 if body < 24 else 8, bars - 2 - len(out))
        k += 1
    return (out + ['outro', 'last'])[-bars:] if bars >= 2 else ['last']


def compose(rng):
    """-> list of token names: one piece of 4 to 24 bars."""
    mood = MOODS[rng.integers(len(MOODS))]
    style = STYLE[mood]
    scale, tempi, progressions, density, _, _, _, dyn = style
    bars = int(rng.integers(4, 25))
    sections = form(bars, rng)
    out = ['BOS', f'MOOD_{mood}', f'TEMPO_{tempi[rng.integers(len(tempi))]}']
    order = rng.permutation(len(progressions))
    themes = {s: (progressions[order[k % len(order)]], motif(density + (0.15 if s == 'chorus' else 0), rng)) for k, s in enumerate(SECTIONS)}
    last, pads = 69, [55, 60, 64]
    tonic = C if scale == MAJOR else i
    for bar, section in enumerate(sections):
        progression, cells = themes['verse' if section in ('intro', 'outro') else section]
        chord = tonic if section == 'last' else progression[bar % 4]
        level = dyn[0] if section in ('intro', 'outro', 'last', 'verse') else dyn[1]
        notes = accompaniment(style, chord, bar, section, rng, pads)
        if section == 'last':
            notes = [n for n in notes if not n[1].startswith(('ARP', 'DRUM'))] + [(0, f'MEL_{near(in_range({0}, "MEL"), last)}', 16)]
        elif section != 'intro' and not (density < 0.3 and bar % 4 == 3 and rng.random() < 0.5):
            phrase = cells[bar % 2]
            if bar % 4 == 3:
                phrase = phrase[: max(1, len(phrase) // 2)]
                pos, dur, move = phrase[-1]
                phrase = phrase[:-1] + [(pos, max(d for d in DURATIONS if d <= 16 - pos), move)]
            more, last = melody_bar(phrase, chord, scale, last, rng)
            notes += more
        out += ['BAR', f'SEC_{section}', f'CHORD_{chord[0]}{chord[1]}', f'DYN_{level}']
        rank = {'DRUM': 0, 'BASS': 1, 'PAD': 2, 'ARP': 3, 'MEL': 4}
        notes = sorted(set(notes), key=lambda n: (n[0], rank[n[1].split('_')[0]], n[1]))
        place = None
        for pos, name, dur in notes:
            if pos != place:
                out.append(f'POS_{pos}')
                place = pos
            out.append(name)
            if dur:
                out.append(f'DUR_{dur}')
    return out + ['PAD']

/**
 * The music model's token language, which models/training/soundtrack/composer.py writes. Pitches are MIDI numbers with
 * the tonic at C.
 */

/** Moods that the model was trained on. */
export const moods = [
  'calm',
  'happy',
  'sad',
  'epic',
  'tense',
  'playful',
  'dreamy',
  'driving',
  'romantic',
  'mysterious',
] as const;
/** A mood that the model was trained on. */
export type Mood = (typeof moods)[number];
/** Sections of a form. */
export const sections = ['intro', 'verse', 'chorus', 'bridge', 'outro', 'last'] as const;
/** A section of a form. */
export type Section = (typeof sections)[number];
/** Drums that the model writes, by index. */
export const drums = ['kick', 'snare', 'hat', 'tom', 'shaker'] as const;
/** A drum that the model writes. */
export type Drum = (typeof drums)[number];
/** Tracks with pitches. */
export const tracks = ['MEL', 'ARP', 'PAD', 'BASS'] as const;
/** A track with pitches. */
export type Track = (typeof tracks)[number];

const qualities = ['maj', 'min', 'dim', 'sus'];
const durations = [1, 2, 3, 4, 6, 8, 12, 16];
const ranges: Readonly<Record<Track, readonly [number, number]>> = {
  MEL: [55, 91],
  ARP: [45, 84],
  PAD: [43, 76],
  BASS: [26, 52],
};

function buildNames(): string[] {
  const names = ['PAD', 'BOS', 'BAR', ...moods.map((m) => `MOOD_${m}`)];
  for (let i = 0; i < 5; i++) names.push(`TEMPO_${i}`);
  names.push(...sections.map((s) => `SEC_${s}`));
  for (let r = 0; r < 12; r++) for (const q of qualities) names.push(`CHORD_${r}${q}`);
  for (let i = 0; i < 4; i++) names.push(`DYN_${i}`);
  for (let i = 0; i < 16; i++) names.push(`POS_${i}`);
  for (const track of tracks) for (let p = ranges[track][0]; p <= ranges[track][1]; p++) names.push(`${track}_${p}`);
  names.push(...drums.map((d) => `DRUM_${d}`), ...durations.map((d) => `DUR_${d}`));
  return names;
}

/** Name of each token, by id. */
export const tokenNames: readonly string[] = buildNames();
/** Id of each token, by name. */
export const tokenIds: ReadonlyMap<string, number> = new Map(tokenNames.map((name, i) => [name, i]));

/** Id of a token. Throws for a name that is not in the language. */
export function tokenId(name: string): number {
  const id = tokenIds.get(name);
  if (id === undefined) throw new RangeError(`no music token ${name}`);
  return id;
}

/** What a token stands for. */
export type TokenKind =
  | 'end'
  | 'start'
  | 'bar'
  | 'mood'
  | 'tempo'
  | 'section'
  | 'chord'
  | 'dynamic'
  | 'position'
  | 'note'
  | 'drum'
  | 'duration';

const kindByPrefix: Readonly<Record<string, TokenKind>> = {
  BOS: 'start',
  BAR: 'bar',
  MOOD: 'mood',
  TEMPO: 'tempo',
  SEC: 'section',
  CHORD: 'chord',
  DYN: 'dynamic',
  POS: 'position',
  DRUM: 'drum',
  DUR: 'duration',
  MEL: 'note',
  ARP: 'note',
  BASS: 'note',
};

/** Kind of each token, by id. */
export const tokenKinds: readonly TokenKind[] = tokenNames.map((name) => {
  if (name === 'PAD') return 'end';
  return name.startsWith('PAD_') ? 'note' : kindByPrefix[name.split('_')[0]!]!;
});

/** A note or drum; times are in sixteenths. */
export interface Note {
  readonly track: Track | 'DRUM';
  /** MIDI number relative to a tonic of C; the drum's index for drums. */
  readonly pitch: number;
  readonly startSixteenth: number;
  readonly lengthSixteenths: number;
  /** 0..1 */
  readonly velocity: number;
}

/** Decodes a token sequence into notes. */
export function notesFromTokens(ids: readonly number[]): Note[] {
  const notes: Note[] = [];
  let bar = -1;
  let position = 0;
  let dynamic = 1;
  for (let i = 0; i < ids.length; i++) {
    const name = tokenNames[ids[i]!] ?? '';
    const [prefix, value] = name.split('_') as [string, string | undefined];
    const kind = tokenKinds[ids[i]!];
    if (kind === 'bar') {
      bar += 1;
      position = 0;
    } else if (kind === 'position') position = Number(value);
    else if (kind === 'dynamic') dynamic = Number(value);
    else if (kind === 'drum') {
      const accent = position % 4 === 0 ? 1 : 0.75;
      notes.push({
        track: 'DRUM',
        pitch: drums.indexOf(value as Drum),
        startSixteenth: bar * 16 + position,
        lengthSixteenths: 1,
        velocity: accent * (0.4 + 0.15 * dynamic),
      });
    } else if (kind === 'note') {
      const next = tokenNames[ids[i + 1] ?? -1] ?? '';
      const length = next.startsWith('DUR_') ? Number(next.slice(4)) : 2;
      const accent = position % 8 === 0 ? 1 : position % 4 === 0 ? 0.9 : 0.8;
      notes.push({
        track: prefix as Track,
        pitch: Number(value),
        startSixteenth: bar * 16 + position,
        lengthSixteenths: length,
        velocity: accent * (0.45 + 0.15 * dynamic),
      });
    }
  }
  return notes;
}

/** Beats per minute of the tokens TEMPO_0..4: the middle of each range in the training pieces. */
export const tempoBuckets: readonly number[] = [68, 84, 100, 117, 136];

import { describe, expect, it } from 'vitest';
import { secondsFromTicks, ticksAtFrame } from '../../time/ticks.ts';
import { recipe } from './cases/recipe.ts';
import { judge, type Made } from './judge.ts';
import { blocksOf, frameOf, mostFrames, toneAt, turnBack, turnedGrid, type Turn } from './signal.ts';
import { frameCountOf, planPieces, shownSeconds } from './timeline.ts';
import type { SoundTruth } from './soundTruth.node.ts';
import type { Truth } from './truth.node.ts';

const hz = 48000;
const rate = { num: 25, den: 1 };
const frameSamples = hz / 25;
const film = recipe({ name: 'film.mp4', container: 'mp4', video: '', audio: '' });
const sound: SoundTruth = {
  startSeconds: 0,
  endSeconds: 2.4,
  paddedEndSeconds: 2.4,
  toneSeconds: 0,
  noise: 0.001,
  edgeNoise: 0.001,
  roughness: 0.0005,
  wobbleSamples: 0,
};
const truth: Truth = {
  frames: Array.from({ length: 60 }, (_, number) => ({ seconds: number / 25, number })),
  pictureEndSeconds: 2.4,
  sounds: [sound],
  unclear: [],
  oddities: [],
};

/** What a faultless editor makes of the film. */
function faultless(): Made & { film: { numbers: (number | null)[]; samples: Float32Array } } {
  const pieces = planPieces(60, rate);
  const frames = frameCountOf(pieces);
  const samples = new Float32Array(frames * frameSamples);
  for (const piece of pieces) {
    const from = piece.startFrame * frameSamples;
    const length = piece.frameCount * frameSamples;
    const speed = piece.speed.num / piece.speed.den;
    for (let index = 0; index < length; index++) {
      const at =
        piece.slot / 25 + ((piece.reversed ? length * speed - 1 : 0) + (piece.reversed ? -speed : speed) * index) / hz;
      if (at < 2.4) samples[from + index] = toneAt(at);
    }
  }
  const numbers = pieces.flatMap((piece) =>
    Array.from({ length: piece.frameCount }, (_, frame) => Math.floor(shownSeconds(piece, frame, rate, rate) * 25)),
  );
  return {
    grid: rate,
    rate,
    pieces,
    lengthSeconds: 2.4,
    isImage: false,
    hasPicture: true,
    soundStreams: 1,
    film: { numbers, samples },
    preview: null,
    said: [],
    damage: [],
  };
}

const right = { frames: [], sound: [], lengths: [], losses: [] };

describe('the signals of the torture set', () => {
  it('spell every frame number, however the picture is turned, and no number when two frames are mixed', () => {
    for (let frame = 0; frame < mostFrames; frame++) expect(frameOf(blocksOf(frame))).toBe(frame);
    const mixed = blocksOf(6).map((level, block) => (level + blocksOf(9)[block]!) / 2);
    expect(frameOf(mixed)).toBeNull();
    const turn: Turn = { degrees: 90 };
    const upright = blocksOf(37);
    const { columns } = turnedGrid(turn);
    // clockwise: the left column, from below, becomes the upper row
    const turned = Array.from(
      { length: 12 },
      (_, index) => upright[(2 - (index % columns)) * 4 + Math.floor(index / columns)]!,
    );
    expect(frameOf(turnBack(turned, turn))).toBe(37);
    expect(frameOf(turnBack(turned, { degrees: 270 }))).not.toBe(37);
  });
});

describe('the judge of the torture set', () => {
  it('finds nothing in a faultless film', () => {
    expect(judge(film, truth, faultless())).toEqual(right);
  });

  it('finds a doubled frame', () => {
    const made = faultless();
    const piece = made.pieces.find(({ kind }) => kind === 'short')!;
    made.film.numbers[piece.startFrame + 1] = made.film.numbers[piece.startFrame]!;
    expect(judge(film, truth, made)).toEqual({
      ...right,
      frames: [expect.stringContaining(`slot ${piece.slot}, frame 1`)],
    });
  });

  it('finds a torn frame', () => {
    const made = faultless();
    made.film.numbers[7] = null;
    expect(judge(film, truth, made).frames).toEqual([expect.stringContaining('a torn frame')]);
  });

  it('finds sound that is two samples late, and the clicks that this makes', () => {
    const made = faultless();
    const piece = made.pieces.filter(({ kind }) => kind === 'joined')[2]!;
    const from = piece.startFrame * frameSamples;
    for (let index = 0; index < piece.frameCount * frameSamples; index++)
      made.film.samples[from + index] = toneAt(piece.slot / 25 + (index - 2) / hz);
    const { sound: faults, ...rest } = judge(film, truth, made);
    expect(faults).toContainEqual(expect.stringContaining('2.0 samples off'));
    expect(faults.filter((fault) => fault.includes('click'))).toHaveLength(2);
    expect(rest).toEqual({ frames: [], lengths: [], losses: [] });
  });

  it('finds a click of one wrong sample at a cut', () => {
    const made = faultless();
    const piece = made.pieces.filter(({ kind }) => kind === 'joined')[2]!;
    made.film.samples[piece.startFrame * frameSamples]! += 0.1;
    expect(judge(film, truth, made).sound).toEqual([expect.stringContaining('a click of')]);
  });

  it('finds silence in the place of sound, and sound in the place of silence', () => {
    const made = faultless();
    made.film.samples.fill(0, 0, hz);
    expect(judge(film, truth, made).sound[0]).toContain('not the sound of that place');
    const short: Truth = { ...truth, sounds: [{ ...sound, endSeconds: 1, paddedEndSeconds: 1 }] };
    expect(judge(film, short, faultless()).sound).toContainEqual(expect.stringContaining('sound where there is none'));
  });

  it('finds a film that is a frame short, sound that is short, and a length that is wrong', () => {
    const made = faultless();
    made.film.numbers.pop();
    expect(judge(film, truth, made).lengths).toHaveLength(1);
    const quiet = faultless();
    const { samples } = quiet.film;
    expect(
      judge(film, truth, { ...quiet, film: { ...quiet.film, samples: samples.subarray(0, -40) } }).lengths,
    ).toHaveLength(1);
    expect(judge(film, truth, { ...faultless(), lengthSeconds: 2.36 }).lengths).toEqual([
      '2.3600 s long instead of 2.4000 s',
    ]);
  });

  it('finds a preview that differs from the file or ends before it', () => {
    const numbers = truth.frames.map(({ number }) => number);
    const preview = (shown: (number | null)[]): Made => ({
      ...faultless(),
      preview: { numbers: shown, samples: new Float32Array(0) },
    });
    expect(judge(film, truth, preview(numbers))).toEqual(right);
    expect(judge(film, truth, preview(numbers.with(30, 29))).frames).toHaveLength(1);
    expect(judge(film, truth, preview(numbers.slice(0, -1))).frames).toEqual([
      'preview ends with frame 58 instead of 59',
    ]);
  });

  it('finds unreported losses, and none once they are reported', () => {
    const silent = { ...faultless(), soundStreams: 0 };
    expect(judge(film, truth, silent).losses).toEqual(['the sound is left out']);
    expect(judge(film, truth, { ...silent, said: ['Its sound cannot be read and is left out.'] }).losses).toEqual([]);
    expect(judge({ ...film, damaged: true }, truth, faultless()).losses).toEqual(['unreported damage']);
    const alarmed = { ...faultless(), damage: ['film.mp4 was cut off.'] };
    expect(judge(film, truth, alarmed).losses).toEqual(['damage that is not there: film.mp4 was cut off.']);
    expect(judge({ ...film, soundStreams: 2 }, truth, faultless()).losses).toEqual([
      '1 of 2 sound streams are offered',
    ]);
    expect(judge(film, truth, { ...faultless(), isImage: true, hasPicture: true }).losses).toEqual([
      '60 frames became a still',
    ]);
  });

  it('covers twenty cuts of every kind, and the first and the last frame', () => {
    const pieces = planPieces(60, rate);
    expect(pieces.length).toBe(21);
    const shown = faultless().film.numbers;
    expect(shown).toContain(0);
    expect(shown).toContain(59);
    expect(secondsFromTicks(ticksAtFrame(frameCountOf(pieces), rate))).toBeLessThan(4);
  });
});

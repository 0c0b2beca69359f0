/** Complete requests for tests, so that a test names only the fields it is about. */
import type { ActionKind, RequestOf } from '../schema.ts';
import { ticksPerSecond } from '../../time/ticks.ts';

const base = {
  prompt: 'a red ball',
  seed: 1,
  steps: null,
  guidance: null,
  packId: 'starter',
  durationTicks: 2 * ticksPerSecond,
};
const source = { kind: 'media', id: 'm', startTicks: 0, durationTicks: 2 * ticksPerSecond } as const;
const pictures = { firstFrame: null, lastFrame: null, references: [] };

const samples: { readonly [A in ActionKind]: RequestOf<A> } = {
  generate: { action: 'generate', ...base, ...pictures },
  extend: { action: 'extend', ...base, source, direction: 'forward' },
  fillGap: { action: 'fillGap', ...base, ...pictures, firstFrame: { kind: 'media', mediaId: 'm', sourceTicks: 0 } },
  inpaint: { action: 'inpaint', ...base, source, mask: null, edit: 'replace', references: [] },
  restyle: { action: 'restyle', ...base, source, mask: null, scope: 'everything', keepShapes: null },
  smooth: { action: 'smooth', ...base, prompt: '', packId: 'footage', source, rate: { num: 60, den: 1 } },
  soundtrack: {
    action: 'soundtrack',
    ...base,
    stem: 'ambience',
    source: null,
    sequenceRange: null,
    hitTicks: [],
    tempoBpm: null,
  },
  cleanSpeech: {
    action: 'cleanSpeech',
    ...base,
    prompt: '',
    packId: 'footage',
    source,
    soundStream: null,
    attenuationDb: 30,
  },
  enhance: {
    action: 'enhance',
    ...base,
    ...{ prompt: '', packId: 'footage', source, scale: 2, compressed: false, denoise: 0, deflicker: false },
  },
  cutOut: {
    action: 'cutOut',
    ...base,
    ...{ prompt: '', packId: '', source },
    mask: { kind: 'box', x: 0.25, y: 0.25, width: 0.5, height: 0.5, featherPx: 0 },
  },
};

export function sampleOf<A extends ActionKind>(action: A, changes: Partial<RequestOf<A>> = {}): RequestOf<A> {
  return { ...structuredClone(samples[action]), ...changes };
}

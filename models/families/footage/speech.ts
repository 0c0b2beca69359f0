/**
 * Finds speech in a recording with Silero VAD 6 (Silero Team, MIT).
 *
 * Graph contract (16 kHz): input f32[1,576] (the last 64 samples of the frame before, then 512 new ones, -1..1), state
 * f32[2,1,128] (zero at the start), sr i64[] = 16000 -> output f32[1,1] (probability that the 512 samples hold speech),
 * stateN f32[2,1,128] (given to the next run).
 */
import type { GraphSession } from '../pipeline.ts';

/** Sample rate that the graph expects, Hz. */
export const speechRateHz = 16000;

/** Samples of a frame: 32 ms. */
export const speechFrameSamples = 512;
const contextSamples = 64;
const stateDims = [2, 1, 128];
/** Silero's own defaults: speech begins at the first and ends below the second. */
const beginsAt = 0.5;
const endsBelow = 0.35;
/** Shorter bursts are dropped, as in Silero's own defaults. */
const shortestSpeechSeconds = 0.25;
/** Shorter pauses are filled: music that rises between two sentences would pump. */
const shortestPauseSeconds = 0.8;

/** Speech over the length of a sound. */
export interface SpeechCurve {
  /** One value per frame: 1 for speech, 0 for none. */
  readonly speaking: Uint8Array;
  readonly frameSeconds: number;
}

/** Finds speech in 16-bit mono sound at `speechRateHz`. */
export type SpeechFinder = (samples: Int16Array) => Promise<SpeechCurve>;

/** Finds speech. `checkCancelled` throws if the user cancelled; it is called about once per second of sound. */
export async function findSpeech(
  session: GraphSession,
  samples: Int16Array,
  checkCancelled: () => void,
): Promise<SpeechCurve> {
  const frameSeconds = speechFrameSamples / speechRateHz;
  return { speaking: speechIn(await probabilities(session, samples, checkCancelled), frameSeconds), frameSeconds };
}

/** Probability of speech for each frame of 32 ms; silence pads the last one. */
async function probabilities(
  session: GraphSession,
  samples: Int16Array,
  checkCancelled: () => void,
): Promise<Float32Array> {
  const found = new Float32Array(Math.ceil(samples.length / speechFrameSamples));
  const detector = new SpeechDetector(session);
  for (let frame = 0; frame < found.length; frame++) {
    if (frame % 32 === 0) checkCancelled();
    const part = samples.subarray(frame * speechFrameSamples, (frame + 1) * speechFrameSamples);
    found[frame] = await detector.hear(Float32Array.from(part, (sample) => sample / 32768));
  }
  return found;
}

/** Hears a recording frame by frame. */
export class SpeechDetector {
  private readonly session: GraphSession;
  private readonly before = new Float32Array(contextSamples);
  private state = new Float32Array(2 * 128);

  constructor(session: GraphSession) {
    this.session = session;
  }

  /** Probability of speech in the next `speechFrameSamples` samples, -1..1; silence pads a shorter last frame. */
  async hear(samples: Float32Array): Promise<number> {
    const input = new Float32Array(contextSamples + speechFrameSamples);
    input.set(this.before);
    input.set(samples, contextSamples);
    this.before.set(input.subarray(-contextSamples));
    const out = await this.session.run({
      input: { type: 'float32', data: input, dims: [1, input.length] },
      state: { type: 'float32', data: this.state, dims: stateDims },
      sr: { type: 'int64', data: BigInt64Array.of(BigInt(speechRateHz)), dims: [] },
    });
    const [output, next] = [out['output'], out['stateN']];
    if (output?.type !== 'float32' || next?.type !== 'float32')
      throw new Error('the speech graph gave no output and stateN');
    this.state = Float32Array.from(next.data);
    return output.data[0] ?? 0;
  }
}

/** Hysteresis over the probabilities; short bursts are dropped, short pauses filled. 1 = speech. */
export function speechIn(probability: Float32Array, frameSeconds: number): Uint8Array {
  const stretches: { from: number; to: number }[] = [];
  let begun: number | null = null;
  for (let frame = 0; frame <= probability.length; frame++) {
    const value = probability[frame] ?? 0;
    if (begun === null && value >= beginsAt) begun = frame;
    if (begun === null || value >= endsBelow) continue;
    stretches.push({ from: begun, to: frame });
    begun = null;
  }
  // join syllables, then drop what is still short, then join sentences
  const syllables = joined(stretches, 0.1 / frameSeconds);
  const speech = syllables.filter(({ from, to }) => (to - from) * frameSeconds >= shortestSpeechSeconds);
  const speaking = new Uint8Array(probability.length);
  for (const { from, to } of joined(speech, shortestPauseSeconds / frameSeconds)) speaking.fill(1, from, to);
  return speaking;
}

/** Joins stretches with fewer than `gap` frames between them. */
function joined(stretches: readonly { from: number; to: number }[], gap: number): { from: number; to: number }[] {
  const made: { from: number; to: number }[] = [];
  for (const { from, to } of stretches) {
    const last = made.at(-1);
    if (last && from - last.to < gap) last.to = to;
    else made.push({ from, to });
  }
  return made;
}

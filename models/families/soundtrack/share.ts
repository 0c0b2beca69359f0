/**
 * Levels of stems that are generated separately but play together, as on a timeline. Music and ambience are continuous,
 * so their loudness is predictable, and they share nearly all of the sum's loudness. Foley comes and goes over them and
 * fills what is left.
 */
import type { StemKind } from './contract.ts';
import { LoudnessMeter, powerOf } from './loudness.ts';
import type { MixTarget } from './mix.ts';
import { blockSamples, type SoundSource } from './soundStore.ts';

/** Relative levels of music and ambience (the bed), dB. */
const bedDb: Readonly<Record<'music' | 'ambience', number>> = { music: 0, ambience: -5 };
/** How far the bed stays under the sum if there is foley, dB. */
const roomForFoleyDb = 0.5;
/** Most that foley may exceed the sum's loudness while it sounds, dB: a lone footstep must not become a gunshot. */
const mostOverDb = 2;
/** Peak ceiling of a stem, dBTP, so that together they hardly ever exceed -1 dBTP; higher the fewer stems there are. */
function ceilingDb(kind: StemKind, bedCount: number, foleyIsThere: boolean): number {
  if (!isBed(kind)) return -7.5;
  return (foleyIsThere ? -6.5 : -4.5) + (bedCount > 1 ? -1 + 0.6 * bedDb[kind] : 0);
}

const isBed = (kind: StemKind): kind is 'music' | 'ambience' => kind !== 'foley';

function meterOf(sound: SoundSource): LoudnessMeter {
  const meter = new LoudnessMeter();
  for (let at = 0; at < sound.sampleCount; at += blockSamples) {
    const count = Math.min(blockSamples, sound.sampleCount - at);
    const [left, right] = [new Float32Array(count), new Float32Array(count)];
    sound.read(at, left, right);
    meter.push(left, right);
  }
  return meter;
}

/** Target for `sound` that gives its sum with the stems `besides` the loudness of `whole`. */
export function shareOf(kind: StemKind, sound: SoundSource, besides: readonly StemKind[], whole: MixTarget): MixTarget {
  const others = besides.filter((other) => other !== kind);
  if (others.length === 0) return whole;
  const kinds = [kind, ...others];
  const bed = kinds.filter(isBed);
  const bedLufs = whole.lufs - (bed.length < kinds.length ? roomForFoleyDb : 0);
  const truePeakDb = Math.min(whole.truePeakDb, ceilingDb(kind, bed.length, bed.length < kinds.length));
  if (isBed(kind)) {
    const power = bed.reduce((sum, each) => sum + 10 ** (bedDb[each] / 10), 0);
    return { lufs: bedLufs + bedDb[kind] - 10 * Math.log10(power), truePeakDb };
  }
  const meter = meterOf(sound);
  const alone = meter.integrated;
  if (!Number.isFinite(alone)) return { lufs: whole.lufs, truePeakDb };
  let [low, high] = [whole.lufs - 40 - alone, whole.lufs + mostOverDb - alone];
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2;
    if (meter.integratedOver(powerOf(bedLufs), 10 ** (middle / 10)) > whole.lufs) high = middle;
    else low = middle;
  }
  return { lufs: alone + low, truePeakDb };
}

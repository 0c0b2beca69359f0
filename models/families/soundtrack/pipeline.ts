/** The soundtrack pipeline: a request in, up to three stems out. Pure TypeScript; the context provides the graphs. */
import type { SpeechCurve } from '../footage/speech.ts';
import type { SoundtrackFamily } from '../pack.ts';
import type { SoundtrackContext, SoundtrackRequest, SoundtrackResult, StemKind } from './contract.ts';
import { analysePicture, type PictureAnalysis } from './features.ts';
import { generateMusic } from './generateMusic.ts';
import { generateSounds } from './generateSounds.ts';
import type { SoundKind } from './latents.ts';
import { defaultTarget, mixStems } from './mix.ts';
import { remakePart } from './part.ts';
import { plainSoundtrackPlanner, type SoundtrackPlan, type SoundtrackPlanner } from './planner.ts';
import { JobProgress } from './progress.ts';
import { shareOf } from './share.ts';
import { duckingFor, openStem, trackOf, type Stem } from './stemShape.ts';

export { estimateSoundtrack } from './estimate.ts';
export { analysePicture } from './features.ts';

/**
 * Generates a request's stems. Throws PipelineCancelled, RangeError for an impossible request, or Error if a graph
 * breaks its contract.
 */
export async function runSoundtrackPipeline(
  request: SoundtrackRequest,
  family: SoundtrackFamily,
  context: SoundtrackContext,
  planner: SoundtrackPlanner = plainSoundtrackPlanner,
): Promise<SoundtrackResult> {
  if (!(request.durationSeconds > 0 && request.durationSeconds <= 3600))
    throw new RangeError(`a soundtrack of ${request.durationSeconds} s cannot be made; 0 to 3600 s can`);
  if (request.stems.length === 0) throw new RangeError('no stem was asked for');
  context.checkCancelled();
  context.report({ fraction: 0, stage: 'text' });
  const picture = request.picture === null ? null : analysePicture(request.picture.frames, request.picture.fps);
  const speech = request.ownSound ? ((await context.findSpeech?.(request.ownSound)) ?? null) : null;
  return request.part
    ? makePart(request, request.part, { picture, speech }, family, context, planner)
    : makeWhole(request, { picture, speech }, family, context, planner);
}

/** Findings in the clip itself. */
interface Found {
  readonly picture: PictureAnalysis | null;
  readonly speech: SpeechCurve | null;
}

async function makePart(
  request: SoundtrackRequest,
  part: NonNullable<SoundtrackRequest['part']>,
  { picture, speech }: Found,
  family: SoundtrackFamily,
  context: SoundtrackContext,
  planner: SoundtrackPlanner,
): Promise<SoundtrackResult> {
  const [kind, ...others] = new Set(request.stems);
  if (others.length > 0 || kind === undefined) throw new RangeError('a part is regenerated in one stem at a time');
  const plan = await planner.plan(request.prompt, picture);
  const rootPlan = await planner.plan(part.rootPrompt, picture);
  const words = { plan, rootPlan, picture, speech };
  const { store, played, playedBy } = await remakePart(kind, request, part, words, family, context);
  return { stems: { [kind]: store }, ...describe(plan, played), playedBy };
}

async function makeWhole(
  request: SoundtrackRequest,
  { picture, speech }: Found,
  family: SoundtrackFamily,
  context: SoundtrackContext,
  planner: SoundtrackPlanner,
): Promise<SoundtrackResult> {
  const plan = await planner.plan(request.prompt, picture);
  const wanted = [...new Set(request.stems)];
  const progress = new JobProgress(wanted, context);
  const sampleCount = Math.round(request.durationSeconds * family.sampleRateHz);
  const stems = new Map<StemKind, Stem>();
  const open = (kind: StemKind): Stem => {
    const stem = openStem(kind, sampleCount, request.durationSeconds, context);
    stems.set(kind, stem);
    return stem;
  };
  const order = { request, plan, picture, family, context, progress };
  await generateSounds(
    wanted.filter((kind): kind is SoundKind => kind !== 'music'),
    order,
    open,
  );
  const music = wanted.includes('music')
    ? await generateMusic({ ...order, wishes: plan.music, cutSeconds: picture?.cuts ?? [] }, open('music'))
    : null;
  context.checkCancelled();
  progress.report(0, { stage: 'mix' });
  mix(stems, request, speech);
  context.report({ fraction: 1, stage: 'mix' });
  return {
    stems: Object.fromEntries([...stems].map(([kind, { store }]) => [kind, store])),
    ...describe(plan, music?.played ?? ''),
    playedBy: music?.playedBy ?? null,
  };
}

/** Mixes in place. A single stem that plays with others gets its share of the whole's loudness. */
function mix(stems: ReadonlyMap<StemKind, Stem>, request: SoundtrackRequest, speech: SpeechCurve | null): void {
  const tracks = [...stems].map(([kind, stem]) => trackOf(kind, stem, stems.size === 1, duckingFor(kind, speech)));
  const whole = { ...defaultTarget, lufs: request.loudnessLufs ?? defaultTarget.lufs };
  const [only] = stems;
  mixStems(
    tracks,
    only && stems.size === 1 && request.besides ? shareOf(only[0], only[1].store, request.besides, whole) : whole,
  );
}

/** The result's texts. `played` describes the music; '' = none. */
function describe({ reading }: SoundtrackPlan, played: string): Pick<SoundtrackResult, 'rewrittenPrompt' | 'reading'> {
  return {
    rewrittenPrompt: played === '' ? reading.text : `${reading.text} (music: ${played})`,
    reading,
  };
}

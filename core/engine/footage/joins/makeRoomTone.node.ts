/** A sound that goes on with its room tone: a take of sound alone. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExtendRequest } from '../../../actions/extend/schema.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { filter, FilterGraph } from '../../../ffmpeg/filterGraph.ts';
import { seconds } from '../../../ffmpeg/filterValue.ts';
import { runFfmpeg } from '../../../ffmpeg/run.node.ts';
import { secondsFromTicks } from '../../../time/ticks.ts';
import type { MakeOptions, Made, MakerContext, MakerDependencies } from '../../generation/made.ts';
import { openOwnSound } from '../../generation/ownSound.node.ts';
import { makeRecipe, recipeMetadata } from '../../generation/recipe.node.ts';
import { hashRequest } from '../../generation/requestHash.node.ts';
import type { ResolvedRequest, SourceRange } from '../../generation/resolved.ts';
import type { StageTimes } from '../../inference/stageClock.ts';
import type { FootageMethod } from '../methods.ts';
import { roomTone } from './roomTone.ts';

const sampleRate = 48000;
const channels = 2;
/** Sound before the seam in which the room is looked for. */
const tailSeconds = 6;
const noTimes: StageTimes = { loadSeconds: 0, stepSeconds: 0, codingSeconds: 0 };

/** Throws FailureError 'badRequest' for a source without sound, and as `runFfmpeg`. */
export async function makeRoomTone(
  resolved: ResolvedRequest<ExtendRequest>,
  method: FootageMethod,
  { appVersion, providers }: Pick<MakerDependencies, 'appVersion' | 'providers'>,
  context: MakerContext,
  { folder }: MakeOptions,
): Promise<Made> {
  const { request, source } = resolved;
  context.setDevice('CPU');
  if (!source?.file.facts.audio)
    throw new FailureError('badRequest', sentence('join.noSound', { name: source?.file.name ?? '' }));
  const rawPath = await writeRoomTone(source, request, folder, context.signal);
  const requestHash = hashRequest(request, resolved.inputKeys, method);
  const recipe = makeRecipe({
    ...{ resolved, requestHash, appVersion, instruments: null, notices: [] },
    by: { kind: 'footage', method, packs: [], times: noTimes, found: { way: 'roomTone' } },
    runtimeVersion: providers.runtimeVersion,
  });
  const path = join(folder, 'take.wav');
  const graph = new FilterGraph();
  const raw = graph.open({
    path: rawPath,
    format: 'f32le',
    options: [
      ['ar', sampleRate],
      ['ac', channels],
    ],
  });
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: path,
        streams: [raw.first('audio')],
        format: 'wav',
        options: [['c:a', 'pcm_s24le'], ['ar', sampleRate], ...recipeMetadata(recipe)],
      },
    ],
    signal: context.signal,
    about: source.file.path,
  });
  return {
    ...{ path, extension: 'wav', kind: 'audio', durationTicks: request.durationTicks, width: 0, height: 0 },
    ...{ rate: null, frameCount: 0, patch: null, plan: null, requestHash, recipe },
    by: { kind: 'footage', method, times: noTimes },
  };
}

/** Raw stereo of 32-bit floats, 48 kHz, as long as the request. Backwards it leads up to the source. */
export async function writeRoomTone(
  { file, startTicks, durationTicks }: SourceRange,
  request: Pick<ExtendRequest, 'direction' | 'durationTicks' | 'seed'>,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const forward = request.direction === 'forward';
  const [start, end] = [secondsFromTicks(startTicks), secondsFromTicks(startTicks + durationTicks)];
  const graph = new FilterGraph();
  const own = await openOwnSound(graph, file, folder, signal);
  if (!own) throw new FailureError('badRequest', sentence('join.noSound', { name: file.name }), file.path);
  const range = forward
    ? { start: seconds(Math.max(start, end - tailSeconds)), end: seconds(end) }
    : { start: seconds(start), end: seconds(Math.min(end, start + tailSeconds)) };
  const tailPath = join(folder, 'tail.f32');
  await runFfmpeg({
    graph,
    outputs: [
      {
        to: tailPath,
        streams: [graph.chain([own], [filter('atrim', range)])],
        format: 'f32le',
        options: [
          ['ar', sampleRate],
          ['ac', channels],
        ],
      },
    ],
    signal,
    about: file.path,
  });
  const bytes = await readFile(tailPath);
  const tail = new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  const count = Math.round(secondsFromTicks(request.durationTicks) * sampleRate);
  const outwards = forward ? tail : reversed(tail);
  const tone = roomTone(outwards, count, sampleRate, request.seed);
  const path = join(folder, 'tone.f32');
  await writeFile(path, new Uint8Array((forward ? tone : reversed(tone)).buffer));
  return path;
}

function reversed(sound: Float32Array): Float32Array {
  const frames = sound.length / channels;
  const back = new Float32Array(sound.length);
  for (let i = 0; i < frames; i++)
    for (let channel = 0; channel < channels; channel++)
      back[i * channels + channel] = sound[(frames - 1 - i) * channels + channel]!;
  return back;
}

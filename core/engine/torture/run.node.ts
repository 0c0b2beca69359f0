/**
 * Takes one file through Framewright: import, preview, one timeline of everything, export. In this process. What came
 * of it is decoded later, together with that of other files.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createProject } from '../../document/create.ts';
import { FailureError } from '../../contract/errors.ts';
import type { MediaItem, ProjectDocument } from '../../document/schema.ts';
import { makeProxy } from '../media/makeProxy.node.ts';
import { recordedContext, renderAlone, type RenderAlone } from '../render/testing/renderAlone.node.ts';
import { mediaClip } from '../render/testing/numberedVideo.node.ts';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import type { KnownFile } from '../media/factsStore.node.ts';
import { decodeFiles, type DecodeJob, type Decoded } from './decode.node.ts';
import type { Made, Output } from './judge.ts';
import { frameOf, grid, turnBack, turnedGrid } from './signal.ts';
import { frameCountOf, planPieces, type Extent, type Piece } from './timeline.ts';
import type { TortureCase } from './torture.ts';
import type { Truth } from './truth.node.ts';

/** What became of a file. */
export type Outcome = { readonly refused: string } | { readonly failed: string } | { readonly made: Made };

/** A file that was taken through Framewright; its films are still to be decoded. */
type Rendered = Omit<Made, 'film' | 'preview'> & {
  readonly film: DecodeJob;
  /** Frames that were read already, or a film; null = not looked at. */
  readonly preview: Output | DecodeJob | null;
};
type RunOutcome = Exclude<Outcome, { readonly made: Made }> | { readonly rendered: Rendered };

/** Rate of timelines for sound alone. */
const soundRate: Rate = { num: 25, den: 1 };

/** How and where a file is taken through Framewright. */
export interface CaseOptions {
  /** A folder of this run alone, for the caller to remove. */
  readonly work: string;
  readonly assets: string;
  readonly extent?: Extent;
  /** Looks at the proxy, or at the frames that stand in for the window's, too. On by default. */
  readonly preview?: boolean;
}

/** Takes a file through Framewright. */
export async function runCase(
  made: TortureCase,
  path: string,
  truth: Truth,
  options: CaseOptions,
): Promise<RunOutcome> {
  const { work, assets, extent = 'all', preview = true } = options;
  await mkdir(work, { recursive: true });
  try {
    const rate = made.picture?.rate ?? soundRate;
    const document = createProject('Torture', { width: 64, height: 48, rate });
    const alone = renderAlone(document, work, assets);
    const { imported, refused } = await alone.media.import(document.id, [path]);
    const item = imported[0];
    if (!item) return { refused: refused[0]?.message ?? 'no reason' };
    document.media[item.id] = item;
    return { rendered: await playAndExport(made, item, { document, alone, truth, rate, work, extent, preview }) };
  } catch (error) {
    if (error instanceof FailureError) return { failed: error.message };
    return { failed: String(error instanceof Error ? error.stack : error) };
  }
}

/** Decodes what runs have made, all of it together. */
export async function decodeOutcomes(outcomes: readonly RunOutcome[]): Promise<Outcome[]> {
  const rendered = outcomes.flatMap((outcome) => ('rendered' in outcome ? [outcome.rendered] : []));
  const jobs = rendered.flatMap(({ film, preview }) => [film, ...(preview && 'path' in preview ? [preview] : [])]);
  const decoded = await decodeFiles(jobs);
  const decodedOf = (job: DecodeJob): Decoded => decoded[jobs.indexOf(job)]!;
  return outcomes.map((outcome) => {
    if (!('rendered' in outcome)) return outcome;
    const { film, preview } = outcome.rendered;
    const looked = preview && 'path' in preview ? decodedOf(preview) : preview;
    return { made: { ...outcome.rendered, film: decodedOf(film), preview: looked } };
  });
}

interface Scene {
  readonly document: ProjectDocument;
  readonly alone: RenderAlone;
  readonly truth: Truth;
  readonly rate: Rate;
  readonly work: string;
  readonly extent: Extent;
  readonly preview: boolean;
}

async function playAndExport(made: TortureCase, item: MediaItem, scene: Scene): Promise<Rendered> {
  const { alone, document, rate, truth, work, extent } = scene;
  const known = await alone.media.mediaFacts(document.id, item.id);
  const isImage = item.kind === 'image';
  const pieces = planPieces(slotsOf(truth, rate), rate, extent);
  layPieces(document, item, pieces, rate);
  const notices: string[] = [];
  const film = await exportFilm(made, item, scene, pieces, notices);
  const preview = isImage || !scene.preview ? null : await playPreview(made, item, known, work, alone, rate, truth);
  const { facts } = known;
  return {
    grid: item.video?.rate ?? null,
    lengthSeconds: secondsFromTicks(item.durationTicks),
    isImage,
    soundStreams: facts.sounds.length,
    hasPicture: item.video !== null,
    pieces,
    rate,
    film,
    preview,
    damage: facts.damage.map(({ what }) => what.text),
    said: [...facts.remarks.map(({ text }) => text), ...facts.damage.map(({ what }) => what.text), ...notices],
  };
}

/** Slots of the source by the truth, not by what was imported. */
function slotsOf({ pictureEndSeconds, sounds }: Truth, { num, den }: Rate): number {
  const heard = sounds.at(-1)?.endSeconds ?? 0;
  // sound that goes on after the picture shows the last frame
  const end = pictureEndSeconds === null || heard > pictureEndSeconds + 0.25 ? heard : pictureEndSeconds;
  return Math.max(1, end === pictureEndSeconds ? Math.round((end * num) / den) : Math.floor((end * num) / den));
}

function layPieces(document: ProjectDocument, item: MediaItem, pieces: readonly Piece[], rate: Rate): void {
  const sequence = document.sequences[document.activeSequenceId]!;
  // sequences have even sizes
  const even = (length: number) => Math.ceil(length / 2) * 2;
  if (item.video) Object.assign(sequence, { width: even(item.video.width), height: even(item.video.height) });
  const track = (role: string) => sequence.tracks.find((each) => each.role === role)!;
  for (const piece of pieces) {
    const startTicks = ticksAtFrame(piece.startFrame, rate);
    const changes = {
      startTicks,
      durationTicks: ticksAtFrame(piece.startFrame + piece.frameCount, rate) - startTicks,
      sourceInTicks: ticksAtFrame(piece.slot, rate),
      speed: piece.speed,
      reversed: piece.reversed,
    };
    if (item.video) track('picture').clips.push(mediaClip(item, 0, 1, changes));
    if (item.audio) track('speech').clips.push(mediaClip(item, 0, 1, changes));
  }
}

async function exportFilm(
  made: TortureCase,
  item: MediaItem,
  { document, alone, work }: Scene,
  pieces: readonly Piece[],
  notices: string[],
): Promise<DecodeJob> {
  const outputPath = join(work, item.video ? 'film.mkv' : 'film.wav');
  const context = recordedContext();
  await alone.render.runExport(
    {
      kind: 'export',
      projectId: document.id,
      settings: {
        preset: item.video ? 'lossless' : 'wav-mix',
        outputPath,
        sequenceId: document.activeSequenceId,
        range: null,
        width: null,
        height: null,
        crf: null,
      },
    },
    context,
  );
  notices.push(...context.notices);
  if (frameCountOf(pieces) === 0) throw new Error('a timeline without frames');
  return { path: outputPath, request: { picture: item.video !== null, sound: true, turn: made.picture?.turn } };
}

/** The proxy where one is made, else the frames of the project's own reader. */
async function playPreview(
  made: TortureCase,
  item: MediaItem,
  known: KnownFile,
  work: string,
  alone: RenderAlone,
  rate: Rate,
  truth: Truth,
): Promise<Output | DecodeJob | null> {
  if (known.facts.proxyReason !== null) {
    const path = join(work, 'proxy.mp4');
    const { audio } = known.facts;
    const sound = audio && (await alone.media.readableSound(known, audio));
    await makeProxy(known.path, known.facts, sound, path, () => undefined);
    const { turn } = made.picture ?? {};
    return { path, request: { picture: item.video !== null, sound: item.audio !== null, turn } };
  }
  // the window decodes the original: it is read here as generations read it
  if (!item.video) return null;
  const turn = made.picture?.turn ?? { degrees: 0 };
  const { columns, rows } = turnedGrid(turn);
  const inside = 3;
  const frames = await alone.media.readFrames({
    path: known.path,
    startTicks: 0,
    frameCount: slotsOf(truth, rate),
    fps: rate.num / rate.den,
    width: columns * inside,
    height: rows * inside,
  });
  const size = columns * rows * inside * inside;
  const numbers = Array.from({ length: frames.frameCount }, (_, frame) => {
    const blocks = Array.from({ length: grid.columns * grid.rows }, (_, block) => {
      const x = (block % columns) * inside + 1;
      const y = Math.floor(block / columns) * inside + 1;
      return frames.data[(frame * size + y * columns * inside + x) * 3 + 1]!;
    });
    return frameOf(turnBack(blocks, turn));
  });
  return { numbers, samples: new Float32Array(0) };
}

/** From files named on the command line to a resolved request. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import sharp from 'sharp';
import type { StemKind } from '../../../models/families/soundtrack/contract.ts';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { RequestBase } from '../../actions/requestBase.ts';
import type { GenerationRequest } from '../../actions/schema.ts';
import type { SoundtrackRequest } from '../../actions/soundtrack/schema.ts';
import type { Mask, SourceRef } from '../../document/refs.ts';
import { assertNever } from '../../time/assertNever.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../time/ticks.ts';
import { contentKeyOf } from '../../disk/contentKey.node.ts';
import { plainSource } from '../media/locateSource.node.ts';
import { probeFile } from '../media/probe.node.ts';
import { requireWritableFolder } from '../../disk/wholeFile.node.ts';
import { requirePossible } from './requirePossible.ts';
import type { FileGeneration, FileMask } from './fileGeneration.ts';
import { stemRecipe } from './stemRecipe.node.ts';
import type { Picture, ResolvedMask, ResolvedRequest, SourceFile, SourceRange } from './resolved.ts';

/** Probes a file as the source of a request. Throws FailureError as `probeFile`. */
export async function openSourceFile(path: string): Promise<SourceFile> {
  const full = resolve(path);
  const facts = await probeFile(full);
  return { ...plainSource({ path: full, contentKey: await contentKeyOf(full), facts }), name: basename(full) };
}

const endings: Readonly<Record<FileGeneration['action'], readonly string[]>> = {
  generate: ['.mp4', '.png'],
  inpaint: ['.mp4', '.mkv', '.png'],
  restyle: ['.mp4', '.mkv', '.png'],
  extend: ['.mp4', '.mkv'],
  soundtrack: ['.mp4', '.wav'],
};

/** Before anything is made: can the result be written, under a name that says what it is? */
export async function checkOutput(request: FileGeneration): Promise<void> {
  const output = resolve(request.outputPath);
  const allowed = endings[request.action];
  if (!allowed.includes(extname(output).toLowerCase()))
    throw new FailureError(
      'badRequest',
      `${basename(output)}: the result of ${request.action} is written as ${allowed.join(' or ')}.`,
      output,
    );
  if ('inputPath' in request && request.inputPath !== null && resolve(request.inputPath) === output)
    throw new FailureError('badRequest', `${basename(output)} is the input: give the result another name.`, output);
  await requireWritableFolder(dirname(output));
}

type Common = Omit<RequestBase, 'durationTicks'>;

/** One resolved request, or one a stem for a soundtrack. `stillTicks`: one frame of the pack, for pictures. */
export async function resolveFiles(
  request: FileGeneration,
  packId: string,
  seed: number,
  stillTicks: number,
): Promise<readonly ResolvedRequest[]> {
  const common = {
    prompt: request.prompt,
    seed,
    steps: request.steps,
    guidance: request.guidance,
    packId,
  };
  switch (request.action) {
    case 'generate': {
      const picture = extname(request.outputPath).toLowerCase() === '.png';
      const first = await pictureOf(request.firstFramePath);
      const last = await pictureOf(request.lastFramePath);
      const references = await Promise.all(request.referencePaths.map((path) => pictureOf(path)));
      const asked = {
        ...common,
        action: 'generate' as const,
        durationTicks: picture ? stillTicks : ticksFromSeconds(request.seconds),
        firstFrame: ref(first),
        lastFrame: ref(last),
        references: references.map(ref).filter((item) => item !== null),
        upscale: request.upscale ?? null,
      };
      return [
        build(asked, { firstFrame: first, lastFrame: last, references: references.filter((item) => item !== null) }),
      ];
    }
    case 'inpaint':
    case 'restyle': {
      const file = await openSourceFile(request.inputPath);
      needPicture(file);
      const range = {
        file,
        startTicks: 0,
        durationTicks: file.facts.kind === 'image' ? stillTicks : file.facts.durationTicks,
      };
      const mask = request.mask && (await maskOf(request.mask, file, request.featherPx));
      const edited = {
        ...common,
        durationTicks: range.durationTicks,
        source: wholeInput(range),
        mask: mask?.kind === 'drawn' ? mask.mask : null,
      };
      const asked: GenerationRequest =
        request.action === 'inpaint'
          ? { ...edited, action: 'inpaint', edit: request.edit, references: [] }
          : { ...edited, action: 'restyle', keepShapes: request.keepShapes, scope: request.scope };
      if (request.action === 'restyle' && request.scope === 'masked' && !mask)
        throw new FailureError(
          'badRequest',
          'Give --mask to mark what should change, or use restyle for the whole picture.',
        );
      return [build(asked, { source: range, mask }, mask?.kind === 'video')];
    }
    case 'extend': {
      const file = await openSourceFile(request.inputPath);
      needPicture(file);
      const range = { file, startTicks: 0, durationTicks: Math.max(1, file.facts.durationTicks) };
      return [
        build(
          {
            ...common,
            action: 'extend',
            durationTicks: ticksFromSeconds(request.seconds),
            direction: request.direction,
            source: wholeInput(range),
          },
          { source: range },
        ),
      ];
    }
    case 'soundtrack': {
      const stemOf = (stem: StemKind, durationTicks: number): SoundtrackRequest => ({
        ...common,
        action: 'soundtrack',
        durationTicks,
        stem,
        source: null,
        sequenceRange: null,
        hitTicks: request.hitSeconds.map(ticksFromSeconds),
        tempoBpm: request.tempoBpm,
        loudnessLufs: request.loudnessLufs ?? null,
      });
      if (request.inputPath === null) {
        if (request.prompt.trim() === '')
          throw new FailureError('badRequest', 'Describe the sound: without a film there is nothing else to go by.');
        if (extname(request.outputPath).toLowerCase() !== '.wav')
          throw new FailureError(
            'badRequest',
            `${basename(request.outputPath)}: sound without a film is written as .wav.`,
            request.outputPath,
          );
        return request.stems.map((stem) => build(stemOf(stem, ticksFromSeconds(request.seconds ?? 0)), {}));
      }
      const file = await openSourceFile(request.inputPath);
      if (file.facts.kind === 'image')
        throw new FailureError(
          'badRequest',
          `${file.name} is a picture: a soundtrack needs a video or a sound file.`,
          file.path,
        );
      const range = { file, startTicks: 0, durationTicks: file.facts.durationTicks };
      if (request.part) return [await partOf(request, request.part, common, range)];
      return request.stems.map((stem) =>
        build(
          {
            ...stemOf(stem, range.durationTicks),
            source: wholeInput(range),
          },
          { source: range },
        ),
      );
    }
    default:
      return assertNever(request);
  }
}

/** The stem's own recipe says which stem it is and what the whole was made with. */
async function partOf(
  request: Extract<FileGeneration, { action: 'soundtrack' }>,
  part: NonNullable<typeof request.part>,
  common: Common,
  range: SourceRange,
): Promise<ResolvedRequest> {
  const file = await openSourceFile(part.stemPath);
  const recipe = await stemRecipe(file);
  const [only] = request.stems;
  const stem = request.stems.length === 1 && only ? only : recipe?.parameters.stem;
  if (!stem)
    throw new FailureError('badRequest', `${file.name} does not say which stem it is: give --only.`, file.path);
  const { durationTicks } = file.facts;
  const startTicks = ticksFromSeconds(part.fromSeconds);
  if (startTicks >= durationTicks)
    throw new FailureError(
      'badRequest',
      `${file.name} is ${secondsFromTicks(durationTicks).toFixed(1)} s long: the range begins after its end.`,
      file.path,
    );
  const anew = {
    startTicks,
    durationTicks: Math.min(durationTicks, ticksFromSeconds(part.toSeconds)) - startTicks,
    prompt: request.prompt,
  };
  const root = {
    rootPrompt: recipe?.part?.rootPrompt ?? recipe?.prompt ?? request.prompt,
    rootSeed: recipe?.part?.rootSeed ?? recipe?.seed ?? common.seed,
  };
  const asked: SoundtrackRequest = {
    ...common,
    action: 'soundtrack',
    sequenceRange: null,
    prompt: root.rootPrompt,
    durationTicks,
    stem,
    hitTicks: request.hitSeconds.map(ticksFromSeconds),
    tempoBpm: request.tempoBpm ?? recipe?.parameters.tempoBpm ?? null,
    part: { takeId: 'stem', ...anew },
    source: wholeInput(range),
  };
  return build(asked, {
    source: { ...range, durationTicks: Math.min(range.durationTicks, durationTicks) },
    part: { file, ...anew, ...root },
  });
}

function build(
  request: GenerationRequest,
  parts: Partial<Pick<ResolvedRequest, 'firstFrame' | 'lastFrame' | 'references' | 'source' | 'mask' | 'part'>>,
  maskIsVideo = false,
): ResolvedRequest {
  // a mask that is a video is not part of the request, but counts as a mask
  requirePossible(
    maskIsVideo && 'mask' in request
      ? { ...request, mask: { kind: 'box', x: 0, y: 0, width: 1, height: 1, featherPx: 0 } }
      : request,
  );
  const resolved: ResolvedRequest = {
    inputKeys: [],
    request,
    firstFrame: null,
    lastFrame: null,
    references: [],
    source: null,
    mask: null,
    renderPicture: null,
    sourceOffsetTicks: 0,
    parentTakeId: null,
    ...parts,
  };
  const files = [
    resolved.source?.file,
    ...(resolved.part ? [resolved.part.file] : []),
    resolved.firstFrame?.file,
    resolved.lastFrame?.file,
    ...resolved.references.map((picture) => picture.file),
    resolved.mask?.kind === 'video' ? resolved.mask.file : undefined,
  ];
  return { ...resolved, inputKeys: files.map((file) => file?.contentKey ?? '') };
}

/** The one file that an edit on the command line is of. */
function wholeInput({ durationTicks }: SourceRange): SourceRef {
  return { kind: 'media', id: 'input', startTicks: 0, durationTicks };
}

function ref(picture: Picture | null) {
  return picture && { kind: 'media' as const, mediaId: picture.file.name.slice(0, 64), sourceTicks: picture.ticks };
}

async function pictureOf(path: string): Promise<Picture>;
async function pictureOf(path: string | null): Promise<Picture | null>;
async function pictureOf(path: string | null): Promise<Picture | null> {
  if (path === null) return null;
  const file = await openSourceFile(path);
  needPicture(file);
  return { file, ticks: 0 };
}

function needPicture(file: SourceFile): void {
  if (!file.facts.video)
    throw new FailureError('badRequest', sentence('media.noPicture', { name: file.name }), file.path);
}

async function maskOf(mask: FileMask, source: SourceFile, featherPx: number): Promise<ResolvedMask> {
  const { width, height } = source.facts.video ?? { width: 1, height: 1 };
  if (mask.kind === 'box') {
    if (mask.x >= width || mask.y >= height || mask.x + mask.width <= 0 || mask.y + mask.height <= 0) {
      const box = `${mask.x},${mask.y},${mask.width},${mask.height}`;
      const picture = `${source.name}, which is ${width}x${height}`;
      throw new FailureError('badRequest', `The box ${box} lies outside ${picture}.`);
    }
    const box: Mask = {
      kind: 'box',
      x: mask.x / width,
      y: mask.y / height,
      width: mask.width / width,
      height: mask.height / height,
      featherPx,
    };
    return { kind: 'drawn', mask: box };
  }
  const path = resolve(mask.path);
  const file = await openSourceFile(path);
  needPicture(file);
  const own = file.facts.video!;
  if (Math.abs((own.width * height) / (own.height * width) - 1) > 0.01) {
    throw new FailureError(
      'badRequest',
      `${file.name} is ${own.width}x${own.height} and ${source.name} ${width}x${height}: ` +
        'a mask must have the shape of its picture.',
      path,
    );
  }
  if (file.facts.kind !== 'image') return { kind: 'video', file, featherPx };
  const png = await sharp(await readFile(path))
    .autoOrient()
    .png()
    .toBuffer();
  return {
    kind: 'drawn',
    mask: { kind: 'painted', png: `data:image/png;base64,${png.toString('base64')}`, featherPx },
  };
}

/**
 * Builds assets/demo from assets/demo/media: a short film with cuts, crossfades, titles and a soundtrack whose three
 * stems are takes of the starter pack. Run `node e2e/demo/makeDemo.mjs` after changes to the pack or the footage.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClip, defaultTitle } from '../../core/document/create.ts';
import type { GenerateRequest } from '../../core/actions/generate/schema.ts';
import type { InpaintRequest } from '../../core/actions/inpaint/schema.ts';
import type { Clip, GenerationRequest, Take } from '../../core/document/schema.ts';
import { createEngine } from '../../core/engine/engine.node.ts';
import { forkInference } from '../../core/engine/inference/forkInference.node.ts';
import { applyCommand, commandEntry } from '../../core/commands/history.ts';
import type { CommandName, CommandParams } from '../../core/commands/commands.ts';
import { takeFileOf } from '../../core/document/names.ts';
import type { JournalEntry } from '../../core/document/journal.ts';
import { silentLogger } from '../../core/host/logger.node.ts';
import { enginePathsIn } from '../../core/host/paths.node.ts';
import { ticksPerSecond } from '../../core/time/ticks.ts';

const execute = promisify(execFile);
const name = 'A day in the storybook';
const second = ticksPerSecond;
/** Placeholder for the media folder; the engine writes the real one when it copies the demo (projectHandlers). */
const demoFolder = '{demo}';
const shotSeconds = 4;
/** Shown after the film: soundtracks that words make for a shot, with the words as titles. */
const showcases = [
  { file: '06 car in the desert.mp4', prompt: "an all-terrain vehicle's engine revving under a guitar", seed: 7 },
  { file: '07 fox in the forest.mp4', prompt: 'leaves rustling and twigs snapping under an orchestra', seed: 7 },
] as const;
const showcaseSeconds = 5;
const portrait = 'a girl.png';
/** Shown last: clips from words alone, from a drawing, from a take, and a long one. */
const pictures: readonly { prompt: string; seconds: number; seed: number; portrait?: boolean; order?: string }[] = [
  { prompt: 'a small hippo swims', seconds: 4, seed: 5 },
  { prompt: 'a DJ in a pink vest plays records, a cheetah beside her', seconds: 4, seed: 3, portrait: true },
  {
    prompt: 'a big penguin dances in the snow by day',
    seconds: 4,
    seed: 2,
    order: 'dress the penguin in a red lace gown',
  },
  { prompt: 'a person walks on the beach at sunset', seconds: 2, seed: 4, portrait: true },
  { prompt: 'a person stands still in the snow by day', seconds: 2, seed: 4, portrait: true },
  { prompt: 'a person dances in a room', seconds: 2, seed: 4, portrait: true },
  { prompt: 'a person walks in the city at night', seconds: 2, seed: 4, portrait: true },
  { prompt: 'a giraffe walks in the desert at sunset', seconds: 16, seed: 6 },
  { prompt: 'a panda walks in a meadow by day', seconds: 60, seed: 8 },
];

export async function makeDemo(root: string): Promise<void> {
  const demo = join(root, 'assets/demo');
  const media = join(demo, 'media');
  const files = (await readdir(media))
    .filter((file) => file.endsWith('.mp4') || file === portrait)
    .toSorted()
    .map((file) => join(media, file));
  const home = await mkdtemp(join(tmpdir(), 'framewright-demo-'));
  const paths = { ...enginePathsIn(home), builtInPacks: join(root, 'models/packs'), assets: join(root, 'assets') };
  const engine = await createEngine({
    paths,
    logger: silentLogger,
    spawnInference: forkInference(join(root, 'dist/host/inferenceProcess.mjs')),
    appVersion: '0.1.0',
    persistJobs: false,
  });
  try {
    const opened = await engine.projects.create({
      name,
      folder: home,
      width: 1280,
      height: 720,
      rate: { num: 24, den: 1 },
    });
    const { imported, refused } = await engine.media.import(opened.projectId, files);
    if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
    let document = opened.document;
    let seq = opened.nextSeq;
    const run = async <N extends CommandName>(command: N, params: CommandParams[N]) => {
      const applied = applyCommand(document, command, params);
      const entry: JournalEntry = commandEntry(seq++, command, applied, new Date().toISOString());
      document = applied.document;
      await engine.projects.append(opened.projectId, [entry]);
    };
    const sequenceId = document.activeSequenceId;
    const track = (role: string) => document.sequences[sequenceId]!.tracks.find((each) => each.role === role)!.id;

    await run('addMedia', { items: imported });
    const filmed = imported.filter(
      ({ name: file }) => file !== portrait && !showcases.some((showcase) => showcase.file === file),
    );
    const shots: Clip[] = filmed.map((item, index) => ({
      ...createClip(
        item.name.replace(/^\d+ |\.mp4$/g, ''),
        { kind: 'media', mediaId: item.id },
        index * shotSeconds * second,
        shotSeconds * second,
      ),
      sourceInTicks: second / 2,
    }));
    await run('addClips', {
      sequenceId,
      mode: 'overwrite',
      clips: shots.map((clip) => ({ trackId: track('picture'), clip })),
    });
    for (const index of [0, 2, 3]) {
      const [from, to] = [shots[index], shots[index + 1]];
      if (from && to)
        await run('addTransition', { sequenceId, fromClipId: from.id, toClipId: to.id, durationTicks: second });
    }
    const titles: [string, number, number, Partial<typeof defaultTitle>][] = [
      [name, 0.5, 3, { sizePx: 84 as 72 }],
      ['The end', shots.length * shotSeconds - 2.5, 2.2, {}],
    ];
    for (const [text, from, length, look] of titles) {
      const clip = {
        ...createClip(
          text,
          { ...defaultTitle, ...look, text },
          Math.round(from * 24) * (second / 24),
          Math.round(length * 24) * (second / 24),
        ),
        fadeInTicks: second / 2,
        fadeOutTicks: second / 2,
      };
      await run('addClips', { sequenceId, mode: 'overwrite', clips: [{ trackId: track('titles'), clip }] });
    }
    const durationTicks = shots.length * shotSeconds * second;
    const makeTake = async (
      clipId: string,
      request: GenerationRequest,
      finish: (take: Take) => Promise<Take> = (take) => Promise.resolve(take),
    ): Promise<Take> => {
      const submitted = await engine.jobs.submit({ kind: 'generation', projectId: opened.projectId, clipId, request });
      const job = await engine.jobs.finished(submitted.id);
      if (!job.take) throw new Error(`${request.prompt}: ${job.failure?.message ?? 'no take'}`);
      const take = await finish(job.take);
      await run('addTake', { take, clipId });
      return take;
    };
    const makeStem = async (
      stem: 'ambience' | 'foley' | 'music',
      prompt: string,
      volumeDb: number,
      seed: number,
      range: { startTicks: number; durationTicks: number },
    ): Promise<void> => {
      const request: GenerationRequest = {
        action: 'soundtrack',
        prompt,
        seed,
        steps: null,
        guidance: null,
        packId: 'starter',
        durationTicks: range.durationTicks,
        source: null,
        stem,
        sequenceRange: { sequenceId, ...range },
        hitTicks: [],
        tempoBpm: null,
      };
      const clip: Clip = {
        ...createClip(prompt.slice(0, 60), { kind: 'generated' }, range.startTicks, range.durationTicks),
        volumeDb,
        generation: { request, takeIds: [], activeTakeId: null, failure: null },
      };
      await run('addClips', { sequenceId, mode: 'overwrite', clips: [{ trackId: track(stem), clip }] });
      await makeTake(clip.id, request, (take) => smaller(opened.folder, take));
    };
    for (const [stem, prompt, volumeDb] of [
      ['ambience', 'sea waves, wind', -14],
      ['foley', 'footsteps on sand', -6],
      ['music', 'happy, playful, piano', -8],
    ] as const) {
      await makeStem(stem, prompt, volumeDb, 7, { startTicks: 0, durationTicks });
    }
    const sayOver = async (words: string, range: { startTicks: number; durationTicks: number }): Promise<void> => {
      const title = createClip(
        words,
        { ...defaultTitle, sizePx: 34 as 72, text: words },
        range.startTicks,
        range.durationTicks,
      );
      await run('addClips', {
        sequenceId,
        mode: 'overwrite',
        clips: [
          {
            trackId: track('titles'),
            clip: {
              ...title,
              transform: { ...title.transform, y: 300 },
              fadeInTicks: second / 2,
              fadeOutTicks: second / 2,
            },
          },
        ],
      });
    };
    for (const [index, { file, prompt, seed }] of showcases.entries()) {
      const item = imported.find((each) => each.name === file);
      if (!item) throw new Error(`${file} is not in ${media}`);
      const range = {
        startTicks: durationTicks + index * showcaseSeconds * second,
        durationTicks: showcaseSeconds * second,
      };
      const shot = createClip(
        file.replace(/^\d+ |\.mp4$/g, ''),
        { kind: 'media', mediaId: item.id },
        range.startTicks,
        range.durationTicks,
      );
      await run('addClips', { sequenceId, mode: 'overwrite', clips: [{ trackId: track('picture'), clip: shot }] });
      await sayOver(`‘${prompt}’`, range);
      await makeStem('foley', prompt, -4, seed, range);
      await makeStem('music', prompt, -6, seed, range);
    }
    const girl = imported.find((each) => each.name === portrait);
    if (!girl) throw new Error(`${portrait} is not in ${media}`);
    let startTicks = durationTicks + showcases.length * showcaseSeconds * second;
    for (const { prompt, seconds, seed, portrait: fromPortrait, order: change } of pictures) {
      const range = { startTicks, durationTicks: seconds * second };
      const request: GenerateRequest = {
        action: 'generate',
        prompt,
        seed,
        steps: null,
        guidance: null,
        packId: 'starter',
        durationTicks: range.durationTicks,
        firstFrame: null,
        lastFrame: null,
        references: fromPortrait ? [{ kind: 'media', mediaId: girl.id, sourceTicks: 0 }] : [],
      };
      const clip: Clip = {
        ...createClip(prompt.slice(0, 60), { kind: 'generated' }, range.startTicks, range.durationTicks),
        generation: { request, takeIds: [], activeTakeId: null, failure: null },
      };
      await run('addClips', { sequenceId, mode: 'overwrite', clips: [{ trackId: track('picture'), clip }] });
      const take = await makeTake(clip.id, request);
      if (change) {
        // Over the whole height and half the width: she dances.
        const { firstFrame: _first, lastFrame: _last, ...basis } = request;
        const order: InpaintRequest = {
          ...basis,
          action: 'inpaint',
          edit: null,
          prompt: change,
          source: { kind: 'take', id: take.id, startTicks: 0, durationTicks: range.durationTicks },
          mask: { kind: 'box', x: 0.25, y: 0.1, width: 0.5, height: 0.9, featherPx: 6 },
        };
        await run('setGeneration', { sequenceId, clipId: clip.id, request: order });
        await makeTake(clip.id, order);
      }
      await sayOver(`‘${change ?? prompt}’${fromPortrait ? ', from a drawing' : ''}`, {
        startTicks,
        durationTicks: Math.min(seconds, 5) * second,
      });
      startTicks += range.durationTicks;
    }
    await engine.projects.close(opened.projectId);

    const target = join(demo, `${name}.fwproj`);
    await rm(target, { recursive: true, force: true });
    await cp(join(opened.folder, 'takes'), join(target, 'takes'), { recursive: true });
    // written elsewhere: each copy becomes a project of its own (projectStore)
    const project = (await readFile(join(opened.folder, 'project.json'), 'utf8'))
      .replaceAll(JSON.stringify(media).slice(1, -1), `${demoFolder}/media`)
      .replaceAll(JSON.stringify(opened.folder).slice(1, -1), 'the maker’s folder');
    await writeFile(join(target, 'project.json'), project);
  } finally {
    await engine.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Converts a stem to AAC, since three of 20 s would take 11 MB as WAV. The take's recipe records it. */
async function smaller(folder: string, take: Take): Promise<Take> {
  const takes = join(folder, 'takes');
  const temporary = join(takes, 'recoded.m4a');
  await execute('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    join(takes, take.file),
    '-c:a',
    'aac',
    '-b:a',
    '128k',
    '-map_metadata',
    '-1',
    temporary,
  ]);
  const sha256 = createHash('sha256')
    .update(await readFile(temporary))
    .digest('hex');
  const file = takeFileOf(`${sha256}.m4a`);
  await rename(temporary, join(takes, file));
  await rm(join(takes, take.file));
  const kept = join(takes, `${take.id}.take.json`);
  await writeFile(kept, (await readFile(kept, 'utf8')).replaceAll(take.file, file));
  return { ...take, file };
}

/**
 * The reference timeline: three 720p30 clips, two one-second crossfades, a title and music; 16 s. ffmpeg generates the
 * media; the document is made in memory. Run (bundled) as `make FOLDER`, `export FOLDER OUT`, `title FOLDER`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClip, createProject } from '../../core/document/create.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';
import { framesOf, shownWindows } from '../../core/render/spans.ts';
import { pictureWindows } from '../../core/render/windows.ts';
import { drawTitleFile, registerTitleFonts } from '../../core/engine/render/titles.node.ts';
import { ticksFromSeconds } from '../../core/time/ticks.ts';
import { recordedContext, renderAlone } from '../../core/engine/render/testing/renderAlone.node.ts';

const size = { width: 1280, height: 720 };
const rate = { num: 30, den: 1 };
const tags = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
  '-pix_fmt',
  'yuv420p',
];
/** Moving and detailed, one with a little grain: about as hard to encode as footage (more grain is much harder). */
const pictures = [
  'mandelbrot=s=1280x720:r=30:maxiter=200:start_scale=0.4:end_scale=0.05:end_pts=240',
  'testsrc2=s=1280x720:r=30,noise=alls=2:allf=t',
  'gradients=s=1280x720:r=30:n=5:speed=0.02:seed=7',
];

/** In points of the clips in their files and their length on the timeline, in seconds. */
export const cuts = [
  { in: 1, length: 6 },
  { in: 1, length: 5 },
  { in: 1, length: 5 },
];
export const title = { start: 1, length: 4, fade: 0.5 };

function ffmpeg(...words: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
}

export function makeMedia(folder: string): void {
  mkdirSync(folder, { recursive: true });
  pictures.forEach((source, index) => {
    const to = join(folder, `clip${index}.mp4`);
    if (!existsSync(to))
      ffmpeg(
        '-f',
        'lavfi',
        '-i',
        `${source},format=yuv420p`,
        '-t',
        '9',
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '18',
        '-g',
        '60',
        ...tags,
        to,
      );
  });
  const left = '0.2*sin(220*2*PI*t)*(0.6+0.4*sin(4*PI*t))+0.15*sin(330*2*PI*t)';
  const right = '0.2*sin(220*2*PI*t)+0.15*sin(277*2*PI*t)*(0.6+0.4*cos(4*PI*t))';
  const music = join(folder, 'music.flac');
  if (!existsSync(music))
    ffmpeg('-f', 'lavfi', '-i', `aevalsrc='${left}|${right}':s=48000:d=20`, '-sample_fmt', 's16', music);
}

/** Imports the media through the real service and builds the timeline. */
export async function referenceDocument(folder: string, assets: string) {
  const document = createProject('Reference', { ...size, rate });
  const alone = renderAlone(document, join(folder, 'project'), assets);
  const { imported, refused } = await alone.media.import(document.id, [
    ...[0, 1, 2].map((index) => join(folder, `clip${index}.mp4`)),
    join(folder, 'music.flac'),
  ]);
  if (refused.length > 0) throw new Error(refused.map((each) => each.message).join(' '));
  for (const item of imported) document.media[item.id] = item;
  layTimeline(
    document,
    imported.slice(0, 3).map((item) => item.id),
    imported[3]!.id,
  );
  return { document, ...alone };
}

function layTimeline(document: ProjectDocument, clips: readonly string[], music: string): void {
  const sequence = document.sequences[document.activeSequenceId]!;
  const track = (role: string) => sequence.tracks.find((each) => each.role === role)!;
  let at = 0;
  for (const [index, mediaId] of clips.entries()) {
    const cut = cuts[index]!;
    const clip = createClip(
      `clip ${index}`,
      { kind: 'media', mediaId },
      ticksFromSeconds(at),
      ticksFromSeconds(cut.length),
    );
    clip.sourceInTicks = ticksFromSeconds(cut.in);
    track('picture').clips.push(clip);
    at += cut.length;
  }
  const shots = track('picture').clips;
  for (const [index, from] of shots.slice(0, -1).entries()) {
    track('picture').transitions.push({
      id: `fade${index}`,
      kind: 'crossfade',
      fromClipId: from.id,
      toClipId: shots[index + 1]!.id,
      durationTicks: ticksFromSeconds(1),
    });
  }
  const words = createClip(
    'title',
    {
      kind: 'title',
      text: 'The Cup Trick',
      sizePx: 96,
      color: '#ffffff',
      background: null,
      align: 'center',
      weight: 700,
    },
    ticksFromSeconds(title.start),
    ticksFromSeconds(title.length),
  );
  words.fadeInTicks = ticksFromSeconds(title.fade);
  words.fadeOutTicks = ticksFromSeconds(title.fade);
  track('titles').clips.push(words);
  const song = createClip('music', { kind: 'media', mediaId: music }, 0, ticksFromSeconds(at));
  song.volumeDb = -3;
  song.fadeOutTicks = ticksFromSeconds(2);
  track('music').clips.push(song);
}

/** Reads back a document made once, so that the measured run starts like the export of an opened project. */
async function openReference(folder: string, assets: string) {
  const saved = join(folder, 'document.json');
  if (existsSync(saved)) {
    const document = JSON.parse(readFileSync(saved, 'utf8')) as ProjectDocument;
    return { document, ...renderAlone(document, join(folder, 'project'), assets) };
  }
  const made = await referenceDocument(folder, assets);
  writeFileSync(saved, JSON.stringify(made.document));
  return made;
}

/** Renders the title to a full-frame PNG for the hand-written command. */
async function drawTitleByHand(document: ProjectDocument, folder: string, assets: string): Promise<void> {
  registerTitleFonts(assets);
  const sequence = document.sequences[document.activeSequenceId]!;
  const range = framesOf({ startTicks: 0, durationTicks: ticksFromSeconds(16) }, sequence.rate);
  const shown = shownWindows(pictureWindows(document, sequence), sequence.rate).filter(
    (each) => each.startFrame < range.frameCount,
  );
  const words = shown.find(({ window }) => window.clip.reference.kind === 'title')!.window;
  const drawn = await drawTitleFile(words, sequence, size, join(folder, 'title.png'));
  writeFileSync(join(folder, 'title.json'), JSON.stringify(drawn));
}

const [verb, folder, to] = process.argv.slice(2);
if (verb && folder && process.argv[1]?.includes('referenceTimeline')) {
  const assets = join(import.meta.dirname ?? '.', '../../../assets');
  if (verb === 'make') {
    makeMedia(folder);
    const { document } = await openReference(folder, assets);
    await drawTitleByHand(document, folder, assets);
  } else if (verb === 'export') {
    const { document, render, projectId } = await openReference(folder, assets);
    const settings = {
      preset: 'h264-720p',
      outputPath: to!,
      sequenceId: document.activeSequenceId,
      range: null,
      width: null,
      height: null,
      crf: 20,
    } as const;
    const context = recordedContext();
    await render.runExport({ kind: 'export', projectId, settings }, context);
    for (const notice of context.notices) process.stderr.write(`${notice}\n`);
  } else if (verb === 'frame') {
    const { document, render, projectId } = await openReference(folder, assets);
    const { url } = await render.renderFrame(projectId, document.activeSequenceId, ticksFromSeconds(Number(to)));
    const file = await render.resolveFile(url);
    copyFileSync(file!.path, join(folder, `frame-${to}.png`));
    process.stdout.write(`${readdirSync(folder).filter((name) => name.startsWith('frame-')).length}\n`);
  }
}

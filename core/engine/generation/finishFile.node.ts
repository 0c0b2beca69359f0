/**
 * What the command line adds to a made file: the input's sound, the input before it, the soundtrack under the picture.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { secondsFromTicks, ticksAtFrame, type Rate } from '../../time/ticks.ts';
import { runFfmpeg } from '../../ffmpeg/ffmpeg.node.ts';
import { stereoFiltersFor } from '../../ffmpeg/soundGraph.ts';
import { localOnly } from '../media/rawProbe.node.ts';
import { makeWholeFile } from '../../disk/wholeFile.node.ts';
import { sourceFilters, takeVideoOptions } from './encodeTake.node.ts';
import type { Made } from './makeGeneration.node.ts';
import { recipeMetadata } from './recipe.node.ts';
import type { SourceFile } from './resolved.ts';

const aac = ['-c:a', 'aac', '-b:a', '192k', '-ar', '48000'];

const stereo = (source: SourceFile): string => stereoFiltersFor(source.facts.audio?.channels ?? 2).join(',');

/** A made file as it is. */
export async function writePlain(made: Made, outputPath: string): Promise<void> {
  await makeWholeFile(resolve(outputPath), (to) => copyFile(made.path, to));
}

/** The made picture with the source's own sound under it. */
export async function writeWithSound(
  made: Made,
  source: SourceFile,
  outputPath: string,
  signal: AbortSignal,
): Promise<void> {
  if (!source.facts.audio || made.kind === 'image') return writePlain(made, outputPath);
  const sound = source.facts.audio.streamIndex;
  await makeWholeFile(resolve(outputPath), async (to) => {
    await runFfmpeg({
      inputs: [{ path: made.path }, { path: source.path, options: [...localOnly] }],
      filterGraph: `[1:${sound}]${stereo(source)}[a]`,
      outputs: [
        {
          to,
          options: [
            '-map',
            '0:v:0',
            '-map',
            '[a]',
            '-c:v',
            'copy',
            ...aac,
            '-t',
            String(secondsFromTicks(made.durationTicks)),
            '-map_metadata',
            '0',
            ...recipeMetadata(made.recipe),
            '-movflags',
            '+faststart',
            '-f',
            'mp4',
          ],
        },
      ],
      signal,
      about: source.path,
    });
  });
}

/** Input and new part in a row, at the input's rate; the new part is silent. */
export async function writeJoined(
  made: Made,
  source: SourceFile,
  direction: 'forward' | 'backward',
  outputPath: string,
  signal: AbortSignal,
): Promise<void> {
  const video = source.facts.video;
  if (!video || !made.rate) return writePlain(made, outputPath);
  const rate: Rate = source.facts.kind === 'image' ? made.rate : video.rate;
  const still = source.facts.kind === 'image';
  const frameCount = still
    ? 1
    : Math.max(1, Math.round((secondsFromTicks(source.facts.durationTicks) * rate.num) / rate.den));
  const range = { file: source, startTicks: 0, durationTicks: source.facts.durationTicks };
  const old = sourceFilters(range, { width: made.width, height: made.height, rate, frameCount });
  const order = direction === 'forward' ? '[old][new]' : '[new][old]';
  const graph = [
    `${old.chain}[old]`,
    `[1:v]fps=${rate.num}/${rate.den},setsar=1[new]`,
    `${order}concat=n=2:v=1:a=0[v]`,
  ];
  const newSeconds = secondsFromTicks(made.durationTicks);
  const sound = source.facts.audio;
  if (sound) {
    const delay = direction === 'backward' ? `,adelay=${Math.round(newSeconds * 1000)}:all=1` : '';
    graph.push(
      `[0:${sound.streamIndex}]${stereo(source)}${delay},apad=whole_dur=${secondsFromTicks(ticksAtFrame(frameCount, rate)) + newSeconds}[a]`,
    );
  }
  // the sound is needed from the file's start, wherever the picture's reading begins
  await makeWholeFile(resolve(outputPath), async (to) => {
    await runFfmpeg({
      inputs: [old.input, { path: made.path }],
      filterGraph: graph.join(';'),
      outputs: [
        {
          to,
          options: [
            '-map',
            '[v]',
            '-r',
            `${rate.num}/${rate.den}`,
            ...takeVideoOptions,
            ...(sound ? ['-map', '[a]', ...aac] : []),
            ...recipeMetadata(made.recipe),
            '-f',
            'mp4',
          ],
        },
      ],
      signal,
      about: source.path,
    });
  });
}

/**
 * Stems mixed; in a video beside its own sound. The stems have their loudness already and go down under speech by
 * themselves.
 */
export async function writeSoundtrack(
  stems: readonly Made[],
  source: SourceFile | null,
  outputPath: string,
  recipe: Record<string, unknown>,
  signal: AbortSignal,
): Promise<void> {
  const asSound = extname(outputPath).toLowerCase() === '.wav';
  const mix = `${stems.map((_, index) => `[${index}:a]`).join('')}amix=inputs=${stems.length}:normalize=0`;
  const inputs = stems.map((stem) => ({ path: stem.path }));
  await makeWholeFile(resolve(outputPath), async (to) => {
    if (asSound || !source?.facts.video) {
      await runFfmpeg({
        inputs,
        filterGraph: `${mix}[a]`,
        outputs: [
          { to, options: ['-map', '[a]', '-c:a', 'pcm_s24le', '-ar', '48000', ...recipeMetadata(recipe), '-f', 'wav'] },
        ],
        signal,
      });
      return;
    }
    const at = stems.length;
    const { video, audio } = source.facts;
    const seconds = String(secondsFromTicks(source.facts.durationTicks));
    const copies = ['h264', 'hevc', 'av1'].includes(video.codec);
    const range = { file: source, startTicks: 0, durationTicks: source.facts.durationTicks };
    const size = { width: video.width - (video.width % 2), height: video.height - (video.height % 2) };
    const picture = sourceFilters(range, {
      ...size,
      rate: video.rate,
      frameCount: Math.max(
        1,
        Math.round((secondsFromTicks(source.facts.durationTicks) * video.rate.num) / video.rate.den),
      ),
    });
    const sound = audio
      ? `[${at}:${audio.streamIndex}]${stereo(source)}[own];${mix}[made];[own][made]amix=inputs=2:normalize=0:duration=longest,alimiter=limit=0.85:level=0[a]`
      : `${mix}[a]`;
    const graph = copies ? sound : `${sound};${picture.chain.replace('[0:', `[${at}:`)}[v]`;
    const how = copies ? ['-map', `${at}:${video.streamIndex}`, '-c:v', 'copy'] : ['-map', '[v]', ...takeVideoOptions];
    await runFfmpeg({
      inputs: [...inputs, { path: source.path, options: [...localOnly] }],
      filterGraph: graph,
      outputs: [
        {
          to,
          options: [
            ...how,
            '-map',
            '[a]',
            ...aac,
            '-t',
            seconds,
            ...recipeMetadata(recipe),
            '-movflags',
            '+faststart',
            '-f',
            'mp4',
          ],
        },
      ],
      signal,
      about: source.path,
    });
  });
}

export async function writeStems(
  stems: readonly { stem: string; made: Made }[],
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const { stem, made } of stems) {
    const path = join(resolve(folder), `${stem}.wav`);
    await makeWholeFile(path, (to) => copyFile(made.path, to));
    paths.push(path);
  }
  return paths;
}

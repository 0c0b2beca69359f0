/** The frames of one shot around its seam, on disk: any of them can be had again, and few are in memory. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { colourOf, type MediaFacts } from '../../../disk/facts.ts';
import { toBt709, toRgb } from '../../../ffmpeg/colour.ts';
import { filter, FilterGraph, type Filter } from '../../../ffmpeg/filterGraph.ts';
import { fromRgb } from '../../../ffmpeg/fromRgb.ts';
import { inSamples, openFrames } from '../../../ffmpeg/layPatches.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { SourceColour } from '../../../ffmpeg/sourceColour.ts';
import type { Size } from '../../../render/place.ts';
import type { Rate } from '../../../time/ticks.ts';
import { pictureSize } from '../../generation/pictureSize.ts';
import { framesOf } from '../../media/locateSource.node.ts';
import { streamFrames } from '../frameStream.node.ts';
import { frameShape } from '../interpolate/rawFrame.ts';
import type { Box } from './layer.ts';
import type { JoinSide } from './joinRun.ts';

const mostInMemory = 6;

/** Raw frames in a file. */
export class FrameStore {
  readonly count: number;
  readonly #file: number;
  readonly #bytes: number;
  readonly #recent = new Map<number, Uint8Array>();

  /** `path`: of a new file. `bytes`: of a frame. */
  constructor(path: string, count: number, bytes: number) {
    this.#file = openSync(path, 'w+');
    this.count = count;
    this.#bytes = bytes;
  }

  write(index: number, frame: Uint8Array): void {
    writeSync(this.#file, frame, 0, this.#bytes, index * this.#bytes);
  }

  /** The frame itself: not to be changed. */
  read(index: number): Uint8Array {
    const known = this.#recent.get(index);
    if (known) return known;
    if (index < 0 || index >= this.count) throw new Error(`there is no frame ${index} of ${this.count}`);
    const frame = new Uint8Array(this.#bytes);
    for (let done = 0; done < frame.length;) {
      const got = readSync(this.#file, frame, done, frame.length - done, index * this.#bytes + done);
      if (got === 0) throw new Error(`frame ${index} was not stored`);
      done += got;
    }
    this.#recent.set(index, frame);
    if (this.#recent.size > mostInMemory) this.#recent.delete(this.#recent.keys().next().value!);
    return frame;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What frames are brought to. */
export interface CommonForm {
  readonly rate: Rate;
  readonly size: Size;
  readonly samples: SampleFormat;
  readonly colour: SourceColour;
}

/** Reads the frames of a shot into a new file. Throws FailureError as `streamFrames`. */
export async function storeFrames(
  { source, startTicks, frameCount }: JoinSide,
  form: CommonForm,
  path: string,
  onFrame: (index: number) => void,
): Promise<FrameStore> {
  const video = source.facts.video!;
  const { bytes } = frameShape(form.samples, form.size);
  const store = new FrameStore(path, frameCount, bytes);
  const buffer = new Uint8Array(bytes);
  const build: Parameters<typeof streamFrames>[0] = (rereads) => {
    const graph = new FilterGraph(rereads);
    const frames = openFrames(graph, framesOf(source, video), {
      sourceRate: source.facts.kind === 'image' ? null : video.rate,
      sourceDurationTicks: source.facts.durationTicks,
      startTicks,
      speed: { num: 1, den: 1 },
      reversed: false,
      outputRate: form.rate,
      frameCount,
    });
    const picture = graph.chain([frames.stream], [...broughtTo(form, source), ...frames.finish]);
    return { graph, picture, pixelFormat: form.samples.name, about: source.path };
  };
  try {
    await streamFrames(build, bytes, frameCount, {
      begin: () => undefined,
      nextBuffer: () => buffer,
      take: (index) => {
        store.write(index, buffer);
        onFrame(index);
      },
    });
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

/** Frames of the form's own shot keep their samples; others are fitted into its picture, in its colours. */
export function broughtTo(
  { size, samples, colour }: CommonForm,
  { facts }: Pick<JoinSide['source'], 'facts'>,
): Filter[] {
  const video = facts.video!;
  const own = pictureSize(video);
  const theirs = colourOf(video);
  const alike = (['matrix', 'primaries', 'transfer', 'range', 'pixelFormat'] as const).every(
    (name) => theirs[name] === colour[name],
  );
  const sameSize = own.width === size.width && own.height === size.height;
  if (alike && sameSize) return inSamples({ colour: theirs, samples });
  if (alike && own.width * size.height === own.height * size.width)
    return [...inSamples({ colour: theirs, samples }), filter('scale', { w: size.width, h: size.height })];
  const { x, y, width, height } = fittedBox(facts, size);
  return [
    ...toBt709(theirs, false, undefined, own.width % 2 !== 0 || own.height % 2 !== 0),
    ...toRgb,
    filter('scale', { w: width, h: height }),
    filter('pad', { w: size.width, h: size.height, x, y }),
    ...fromRgb(colour, samples, size),
  ];
}

/** Where a picture of another shape stands in frames of `size`: between bars. px */
export function fittedBox({ video }: Pick<MediaFacts, 'video'>, size: Size): Box {
  const scale = Math.min(size.width / video!.width, size.height / video!.height);
  const [width, height] = [even(video!.width * scale, size.width), even(video!.height * scale, size.height)];
  return {
    ...{ width, height },
    x: Math.floor((size.width - width) / 2),
    y: Math.floor((size.height - height) / 2),
  };
}

function even(side: number, most: number): number {
  return Math.min(most, Math.max(2, 2 * Math.round(side / 2)));
}

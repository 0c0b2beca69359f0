/** Where a file is damaged: it is decoded once, and what ffmpeg complains of is placed by the frames around it. */
import { basename } from 'node:path';
import { FailureError } from '../../contract/errors.ts';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import { isComplaint, isIncompletePacket, speakerOf } from '../../ffmpeg/complaints.node.ts';
import type { FfmpegOutput } from '../../ffmpeg/command.node.ts';
import { add, call, multiply, variable } from '../../ffmpeg/expression.ts';
import { filter, FilterGraph, type Filter } from '../../ffmpeg/filterGraph.ts';
import { seconds } from '../../ffmpeg/filterValue.ts';
import { runFfmpeg } from '../../ffmpeg/run.node.ts';
import { withFileBytes } from './fileEnd/fileBytes.node.ts';
import { mp3IsFramesAndTags } from './fileEnd/frameEnds.ts';

/** One damaged place, s after the file's start. */
export type Damage = MediaFacts['damage'][number];

/** A part of a file, s after its start. */
export interface Stretch {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** A decoder that begins in the middle complains of what it has not seen. */
const leadSeconds = 3;
/** Complaints this close together are of one place. */
const placeSeconds = 1;
const mostPlaces = 200;
const lastPacketSeconds = 0.15;

/**
 * The damaged places of a stretch, or of the whole file. Throws FailureError 'cancelled' or 'ffmpegMissing'.
 */
export async function readDamage(
  path: string,
  facts: MediaFacts,
  stretch: Stretch | null,
  signal?: AbortSignal,
): Promise<readonly Damage[]> {
  const start = stretch === null ? 0 : Math.max(0, stretch.fromSeconds - leadSeconds);
  const isJoined = facts.formatName === 'mp3' && (await withFileBytes(path, mp3IsFramesAndTags).catch(() => false));
  const places = new DamagedPlaces(facts, start);
  const graph = new FilterGraph();
  const opened = graph.open({
    path,
    options: [
      ['err_detect', 'crccheck'],
      // with several threads decoders of sound keep quiet about what they leave out (FLAC)
      ...(facts.video === null ? ([['threads', 1]] as const) : []),
      ...(start > 0 ? ([['noaccurate_seek'], ['ss', seconds(start)]] as const) : []),
      ...(stretch === null ? [] : ([['t', seconds(stretch.toSeconds - start + placeSeconds)]] as const)),
    ],
  });
  const outputs = streamsOf(facts).map(({ streamIndex, filterName }, index): FfmpegOutput => {
    const marked = graph.chain([opened.stream(streamIndex)], [marking(filterName, index)]);
    return { to: null, streams: [marked], options: filterName === 'setpts' ? [['fps_mode', 'passthrough']] : [] };
  });
  await runFfmpeg({
    graph,
    outputs,
    about: path,
    signal,
    onLine: (line) => (isJoined && ofTags.test(line) ? undefined : places.read(line)),
  }).catch((error: unknown) => {
    // what was found before it gave up is what is asked for
    if (!(error instanceof FailureError) || ['cancelled', 'ffmpegMissing'].includes(error.failure.code)) throw error;
  });
  const { fromSeconds = 0, toSeconds = Infinity } = stretch ?? {};
  const name = basename(path);
  const found = places.finish();
  // of a short file ffmpeg reads all before the first frame
  if (found.length === 0 && places.hasComplainedEarly && stretch === null && facts.video === null)
    return [{ seconds: 0, what: sentence('media.damagedSomewhere', { name }) }];
  return found
    .filter((place) => place.seconds >= fromSeconds - placeSeconds && place.seconds <= toSeconds)
    .filter((place) => !isLastSound(place, facts))
    .map((place) => ({ seconds: place.seconds, what: wordsFor(name, place) }));
}

/** What a decoder says of a tag between two recordings that were joined. */
const ofTags = /Header missing|Error while decoding stream/;

/** What programs leave behind the last whole packet of a sound is not missed. */
function isLastSound({ part, seconds: at }: Place, { sounds }: MediaFacts): boolean {
  return part === 'sound' && sounds.some(({ endSeconds }) => endSeconds - at < lastPacketSeconds);
}

type Part = 'picture' | 'sound' | 'file';

interface Place {
  readonly seconds: number;
  readonly part: Part;
}

function wordsFor(name: string, { seconds: at, part }: Place): Sentence {
  const params = { name, seconds: at.toFixed(1) };
  switch (part) {
    case 'picture':
      return sentence('media.damagedPicture', params);
    case 'sound':
      return sentence('media.damagedSound', params);
    case 'file':
      return sentence('media.damagedData', params);
  }
}

function streamsOf({ video, sounds }: MediaFacts) {
  return [
    ...(video ? [{ ...ofStream(video), filterName: 'setpts' as const }] : []),
    ...sounds.map((sound) => ({ ...ofStream(sound), filterName: 'asetpts' as const })),
  ];
}

function ofStream({ streamIndex, endSeconds }: { readonly streamIndex: number; readonly endSeconds: number }) {
  return { streamIndex, endSeconds };
}

/** A frame's number in the log is its stream's, its time, and this: above zero and apart from all other numbers. */
const markUnit = 1e7;
const markZero = 1e6;
const errorLevel = 16;

function marking(name: 'setpts' | 'asetpts', index: number): Filter {
  const mark = call('print', add((index + 1) * markUnit + markZero, variable('T')), errorLevel);
  return filter(name, { expr: add(variable('PTS'), multiply(0, mark)) });
}

/** Where a stream's frames are this much further apart than usual, some between them are missing. */
const holeShare = 1.5;
/** Of a jump so short no one can tell whether it was meant, s. */
const shortestHoleSeconds = 0.02;
/** Enough to tell the usual distance. */
const mostDistances = 1000;

class DamagedPlaces {
  readonly #found: Place[] = [];
  readonly #facts: MediaFacts;
  readonly #start: number;
  readonly #streams: ReturnType<typeof streamsOf>;
  /** Latest time of each stream, s after the file's start. */
  readonly #now: (number | null)[];
  /** The longest distance of two frames of each stream, and those of its first frames. */
  readonly #holes: { at: number; seconds: number; readonly distances: number[] }[];
  /** Something is missing, and nothing says where: demuxers read ahead, small files to their end. */
  #isUnplaced = false;
  #complainedEarly = false;

  constructor(facts: MediaFacts, start: number) {
    this.#facts = facts;
    this.#start = start;
    this.#streams = streamsOf(facts);
    this.#now = this.#streams.map(() => null);
    this.#holes = this.#streams.map(() => ({ at: 0, seconds: 0, distances: [] }));
  }

  /** The places found, and where frames are missing when nothing else says where the damage is. */
  finish(): readonly Place[] {
    if (!this.#isUnplaced || this.#found.length > 0) return this.#found;
    this.#streams.forEach(({ endSeconds }, index) => this.#place(index, endSeconds));
    return this.#holes.flatMap(({ at, seconds, distances }, index) => {
      const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1] ?? Infinity;
      const isHole = seconds > usual * holeShare && seconds - usual > shortestHoleSeconds;
      return isHole ? [{ seconds: Math.max(0, at + usual), part: this.#partOf(index) }] : [];
    });
  }

  /** Something was said before any frame of its stream. */
  get hasComplainedEarly(): boolean {
    return this.#complainedEarly;
  }

  read(line: string): void {
    const digits = /^(?:\[[^\]]*\] )?(\d{8,9}\.\d{6})$/.exec(line)?.[1];
    if (digits === undefined) return this.#complain(line);
    const value = Number(digits);
    const index = Math.floor(value / markUnit) - 1;
    this.#place(index, this.#start + value - (index + 1) * markUnit - markZero);
  }

  /** The next frame of a stream, or its end. */
  #place(index: number, now: number): void {
    const before = this.#now[index];
    const hole = this.#holes[index];
    if (hole && typeof before === 'number' && now > before) {
      const distance = now - before;
      if (hole.distances.length < mostDistances) hole.distances.push(distance);
      if (distance > hole.seconds) Object.assign(hole, { at: before, seconds: distance });
    }
    this.#now[index] = now;
  }

  #partOf(index: number): Part {
    return this.#streams[index]!.filterName === 'setpts' ? 'picture' : 'sound';
  }

  #complain(line: string): void {
    if (!isComplaint(line) || this.#found.length >= mostPlaces) return;
    if (isIncompletePacket(line)) {
      this.#isUnplaced = true;
      return;
    }
    const index = this.#streamOf(line);
    const times = this.#now.filter((time) => time !== null);
    const at = index === null ? (times.length > 0 ? Math.max(...times) : null) : (this.#now[index] ?? null);
    if (at === null) {
      // before its first frame a stream has begun in the middle of something
      this.#complainedEarly = true;
      this.#isUnplaced ||= speakerOf(line) === this.#facts.formatName;
      return;
    }
    const part = index === null ? 'file' : this.#partOf(index);
    const near = this.#found.find((place) => Math.abs(place.seconds - at) < placeSeconds);
    if (!near) this.#found.push({ seconds: Math.max(0, at), part });
    else if (near.part === 'file') this.#found[this.#found.indexOf(near)] = { seconds: near.seconds, part };
    else if (
      part !== 'file' &&
      !this.#found.some((place) => place.part === part && Math.abs(place.seconds - at) < placeSeconds)
    )
      this.#found.push({ seconds: Math.max(0, at), part });
  }

  /** By the stream's number in ffmpeg's words, or by the decoder's name; null where neither tells. */
  #streamOf(line: string): number | null {
    const number = /#0:(\d+)|in stream (\d+)/.exec(line);
    if (number) {
      const index = this.#streams.findIndex(({ streamIndex }) => streamIndex === Number(number[1] ?? number[2]));
      return index === -1 ? null : index;
    }
    const speaker = speakerOf(line);
    const { video, sounds } = this.#facts;
    if (speaker === null) return null;
    if (video && speaker.includes(video.codec)) return 0;
    const sound = sounds.findIndex(({ codec }) => speaker.includes(codec));
    return sound === -1 ? null : sound + (video ? 1 : 0);
  }
}

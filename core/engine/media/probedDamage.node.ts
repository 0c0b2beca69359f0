/** What the packets and the index of a file tell of its damage, before anything is decoded. */
import { basename } from 'node:path';
import { sentence } from '../../contract/sentence.ts';
import type { MediaFacts } from '../../disk/facts.ts';
import type { RawProbe, RawStream } from '../../ffmpeg/ffprobe.node.ts';
import type { AviIndex } from './fileEnd/aviIndex.ts';
import { isOneOf } from './soundClock.ts';
import { announcedEnd, guessesLength } from './streamFacts.ts';
import type { FileTime } from './streamTime.node.ts';

/** Where packets of sound were lost; holes close together are one place. */
export function lostSound(path: string, raw: RawProbe, { holes }: FileTime): MediaFacts['damage'] {
  const apart = holes.filter((hole, index) => index === 0 || hole > holes[index - 1]! + 1);
  return apart.map((hole) => {
    const seconds = Math.max(0, hole - (raw.startSeconds ?? 0));
    return { seconds, what: sentence('media.damagedSound', { name: basename(path), seconds: seconds.toFixed(1) }) };
  });
}

/**
 * What is missing at the end of a file, by stream: what is there can still be used. Formats that only guess their
 * length, or whose clock jumps, announce no time: their packets may still tell.
 */
export function missingEnd(
  path: string,
  raw: RawProbe,
  streams: readonly RawStream[],
  time: FileTime,
  aviIndex: AviIndex | null,
): MediaFacts['damage'] {
  if (aviIndex && !time.cutOff && (aviIndex.hasEmptySound || aviIndex.lost.length > 0)) return [];
  const name = basename(path);
  const start = raw.startSeconds ?? 0;
  const ends = streams.map((stream) => Math.max(0, (time.streams.get(stream.index)?.endSeconds ?? start) - start));
  const seconds = Math.max(...ends);
  const announces = !guessesLength(raw.formatName) && time.jumps.length === 0;
  const announcedEnds = streams.map((stream) => announcedEnd(stream, raw, time.streams.get(stream.index)));
  const announced = Math.max(...announcedEnds.map((end) => end ?? start)) - start;
  const what = sentence('media.endsEarly', { name, announced: announced.toFixed(1), end: seconds.toFixed(1) });
  if (announces && announced - seconds > 0.5) return [{ seconds, what }];
  if (!time.cutOff && isOneOf(raw.formatName, ['avi'])) return aviIndex ? [] : lostPackets(path, raw, streams, time);
  return time.cutOff ? [{ seconds: Math.min(...ends), what: sentence('media.cutOff', { name }) }] : [];
}

/** Places of lost chunks; those within a second of each other are one. */
export function lostChunks(
  path: string,
  streams: readonly RawStream[],
  { streams: times }: FileTime,
  { lost }: AviIndex,
): MediaFacts['damage'] {
  const name = basename(path);
  const places = lost.flatMap(({ stream, share }) => {
    const found = streams.find(({ index }) => index === stream);
    const key = found?.type === 'video' ? ('media.damagedPicture' as const) : ('media.damagedSound' as const);
    const length = found?.durationSeconds ?? times.get(stream)?.endSeconds ?? 0;
    return found ? [{ key, seconds: share * length }] : [];
  });
  const apart = places.filter(
    ({ key, seconds }, index) =>
      !places.slice(0, index).some((other) => other.key === key && Math.abs(other.seconds - seconds) < 1),
  );
  return apart.map(({ key, seconds }) => ({ seconds, what: sentence(key, { name, seconds: seconds.toFixed(1) }) }));
}

/** More than the rounding of headers, s. */
const leastLostSeconds = 0.1;

/** AVI counts its packets and gives them no time: of a stream with fewer than announced, all behind them is early. */
function lostPackets(path: string, raw: RawProbe, streams: readonly RawStream[], time: FileTime): MediaFacts['damage'] {
  return streams.flatMap((stream) => {
    const measured = time.streams.get(stream.index);
    const announced = announcedEnd(stream, raw, measured);
    const lost = announced === null || !measured ? 0 : announced - measured.endSeconds;
    if (!time.whole || lost < leastLostSeconds) return [];
    const params = { name: basename(path), seconds: lost.toFixed(2) };
    return [
      { seconds: 0, what: sentence(stream.type === 'video' ? 'media.pictureLacks' : 'media.soundLacks', params) },
    ];
  });
}

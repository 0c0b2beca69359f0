/**
 * What ffmpeg says of damaged files while it goes on: a run that ends well may have torn or left out frames. Every run
 * hands its complaints to whoever listens around it, so that no step in between has to pass them on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Lines by the path of each input that they may be about. */
export type Complaints = ReadonlyMap<string, readonly string[]>;

interface Listener {
  readonly heard: Map<string, string[]>;
  readonly outer: Listener | undefined;
}

const listeners = new AsyncLocalStorage<Listener>();
/** Kept for each file: one is enough to look at it, more only say which stream it is. */
const mostLines = 50;

/** Runs `work` and collects what is complained of meanwhile. */
export async function hearingComplaints<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly complaints: Complaints }> {
  const listener: Listener = { heard: new Map(), outer: listeners.getStore() };
  const result = await listeners.run(listener, work);
  return { result, complaints: listener.heard };
}

/** Takes a line of a run that read these files, in the order in which it opened them. */
export function complain(paths: readonly string[], line: string): void {
  if (!isComplaint(line)) return;
  const named = /#(\d+):\d+/.exec(line)?.[1];
  const path = named === undefined ? undefined : paths[Number(named)];
  for (let listener = listeners.getStore(); listener; listener = listener.outer)
    for (const each of path === undefined ? paths : [path]) {
      const lines = listener.heard.get(each) ?? [];
      if (lines.length < mostLines) lines.push(line);
      listener.heard.set(each, lines);
    }
}

/** What expressions print. */
const number = /^(?:\[[^\]]*\] )?[-\d.]+$|^nan$/;
/** Of outputs, encoders, filters and the program itself. */
const notOfInputs = /^\[(?:null|out#|Parsed_|lib(?!vpx|dav1d|opus|aom)|graph |sws|swscaler|auto_|format|mp4|ipod) ?/;
/** What reading from the middle of a sound file brings. Damage never comes with these alone. */
const ofReordering = new RegExp(
  [
    'co located POCs unavailable',
    'mmco: unref short failure',
    'reference picture missing during reorder',
    'Missing reference picture',
    'number of reference frames',
    'Could not find ref with POC',
    'Warning MVs not available',
    'Last message repeated',
    'non.monoton',
    'deprecated',
    'invalid new backstep',
    'DTS .* out of order',
  ].join('|'),
  'i',
);

/** Whether a line of level 'error' tells of damage in an input, as far as one line can. */
export function isComplaint(line: string): boolean {
  return !number.test(line) && !notOfInputs.test(line) && !ofReordering.test(line);
}

/** Whether a warning tells of damage. */
export function isCorruption(line: string): boolean {
  return /corrupt/i.test(line);
}

/**
 * Whether a demuxer warns that a packet is not whole. Where transport streams were joined it is: ffmpeg goes by the
 * counters of their packets.
 */
export function isIncompletePacket(line: string): boolean {
  return /packet corrupt|corrupt input packet/i.test(line);
}

/** The decoder, parser or demuxer that speaks: 'h264', 'mov,mp4,m4a,3gp,3g2,mj2', 'NULL'; null where no one does. */
export function speakerOf(line: string): string | null {
  return /^\[(?:dec:)?([^\]@]+?) @ [^\]]*\]/.exec(line)?.[1] ?? null;
}

/** A line of ffmpeg's with its level, which `-loglevel level+...` puts before the words. */
export function readLevel(line: string): { readonly level: string | null; readonly text: string } {
  const match = /^((?:\[[^\]]* @ [^\]]*\] )*)\[(panic|fatal|error|warning|info|verbose|debug|trace)\] /.exec(line);
  if (!match) return { level: null, text: line };
  return { level: match[2]!, text: match[1]! + line.slice(match[0].length) };
}

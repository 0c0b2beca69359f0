/** look: what is seen and heard in a media file. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Seen, SeenMoment } from '../../contract/seen.ts';
import { secondsFromTicks } from '../../time/ticks.ts';
import { withEngine } from '../localEngine.node.ts';
import { runCommand } from './runCommand.node.ts';

/** Adds look to the program. */
export function addLookCommand(program: Command): void {
  program
    .command('look <file>')
    .description('what is seen and heard in a media file: things, shot sizes, camera, cuts, speech')
    .option('--json', 'print one JSON object')
    .action((file: string, options: { readonly json?: boolean }) =>
      runCommand(options.json === true, ({ signal, progress }) =>
        withEngine(async (engine) => {
          const seen = await engine.seen.look(resolve(file), {
            signal,
            inBackground: false,
            setDevice: () => undefined,
            report: ({ fraction }) =>
              progress.show({ fraction, stage: 'looking', step: null, stepCount: null, secondsLeft: null }),
          });
          return { answer: { file: resolve(file), ...inSeconds(seen) }, text: describeSeen(seen) };
        }),
      ),
    );
}

/** For other programs: seconds in place of ticks. */
function inSeconds({ durationTicks, cuts, looks, moments }: Seen) {
  const seconds = (ticks: number) => Math.round(secondsFromTicks(ticks) * 1000) / 1000;
  return {
    seconds: seconds(durationTicks),
    cuts: cuts.map(({ ticks, kind }) => ({ seconds: seconds(ticks), kind })),
    moments: moments.map(({ fromTicks, toTicks, ...moment }) => ({
      ...moment,
      fromSeconds: seconds(fromTicks),
      toSeconds: seconds(toTicks),
    })),
    looks: looks.map(({ ticks, things }) => ({ seconds: seconds(ticks), things })),
  };
}

const words: Readonly<Record<string, string>> = {
  closeUp: 'close-up',
  medium: 'medium shot',
  wide: 'wide shot',
  still: 'camera stands still',
  panLeft: 'pan left',
  panRight: 'pan right',
  tiltUp: 'tilt up',
  tiltDown: 'tilt down',
  zoomIn: 'zoom or move in',
  zoomOut: 'zoom or move out',
  shaky: 'shaky camera',
  soft: 'soft picture',
  overexposed: 'overexposed',
};

/** One line a moment: '  0.0 to   4.5 s  2 person'. */
export function describeSeen({ cuts, moments }: Seen): string {
  const time = (ticks: number) => secondsFromTicks(ticks).toFixed(1).padStart(6);
  const name = (moment: SeenMoment) =>
    moment.kind === 'thing' ? `${moment.count} × ${moment.name}` : (words[moment.name] ?? moment.name);
  const lines = moments.map((moment) => `${time(moment.fromTicks)} to ${time(moment.toTicks)} s  ${name(moment)}`);
  const changes = cuts.map(({ ticks, kind }) => `${time(ticks)} s  ${kind}`);
  return [...lines, ...changes].join('\n') || 'Nothing was recognised.';
}

/** A mask of what words name in a file: of one picture, or followed through a film. What `framewright mask` calls. */
import { FailureError } from '../../../contract/errors.ts';
import type { FollowedState, ThingLabel, WordsAnswer } from '../../../contract/masks.ts';
import { sentence } from '../../../contract/sentence.ts';
import type { FollowedMask } from '../../../document/refs.ts';
import { assertNever } from '../../../time/assertNever.ts';
import { snapToFrame, ticksFromSeconds } from '../../../time/ticks.ts';
import { openSourceFile } from '../../generation/fileRequests.node.ts';
import type { JobContext } from '../../services.node.ts';
import type { FollowRoom } from '../follow/followRoom.node.ts';
import { selectInSource, type SelectDependencies } from './selectInProject.node.ts';

/** The rooms of an engine that it takes. */
export interface MaskRooms extends Omit<SelectDependencies, 'projects' | 'media'> {
  readonly follow: FollowRoom;
}

/** What is wanted of a file. */
export interface MaskWanted {
  readonly path: string;
  readonly words: string;
  /** The frame that is looked at. */
  readonly atSeconds: number;
  /** Through the whole film, both ways; else the mask of that frame alone. */
  readonly follows: boolean;
}

/** The mask that was found. */
export interface FileMaskFound {
  /** A data URL. */
  readonly png: string;
  /** The film of masks in this machine's cache; null where nothing was followed. */
  readonly filmPath: string | null;
  readonly lost: FollowedState['lost'];
}

/** Throws FailureError 'badRequest' where the words select nothing, naming what is seen instead. */
export async function maskOfFile(
  { path, words, atSeconds, follows }: MaskWanted,
  rooms: MaskRooms,
  context: Pick<JobContext, 'signal' | 'setDevice' | 'report'>,
): Promise<FileMaskFound> {
  const file = await openSourceFile(path);
  const { kind, video, durationTicks } = file.facts;
  if (!video) throw new FailureError('badRequest', sentence('media.noPicture', { name: file.name }), file.path);
  const isFilm = kind === 'video';
  const within = Math.min(ticksFromSeconds(atSeconds), Math.max(0, durationTicks - 1));
  const sourceTicks = isFilm ? snapToFrame(within, video.rate) : 0;
  const { png, said } = await selectInSource(async () => file, sourceTicks, { kind: 'words', text: words }, rooms);
  if (png === null) throw new FailureError('badRequest', notFound(words, file.name, said), file.path);
  if (!follows || !isFilm) return { png, filmPath: null, lost: [] };
  const mask: FollowedMask = { kind: 'followed', keys: [{ sourceTicks, png }], featherPx: 0 };
  const range = { startTicks: 0, durationTicks };
  await rooms.follow.follow(file, range, mask, context);
  const film = await rooms.follow.film({ file, ...range }, mask, context);
  return { png, filmPath: film.path, lost: await rooms.follow.lost(file, range, mask) };
}

const listed = (labels: readonly ThingLabel[]): string => labels.map(({ en }) => en).join(', ');

function notFound(words: string, name: string, said: WordsAnswer | null) {
  if (said === null) return sentence('mask.noOutline', { words, name });
  switch (said.outcome) {
    case 'unknown':
      return sentence('mask.unknownWords', { words, known: listed(said.known) });
    case 'notSeen':
      return said.others.length === 0
        ? sentence('mask.notSeen', { what: said.label.en, name })
        : sentence('mask.notSeenBut', {
            what: said.label.en,
            name,
            others: listed(said.others.map(({ label }) => label)),
          });
    case 'tooFew':
      return sentence('mask.tooFew', { what: said.label.en, name, count: said.count });
    case 'noSky':
      return sentence('mask.noSky', { name });
    case 'noOutline':
    case 'taken':
      return sentence('mask.noOutline', { words, name });
    default:
      return assertNever(said);
  }
}

/** The text of an OpenTimelineIO file as JSON, and the timeline in it. */
import { InterchangeError } from './interchangeError.ts';
import { isJson, listOf, schemaOf, textOf, type Json } from './otioTime.ts';

/** A timeline, or what can serve as one. */
export interface Timeline {
  readonly name: string;
  readonly json: Json;
  readonly stack: Json;
}

/** Throws InterchangeError naming `sourceName` where the text is not OpenTimelineIO. */
export function parseOtio(text: string, sourceName: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(plainJson(text));
  } catch (error) {
    throw new InterchangeError('damaged', `'${sourceName}' is no OpenTimelineIO file: ${(error as Error).message}.`);
  }
  if (!isJson(value) || schemaOf(value) === '')
    throw new InterchangeError('unsupported', `'${sourceName}' is no OpenTimelineIO file: it names no OTIO_SCHEMA.`);
  return value;
}

/** A string of JSON, or one of the numbers that OTIO's own writer and Python's put where JSON has none. */
const stringOrNoNumber = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity|Inf)\b/g;

/** Without a byte order mark; what is not a number is null. */
function plainJson(text: string): string {
  const bare = text.replace(/^\ufeff/, '');
  if (!/NaN|Inf/.test(bare)) return bare;
  return bare.replace(stringOrNoNumber, (found) => (found.startsWith('"') ? found : 'null'));
}

/**
 * A timeline, a stack, a track, or the first timeline of a collection: `notices` names those that stay out. Throws
 * InterchangeError where there is none.
 */
export function findTimeline(root: Json, sourceName: string, notices: Set<string>): Timeline {
  const [first, ...others] = timelinesIn(root, sourceName);
  if (!first)
    throw new InterchangeError(
      'unsupported',
      `'${sourceName}' holds no timeline, but a ${textOf(root['OTIO_SCHEMA'])}.`,
    );
  if (others.length > 0) {
    const names = others.map(({ name }) => `'${name}'`).join(', ');
    notices.add(`'${sourceName}' holds ${others.length + 1} timelines: '${first.name}' was imported, not ${names}.`);
  }
  return first;
}

const deepest = 16;

function timelinesIn(root: Json, sourceName: string, depth = 0): Timeline[] {
  const name = textOf(root['name']) || sourceName;
  switch (schemaOf(root)) {
    case 'Timeline':
      return isJson(root['tracks']) ? [{ name, json: root, stack: root['tracks'] }] : [];
    case 'Stack':
      return [{ name, json: root, stack: root }];
    case 'Track':
    case 'Sequence':
      return [{ name, json: root, stack: { children: [root] } }];
    case 'SerializableCollection':
      if (depth >= deepest) return [];
      return listOf(root['children'])
        .filter((child) => ['Timeline', 'SerializableCollection'].includes(schemaOf(child)))
        .flatMap((child) => timelinesIn(child, sourceName, depth + 1));
    default:
      return [];
  }
}

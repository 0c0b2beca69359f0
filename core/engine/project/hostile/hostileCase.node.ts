/** One way to tamper with a project, and helpers to write them in a line. */
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where a case happens. */
export interface Place {
  /** The project to be tampered with. */
  readonly folder: string;
  /** Somebody's files beside it, which must stay as they are. */
  readonly outside: string;
}

type Make = (place: Place) => Promise<void>;

/** A tampered project and how it has to end. */
export interface HostileCase {
  readonly name: string;
  /** refused: not opened at all. opens: harmlessly. */
  readonly ends: 'refused' | 'opens';
  /** A sentence that the user gets; absent where it opens as if nothing were wrong. */
  readonly says?: RegExp;
  /** What the clips ask of the AI is run, too. */
  readonly generates?: boolean;
  readonly make: Make;
}

/** A project that must not open; `says` is found in the reason. */
export const refused = (name: string, says: RegExp, make: Make): HostileCase => ({ name, ends: 'refused', says, make });
/** A project that must open harmlessly; `says` is found in what the user reads. */
export const opens = (name: string, make: Make, says?: RegExp): HostileCase => ({
  name,
  ends: 'opens',
  make,
  ...(says ? { says } : {}),
});

/** Path of the picture track's clips, for `set`. */
export const pictureClips = 'sequences.*.tracks.0.clips';

/**
 * Sets one value of the snapshot's document. `path` is separated by dots; '*' is the only sequence. The last part '+'
 * appends to a list.
 */
export function set(path: string, value: unknown | ((place: Place) => unknown)): Make {
  return async (place) => {
    const file = join(place.folder, 'project.json');
    const snapshot = JSON.parse(await readFile(file, 'utf8')) as { document: unknown };
    const parts = path.split('.');
    const last = parts.pop()!;
    let at = snapshot.document;
    for (const part of parts) at = step(at, part);
    const given: unknown = typeof value === 'function' ? (value as (place: Place) => unknown)(place) : value;
    if (Array.isArray(at) && last === '+') at.push(given);
    // assigned like this, '__proto__' becomes a key of the JSON and not a prototype
    else Object.defineProperty(at, last, { value: given, enumerable: true, configurable: true, writable: true });
    await writeFile(file, JSON.stringify(snapshot));
  };
}

function step(at: unknown, part: string): unknown {
  const record = at as Record<string, unknown>;
  return part === '*' ? Object.values(record)[0] : record[part];
}

/** Changes the snapshot as text: for what JSON.stringify does not write. */
export function inText(change: (text: string) => string): Make {
  return async ({ folder }) => {
    const path = join(folder, 'project.json');
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
}

/** Writes one file of the project. */
export function put(name: string, content: string | Buffer | ((place: Place) => string | Buffer)): Make {
  return async (place) => {
    const path = join(place.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'function' ? content(place) : content);
  };
}

/** Replaces one file or folder of the project by a link. */
export function link(name: string, to: (place: Place) => string): Make {
  return async (place) => {
    await rm(join(place.folder, name), { recursive: true, force: true });
    await mkdir(dirname(join(place.folder, name)), { recursive: true });
    await symlink(to(place), join(place.folder, name));
  };
}

/** One after the other. */
export function both(...makes: readonly Make[]): Make {
  return async (place) => {
    for (const make of makes) await make(place);
  };
}

/**
 * Version 2 to 3: a clip's flat request becomes its action's own, and a failure's sentence becomes a code with detail.
 * Clips that share their JSON before share it after: the journal's migration compares neighbouring versions.
 */
import { migrateRequest } from '../actions/migrateRequest.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const migrated = new WeakMap<object, Json>();

/** The same object for the same input, and the input itself where nothing in it changed. */
function remember(value: Json, migrate: (value: Json) => Json): Json {
  const known = migrated.get(value);
  if (known) return known;
  const made = migrate(value);
  migrated.set(value, made);
  return made;
}

/** The migration; works on plain JSON and shares what did not change. */
export function requestsByAction(document: Json): Json {
  return { ...document, schemaVersion: 3, sequences: mapValues(document['sequences'], sequence) };
}

function mapValues(value: unknown, map: (item: unknown) => unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)])) : value;
}

function sequence(value: unknown): unknown {
  return isObject(value) ? remember(value, (json) => ({ ...json, tracks: mapItems(json['tracks'], track) })) : value;
}

function track(value: unknown): unknown {
  return isObject(value) ? remember(value, (json) => ({ ...json, clips: mapItems(json['clips'], clip) })) : value;
}

function mapItems(value: unknown, map: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(map) : value;
}

function clip(value: unknown): unknown {
  const generation = isObject(value) ? value['generation'] : null;
  if (!isObject(value) || !isObject(generation)) return value;
  return remember(value, (json) => {
    const { failure } = generation;
    return {
      ...json,
      generation: {
        ...generation,
        request: migrateRequest(generation['request']) ?? generation['request'],
        failure: typeof failure === 'string' ? { code: 'unknown', message: failure } : failure,
      },
    };
  });
}

/** What version 1 wrote: the demo's recipes and its document, with one flat request for all actions. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrateRequest } from '../../actions/migrateRequest.ts';
import { actionKindSchema, generationRequestSchema } from '../../actions/schema.ts';
import { isMusic } from '../../actions/soundtrack/isMusic.ts';
import { allClips } from '../../document/query.ts';
import { readDocument } from '../../document/migrations.ts';
import { hashRequest } from './requestHash.node.ts';

const root = join(import.meta.dirname, '../../..');
const takes = join(root, 'assets/demo/A day in the storybook.fwproj/takes');

interface OldRecipe {
  readonly recipeVersion: number;
  readonly request: Record<string, unknown>;
  readonly requestHash: string;
  readonly inputKeys: readonly string[];
  readonly pack: { id: string; version: string; files: { path: string; sha256: string; sizeBytes: number }[] };
}

const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

test('a recipe of version 1 gives the request it was made with, and the very hash that it carries', async () => {
  const names = (await readdir(takes)).filter((name) => name.endsWith('.recipe.json'));
  expect(names.length).toBeGreaterThan(10);
  const actions = new Set<string>();
  for (const name of names) {
    const recipe = await readJson<OldRecipe>(join(takes, name));
    expect(recipe.recipeVersion).toBe(1);
    const request = migrateRequest(recipe.request);
    if (!request) throw new Error(`${name} holds no request`);
    actions.add(request.action);
    expect(request).not.toHaveProperty('direction');
    expect(recipe.request).toMatchObject(request);
    // instruments counted differently then: see musicHash
    if (!isMusic(request)) expect(hashRequest(request, recipe.inputKeys, recipe.pack)).toBe(recipe.requestHash);
  }
  expect([...actions].sort()).toEqual(['generate', 'inpaint', 'soundtrack']);
});

test('the demo as saved by version 1 opens with the request of every clip unchanged in every field', async () => {
  const saved = await readJson<{ document: unknown }>(join(root, 'core/document/testing/demoOfVersion1.json'));
  const read = readDocument(saved.document);
  if (!read.ok) throw new Error(read.reason);
  expect(read).toMatchObject({ migratedFrom: 1, problems: [] });
  const flat = flatRequests(saved.document);
  const asked = Object.values(read.document.sequences)
    .flatMap(allClips)
    .flatMap(({ generation }) => generation?.request ?? []);
  expect(asked).toHaveLength(16);
  for (const request of asked) {
    const before = flat.find((old) => old['prompt'] === request.prompt && old['stem'] === stemOf(request));
    expect(before).toMatchObject(request);
    // the dropped fields were empty
    for (const [name, value] of Object.entries(before!))
      if (!(name in request)) expect(value === null || (Array.isArray(value) && value.length === 0), name).toBe(true);
  }
});

function stemOf(request: object): unknown {
  return 'stem' in request ? request.stem : null;
}

/** Every object that looks like a version 1 request. */
function flatRequests(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = value as Record<string, unknown>;
  return 'tempoBpm' in own && 'keepShapes' in own ? [own] : Object.values(own).flatMap(flatRequests);
}

/** Actions that came after version 1 were never written flat. */
const later = ['smooth', 'cleanSpeech', 'enhance', 'cutOut'];

test.each(actionKindSchema.options.filter((action) => !later.includes(action)))(
  'a flat request for %s becomes its own and is the same when read again',
  (action) => {
    const source = { kind: 'media', id: 'm', startTicks: 0, durationTicks: 1 };
    const flat = {
      ...{ action, prompt: 'x', seed: 1, steps: null, guidance: null, packId: 'p', durationTicks: 1 },
      ...{ firstFrame: null, lastFrame: null, references: [], source: null, mask: null, edit: null, keepShapes: null },
      ...{ scope: null, direction: null, stem: null, sequenceRange: null, hitTicks: [], tempoBpm: null },
    };
    const needs = {
      extend: { source, direction: 'forward' },
      inpaint: { source },
      restyle: { source },
      soundtrack: { stem: 'music' },
    };
    const whole = { ...flat, ...(needs as Record<string, object>)[action] };
    const request = migrateRequest(whole);
    expect(request?.action).toBe(action);
    expect(migrateRequest(request)).toEqual(request);
    // a request that could never have run still opens
    expect(generationRequestSchema.safeParse(migrateRequest(flat)).success).toBe(true);
    expect([null, 'x', {}, { action: 'paint' }].map(migrateRequest)).toEqual([null, null, null, null]);
  },
);

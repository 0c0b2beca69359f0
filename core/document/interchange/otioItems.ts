/** An OTIO track as a flat run of clips, gaps and dissolves: nested tracks and stacks are laid out in place. */
import type { Ticks } from '../../time/ticks.ts';
import { isJson, listOf, readRange, readTime, schemaOf, textOf, type Json } from './otioTime.ts';

export type Item =
  | {
      readonly kind: 'clip';
      readonly json: Json;
      readonly startTicks: Ticks;
      readonly durationTicks: Ticks;
      readonly effects: readonly Json[];
    }
  | { readonly kind: 'gap'; readonly durationTicks: Ticks }
  | { readonly kind: 'transition'; readonly inTicks: Ticks; readonly outTicks: Ticks };

const deepest = 16;

/** Children of a track in order. `startTicks` of a clip is in its media's own time code. */
export function itemsOf(track: Json, notices: Set<string>, depth = 0): Item[] {
  if (depth > deepest) {
    notices.add('Tracks nested more than sixteen deep were left out.');
    return [];
  }
  const items = listOf(track['children']).flatMap((child): Item[] => {
    switch (schemaOf(child)) {
      case 'Clip':
        return readClip(child, notices);
      case 'Gap':
      case 'Filler': {
        const range = readRange(child['source_range']);
        return range && range.durationTicks > 0 ? [{ kind: 'gap', durationTicks: range.durationTicks }] : [];
      }
      case 'Transition':
        return [
          {
            kind: 'transition',
            inTicks: Math.max(0, readTime(child['in_offset']) ?? 0),
            outTicks: Math.max(0, readTime(child['out_offset']) ?? 0),
          },
        ];
      case 'Track':
      case 'Sequence':
      case 'Stack':
        return readNested(child, notices, depth);
      default:
        notices.add(unknownItem(textOf(child['name']), textOf(child['OTIO_SCHEMA'])));
        return [];
    }
  });
  const range = readRange(track['source_range']);
  return range ? crop(items, range.startTicks, range.durationTicks) : items;
}

function unknownItem(name: string, schema: string): string {
  const what = schema === '' ? 'has no schema' : `is a ${schema}, which Framewright does not support`;
  return `${name === '' ? 'An item' : `'${name}'`} ${what}: it was left out.`;
}

function readClip(clip: Json, notices: Set<string>): Item[] {
  const range = readRange(clip['source_range']) ?? readRange(activeReference(clip)?.['available_range']);
  if (!range || range.durationTicks <= 0) {
    notices.add(`The clip '${textOf(clip['name'])}' has no length: it was left out.`);
    return [];
  }
  return [{ kind: 'clip', json: clip, ...range, effects: listOf(clip['effects']) }];
}

function readNested(nested: Json, notices: Set<string>, depth: number): Item[] {
  const name = textOf(nested['name']) || 'A nested sequence';
  const children = listOf(nested['children']);
  let items: Item[];
  if (schemaOf(nested) === 'Stack') {
    const top = children.at(-1);
    if (children.length > 1) notices.add(`'${name}' is nested: only its top layer was imported.`);
    items = itemsOf(
      {
        children:
          top && ['Track', 'Sequence', 'Stack'].includes(schemaOf(top)) ? listOf(top['children']) : top ? [top] : [],
      },
      notices,
      depth + 1,
    );
    const range = readRange(nested['source_range']);
    if (range) items = crop(items, range.startTicks, range.durationTicks);
  } else {
    items = itemsOf(nested, notices, depth + 1);
  }
  const effects = listOf(nested['effects']);
  return effects.length === 0
    ? items
    : items.map((item) => (item.kind === 'clip' ? { ...item, effects: [...item.effects, ...effects] } : item));
}

/** The part of a run inside [start, start + duration); a shorter run is padded with a gap. */
function crop(items: readonly Item[], startTicks: Ticks, durationTicks: Ticks): Item[] {
  const cropped: Item[] = [];
  let at = 0;
  const end = startTicks + durationTicks;
  for (const item of items) {
    if (item.kind === 'transition') {
      if (at > startTicks && at < end) cropped.push(item);
      continue;
    }
    const from = Math.max(at, startTicks);
    const to = Math.min(at + item.durationTicks, end);
    if (to > from)
      cropped.push(
        item.kind === 'gap'
          ? { kind: 'gap', durationTicks: to - from }
          : { ...item, startTicks: item.startTicks + (from - at), durationTicks: to - from },
      );
    at += item.durationTicks;
  }
  if (at < end) cropped.push({ kind: 'gap', durationTicks: end - Math.max(at, startTicks) });
  return cropped;
}

/** The media reference that counts: Clip.1 has one, Clip.2 a map of them. */
export function activeReference(clip: Json): Json | null {
  const references = clip['media_references'];
  if (isJson(references)) {
    const key = textOf(clip['active_media_reference_key']) || 'DEFAULT_MEDIA';
    const active = references[key] ?? references['DEFAULT_MEDIA'];
    return isJson(active) ? active : null;
  }
  return isJson(clip['media_reference']) ? clip['media_reference'] : null;
}

/** The reference a clip has besides its takes. */
export function ownReference(clip: Json): Json | null {
  const references = clip['media_references'];
  if (isJson(references) && isJson(references['DEFAULT_MEDIA'])) return references['DEFAULT_MEDIA'];
  return activeReference(clip);
}

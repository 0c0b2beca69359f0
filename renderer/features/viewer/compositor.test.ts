import { expect, it } from 'vitest';
import type { PictureAtTick, PictureLayer } from '../../../core/render/layers.ts';
import { drawPlaying, type Context2d, type FindSource } from './compositor.ts';
import type { PictureSource } from './decode/pictureSource.ts';

/** Writes down what is drawn: 'frame ID' for a picture, the words of a note. */
function paper(): { readonly context: Context2d; readonly drawn: string[] } {
  const drawn: string[] = [];
  const nothing = () => {};
  const context = {
    save: nothing,
    restore: nothing,
    setTransform: nothing,
    translate: nothing,
    rotate: nothing,
    fillRect: nothing,
    fillText: (text: string) => drawn.push(text),
  };
  return { context: context as unknown as Context2d, drawn };
}

function layer(clipId: string, opacity = 1): PictureLayer {
  return {
    kind: 'picture',
    clipId,
    trackId: 't',
    source: { kind: 'media', id: clipId },
    sourceTicks: 0,
    patches: [],
    opacity,
    centreX: 8,
    centreY: 8,
    rotationDegrees: 0,
    width: 16,
    height: 16,
    crop: { left: 0, top: 0, right: 0, bottom: 0 },
  };
}

/** 'frame ID', for a patch with the rectangle it is drawn into. */
function saysOf(key: string, [, , x, y, width, height]: readonly unknown[]): string {
  return key.includes(' ') ? `patch ${key} at ${[x, y, width, height].join(' ')}` : `frame ${key}`;
}

const words = { pending: () => 'pending', offline: () => ({ text: 'no file', missing: false }) };
const picture = (...layers: PictureLayer[]): PictureAtTick => ({ width: 16, height: 16, layers });

/**
 * A source of each clip named: 'ready' has a frame, 'opening' will have one, 'empty' never will; others are given as
 * they are.
 */
function play(at: PictureAtTick, sources: Readonly<Record<string, 'ready' | 'opening' | 'empty' | 'unknown' | null>>) {
  const { context, drawn } = paper();
  const find: FindSource = (clipId) => {
    const state = sources[clipId]!;
    if (state === null || state === 'unknown') return state;
    const source: Partial<PictureSource> = {
      opening: state === 'opening',
      peek: () =>
        state === 'ready'
          ? { timestamp: 0, width: 16, height: 16, draw: (...at: unknown[]) => void drawn.push(saysOf(clipId, at)) }
          : null,
    };
    return source as PictureSource;
  };
  return { ...drawPlaying(context, at, find, words), drawn };
}

it('holds what is seen, without words, while a source that covers the picture opens or is not known yet', () => {
  expect(play(picture(layer('a')), { a: 'opening' })).toMatchObject({ held: true, drawn: [] });
  expect(play(picture(layer('a'), layer('over', 0.5)), { a: 'unknown', over: 'ready' })).toMatchObject({
    held: true,
    notes: 0,
    drawn: ['frame over'],
  });
});

it('in a crossfade shows the outgoing clip alone until the incoming one has opened', () => {
  expect(play(picture(layer('out'), layer('in', 0.3)), { out: 'ready', in: 'opening' })).toMatchObject({
    held: false,
    notes: 0,
    pictures: 1,
    drawn: ['frame out'],
  });
});

it('says so only where there is no file to play, or one that gives no picture', () => {
  expect(play(picture(layer('a')), { a: null })).toMatchObject({ notes: 1, drawn: ['no file'] });
  expect(play(picture(layer('a')), { a: 'empty' })).toMatchObject({ notes: 1, drawn: ['no file'] });
});

const patched = (): PictureLayer => ({
  ...layer('a'),
  patches: [{ takeId: 'p', isStill: false, sourceTicks: 0, box: { x: 0.5, y: 0.25, width: 0.25, height: 0.5 } }],
});

it('draws a patch over its source, at its own place in the picture', () => {
  expect(play(picture(patched()), { a: 'ready', 'a p': 'ready' })).toMatchObject({
    pictures: 1,
    notes: 0,
    drawn: ['frame a', 'patch a p at 0 -4 4 8'],
  });
});

it('never shows a source without the patch over it: it waits, or says which file is missing', () => {
  expect(play(picture(patched()), { a: 'ready', 'a p': 'opening' })).toMatchObject({ held: true, drawn: [] });
  expect(play(picture(patched()), { a: 'ready', 'a p': null })).toMatchObject({ notes: 1, drawn: ['no file'] });
  expect(play(picture(patched()), { a: null, 'a p': 'ready' })).toMatchObject({ notes: 1, drawn: ['no file'] });
});

import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClip } from '../../document/create.ts';
import type { Clip } from '../../document/schema.ts';
import type { PictureAtTick } from '../../render/layers.ts';
import { pictureAt } from '../../render/pictureAt.ts';
import { drawTitle, type TitleContext } from '../../render/title.ts';
import { ticksFromSeconds } from '../../time/ticks.ts';
import { ffmpeg } from '../../ffmpeg/testing/ffmpegWords.node.ts';
import { emptyDocument, mediaClip } from './testing/numberedVideo.node.ts';
import { renderAlone } from './testing/renderAlone.node.ts';

const assets = join(import.meta.dirname, '../../../assets');
const size = { width: 640, height: 360 };
const second = ticksFromSeconds(1);
let folder = '';
let still = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'framewright-frame-'));
  still = join(folder, 'still.png');
  // soft shapes: what is compared is where things lie, not how edges are sampled
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=400x300,gblur=sigma=4', '-frames:v', '1', still);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The window's half of the description, on a canvas: as renderer/features/viewer/compositor.ts draws. */
async function drawn(picture: PictureAtTick): Promise<Uint8ClampedArray> {
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  const image = await loadImage(still);
  context.fillStyle = '#000';
  context.fillRect(0, 0, picture.width, picture.height);
  for (const layer of picture.layers) {
    context.save();
    context.globalAlpha = layer.opacity;
    context.translate(layer.centreX, layer.centreY);
    context.rotate((layer.rotationDegrees * Math.PI) / 180);
    const { crop, width, height } = layer;
    const kept = { width: 1 - crop.left - crop.right, height: 1 - crop.top - crop.bottom };
    const box = [
      (crop.left - 0.5) * width,
      (crop.top - 0.5) * height,
      kept.width * width,
      kept.height * height,
    ] as const;
    if (layer.kind === 'picture')
      context.drawImage(image, crop.left * 400, crop.top * 300, kept.width * 400, kept.height * 300, ...box);
    if (layer.kind === 'solid') fill(context, layer.color, box);
    if (layer.kind === 'title') {
      context.scale(width / picture.width, height / picture.height);
      context.translate(-picture.width / 2, -picture.height / 2);
      drawTitle(context as unknown as TitleContext, layer.title, picture.width, picture.height);
    }
    context.restore();
  }
  return context.getImageData(0, 0, picture.width, picture.height).data;
}

function fill(context: SKRSContext2D, color: string, box: readonly [number, number, number, number]): void {
  context.fillStyle = color;
  context.fillRect(...box);
}

/** Mean difference of all channels, 0..255. */
async function difference(
  clips: readonly { role: 'picture' | 'overlay' | 'titles'; make: (still: Parameters<typeof mediaClip>[0]) => Clip }[],
): Promise<number> {
  const { document, sequence, track } = emptyDocument({ num: 30, den: 1 }, size);
  const { media, render, projectId } = renderAlone(document, join(folder, document.id), assets);
  const { imported } = await media.import(projectId, [still]);
  document.media[imported[0]!.id] = imported[0]!;
  for (const { role, make } of clips) track(role).clips.push(make(imported[0]!));
  const { url } = await render.renderFrame(projectId, sequence.id, Math.round(second / 2));
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  context.drawImage(await loadImage((await render.resolveFile(url))!.path), 0, 0);
  const got = context.getImageData(0, 0, size.width, size.height).data;
  const wanted = await drawn(pictureAt(document, sequence.id, Math.round(second / 2)));
  let sum = 0;
  for (let index = 0; index < got.length; index += 4)
    for (let channel = 0; channel < 3; channel++) sum += Math.abs(got[index + channel]! - wanted[index + channel]!);
  return sum / (size.width * size.height * 3);
}

const transform = (changes: Partial<Clip['transform']>) => ({
  transform: { x: 0, y: 0, scale: 1, rotationDegrees: 0, ...changes },
});
const placed = (changes: Partial<Clip>) => [
  { role: 'picture' as const, make: (item: Parameters<typeof mediaClip>[0]) => mediaClip(item, 0, 1, changes) },
];

/** Four keys over a second; the frame at its half lies on the way from the second to the third. */
const onItsWay = (changes: Partial<Clip['transform']>, most: number) => ({
  ...transform(changes),
  positionKeys: [0, 0.3, 0.8, 0.9].map((seconds, i) => ({
    sourceTicks: ticksFromSeconds(seconds),
    x: [-0.8, -0.5, 0.9, 0.7][i]! * most,
    y: [0.3, 0.1, -0.7, 0.2][i]! * most,
    ease: i === 2 ? ('hold' as const) : ('smooth' as const),
  })),
});

it.each([
  ['fitted', placed({})],
  ['on its way over all of the frame', placed(onItsWay({ scale: 3 }, 300))],
  ['on its way, smaller than the frame', placed(onItsWay({ scale: 0.6 }, 190))],
  [
    'on its way backwards at twice the speed',
    placed({ ...onItsWay({}, 120), reversed: true, speed: { num: 2, den: 1 } }),
  ],
  [
    'on its way, turned and cropped',
    placed({
      ...onItsWay({ scale: 0.7, rotationDegrees: 20 }, 90),
      crop: { left: 0.1, top: 0, right: 0, bottom: 0.2 },
    }),
  ],
  ['moved and scaled to odd places', placed(transform({ x: 101, y: -37, scale: 0.51 }))],
  ['enlarged beyond the frame', placed(transform({ x: -200, y: 90, scale: 4 }))],
  ['cropped', placed({ crop: { left: 0.21, top: 0.1, right: 0.05, bottom: 0.33 } })],
  [
    'turned',
    placed({ ...transform({ scale: 0.8, rotationDegrees: 33 }), crop: { left: 0.2, top: 0, right: 0, bottom: 0.1 } }),
  ],
  [
    'half transparent over a colour',
    [
      { role: 'picture' as const, make: () => createClip('ground', { kind: 'solid', color: '#2060a0' }, 0, second) },
      {
        role: 'overlay' as const,
        make: (item: Parameters<typeof mediaClip>[0]) => mediaClip(item, 0, 1, { opacity: 0.5 }),
      },
    ],
  ],
  [
    'a title, turned and scaled, over a picture',
    [
      ...placed({}),
      {
        role: 'titles' as const,
        make: () => ({
          ...createClip(
            'words',
            {
              kind: 'title' as const,
              text: 'Two lines\nof words',
              sizePx: 60,
              color: '#ffe080',
              background: '#203040',
              align: 'left' as const,
              weight: 600 as const,
            },
            0,
            second,
          ),
          ...transform({ scale: 0.7, rotationDegrees: -12, x: 40 }),
        }),
      },
    ],
  ],
])('the exporter draws a picture as the window does: %s', async (_name, clips) => {
  expect(await difference(clips)).toBeLessThan(2);
});

/** Pictures that looks are made with: textures and colour tables, computed here and read by ffmpeg as raw frames. */
import type { ColourChange, Rgb } from './colourMath.ts';
import { unit } from './colourMath.ts';

/** One raw picture. */
export interface Plate {
  /** Tells plates of one run apart. */
  readonly name: string;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly pixelFormat: 'gray' | 'rgb24';
  /** Its bytes: computed when they are written, since large ones take a while. */
  draw(): Uint8Array;
}

/** Level of colour tables: 36 values a channel. */
const tableLevel = 6;

/** A colour change as a table for ffmpeg's `haldclut`. */
export function colourTable(name: string, change: ColourChange): Plate {
  const side = tableLevel ** 3;
  return { name, width: side, height: side, pixelFormat: 'rgb24', draw: () => tableOf(change) };
}

function tableOf(change: ColourChange): Uint8Array {
  const count = tableLevel ** 2;
  const data = new Uint8Array(count ** 3 * 3);
  const at = (value: number): number => value / (count - 1);
  for (let pixel = 0; pixel < count ** 3; pixel++) {
    const colour: Rgb = [
      at(pixel % count),
      at(Math.floor(pixel / count) % count),
      at(Math.floor(pixel / (count * count))),
    ];
    for (const [channel, value] of change(colour).entries()) data[pixel * 3 + channel] = Math.round(unit(value) * 255);
  }
  return data;
}

/** A plate that runs from colour to colour downwards. */
export function gradientPlate(name: string, colourAt: (down: number) => Rgb): Plate {
  const [width, height] = [16, 360];
  return {
    name,
    width,
    height,
    pixelFormat: 'rgb24',
    draw: () =>
      Uint8Array.from({ length: width * height * 3 }, (_, i) => {
        const colour = colourAt(Math.floor(i / (3 * width)) / (height - 1));
        return Math.round(unit(colour[i % 3]!) * 255);
      }),
  };
}

/** A plate of grey values 0..1. */
export function greyPlate(name: string, width: number, height: number, values: () => Float32Array): Plate {
  return {
    name,
    width,
    height,
    pixelFormat: 'gray',
    draw: () => Uint8Array.from(values(), (value) => Math.round(unit(value) * 255)),
  };
}

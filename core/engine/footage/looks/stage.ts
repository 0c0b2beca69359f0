/**
 * What a look draws with: frames of one size in a filter graph, the plates it lays over them, and the length that all
 * its measures are in: a unit is a pixel at 720 lines, so that every size looks alike.
 */
import { exactScaling, format, markedBt709 } from '../../../ffmpeg/colour.ts';
import { add, multiply, subtract, variable, call, type Expression } from '../../../ffmpeg/expression.ts';
import { filter, type Filter, type FilterGraph, type Stream } from '../../../ffmpeg/filterGraph.ts';
import { renumbered } from '../../../ffmpeg/frameFilters.ts';
import type { SampleFormat } from '../../../ffmpeg/sampleFormat.ts';
import type { Box, Size } from '../../../render/place.ts';
import type { Rate } from '../../../time/ticks.ts';
import type { ColourChange, Rgb } from './colourMath.ts';
import { blendValue, type BlendMode } from './blendValue.ts';
import { colourTable, type Plate } from './plate.ts';
import { mapNames, type MapName } from './scene/sceneMaps.ts';
import type { Scene } from './scene/sceneRun.ts';
import type { TextureSize } from './textures.ts';

/** The frames that a look is drawn on. */
export interface StageFrames {
  readonly size: Size;
  readonly rate: Rate;
  readonly frameCount: number;
}

/** How a plate moves: parts of its own width and height a second, to the right and down. */
export interface Drift {
  readonly right: number;
  readonly down: number;
}

/** The opacity of the patch that is drawn, as `overOpacity` of encodePatch.node.ts reads it. */
export interface CoverFile {
  readonly path: string;
  readonly samples: SampleFormat;
  /** Of a raw frame. */
  readonly rows: number;
  readonly box: Box;
}

/** Lines of the picture that lengths are given for. */
const unitLines = 720;
/** A texture is computed at most this wide or high; longer pictures stretch it. */
const longestTexturePx = 2560;
/** Lines of a picture that is only glanced at, and px of a unit in its textures. */
const smallLines = 240;
const smallScale = 0.4;
/** Share of a jumping plate that lies beyond the picture. */
const jumpShare = 0.25;

/** Straight pieces that a curve is made of. */
const curvePieces = 32;

/** A function of 0..1 as an expression of `val`, 0..255, in straight pieces. */
function curveOf(change: (value: number) => number): Expression {
  const along = (piece: number): Expression => {
    const from = piece / curvePieces;
    const rise = (change(from + 1 / curvePieces) - change(from)) * curvePieces;
    return multiply(
      subtract(call('clip', variable('val'), 255 * from, 255 * from + 255 / curvePieces), 255 * from),
      rise,
    );
  };
  const pieces = Array.from({ length: curvePieces }, (_, piece) => along(piece));
  return call('clip', add(255 * change(0) + 0.5, ...pieces), 0, 255);
}

/** A look's place of work. Colours are gbrp, full range; grey is one plane. */
export class LookStage {
  readonly graph: FilterGraph;
  readonly frames: StageFrames;
  /** What is known of the scene; null where nobody looked. */
  readonly scene: Scene | null;
  private readonly coverFile: CoverFile | null;
  private readonly folder: string;
  private readonly plates: Map<string, Plate>;

  /** `folder`: where the plates will be, as files; `plates`: those that are there already. */
  constructor(
    graph: FilterGraph,
    frames: StageFrames,
    folder: string,
    scene: Scene | null = null,
    cover: CoverFile | null = null,
    plates = new Map<string, Plate>(),
  ) {
    this.plates = plates;
    this.graph = graph;
    this.frames = frames;
    this.folder = folder;
    this.scene = scene;
    this.coverFile = cover;
  }

  /** What has to be written before the graph runs, by path. */
  get files(): ReadonlyMap<string, Plate> {
    return this.plates;
  }

  /** Pixels of a length in units. */
  px(units: number): number {
    const { width, height } = this.frames.size;
    return (units * Math.min(width, height)) / unitLines;
  }

  /** Size of a texture that covers the picture; coarser for small pictures, which it would cost more than they do. */
  get textureSize(): TextureSize {
    const { width, height } = this.frames.size;
    const shorter = Math.min(width, height);
    const scale = shorter < smallLines ? smallScale : 1;
    const side = (px: number): number =>
      Math.max(16, Math.min(longestTexturePx, Math.round((px * unitLines * scale) / shorter)));
    return { width: side(width), height: side(height), scale };
  }

  /** Frames as red, green and blue, from bt709 in limited range. */
  rgb(stream: Stream): Stream {
    const convert = filter('scale', { in_color_matrix: 'bt709', in_range: 'tv', out_range: 'pc', flags: exactScaling });
    return this.chain(stream, convert, format('gbrp'));
  }

  /** The way back from `rgb`, as most encoders take frames: yuv420p, bt709, limited range. */
  video(rgb: Stream): Stream {
    const convert = filter('scale', {
      in_range: 'pc',
      out_color_matrix: 'bt709',
      out_range: 'tv',
      flags: exactScaling,
    });
    return this.chain(rgb, convert, format('yuv420p'), filter('setsar', { sar: 1 }), markedBt709);
  }

  /** Soft light and colours are drawn at half the size, which shows no difference. `video`: as `video` answers. */
  softly(video: Stream, draw: (small: LookStage, rgb: Stream) => Stream): Stream {
    const { width, height } = this.frames.size;
    const half = { width: Math.max(2, 2 * Math.round(width / 4)), height: Math.max(2, 2 * Math.round(height / 4)) };
    const frames = { ...this.frames, size: half };
    const small = new LookStage(this.graph, frames, this.folder, this.scene, null, this.plates);
    const sized = (stream: Stream, to: Size, flags: 'area' | 'bilinear') =>
      this.chain(stream, filter('scale', { w: to.width, h: to.height, flags }), filter('setsar', { sar: 1 }));
    const drawn = small.video(draw(small, small.rgb(sized(video, half, 'area'))));
    return this.rgb(sized(drawn, this.frames.size, 'bilinear'));
  }

  /** Less noise, most of it over time: what is still stays still. For frames in yuv; `amount`: 1 = camera noise. */
  steady(stream: Stream, amount: number): Stream {
    return this.chain(
      stream,
      filter('hqdn3d', {
        luma_spatial: 1.5 * amount,
        chroma_spatial: 1.5 * amount,
        luma_tmp: 6 * amount,
        chroma_tmp: 6 * amount,
      }),
    );
  }

  /** Luma alone, with the values of limited range, but marked as plain grey. */
  luma(stream: Stream): Stream {
    return this.chain(stream, filter('extractplanes', { planes: 'y' }), filter('setparams', { range: 'pc' }));
  }

  /** The green channel, which is nearest to luma. */
  green(rgb: Stream): Stream {
    return this.chain(rgb, filter('extractplanes', { planes: 'g' }), filter('setparams', { range: 'pc' }));
  }

  /** Every value of a grey plane through an expression of `val`, 0..255. */
  curve(grey: Stream, value: Expression): Stream {
    return this.chain(grey, filter('lut', { c0: call('clip', value, 0, 255) }), format('gray'));
  }

  /** A grey plane for every channel. */
  asRgb(grey: Stream): Stream {
    // a copy of the plane; a conversion of formats would compute each value
    return this.chain(grey, format('gray'), filter('mergeplanes', { format: 'gbrp' }));
  }

  /** A grey plane in colours: `colourAt` of values 0..1. */
  tinted(grey: Stream, colourAt: (value: number) => Rgb): Stream {
    return this.curves(this.asRgb(grey), (value, channel) => colourAt(value)[channel]!);
  }

  /** Each channel of gbrp through a function of values 0..1. */
  curves(rgb: Stream, change: (value: number, channel: 0 | 1 | 2) => number): Stream {
    const [r, g, b] = ([0, 1, 2] as const).map((channel) => curveOf((value) => change(value, channel)));
    return this.chain(rgb, filter('lutrgb', { r, g, b }));
  }

  /** More colour for amounts above 1, less below; frames in yuv420p. */
  saturated(video: Stream, amount: number): Stream {
    const value = call('clip', add(128, multiply(subtract(variable('val'), 128), amount)), 16, 240);
    return this.chain(video, filter('lutyuv', { y: variable('val'), u: value, v: value }), format('yuv420p'));
  }

  /** Filters in a row. */
  chain(stream: Stream, ...filters: readonly Filter[]): Stream {
    return this.graph.chain([stream], filters);
  }

  /** Copies of a stream. */
  copies(stream: Stream, count: number): Stream[] {
    return this.graph.split(stream, count);
  }

  /** Gaussian blur; `sigma` in units. */
  blur(stream: Stream, sigma: number): Stream {
    return this.chain(stream, filter('gblur', { sigma: Math.max(0.1, this.px(sigma)), steps: 2 }));
  }

  /** Box blur; `radius` in units. */
  box(stream: Stream, radius: number): Stream {
    return this.chain(stream, filter('avgblur', { sizeX: Math.max(1, Math.round(this.px(radius))) }));
  }

  /** `ground` with `layer` in a mode of blend; `opacity`, of colours alone: how much of the result counts. */
  blend(ground: Stream, layer: Stream, mode: BlendMode, opacity = 1): Stream {
    const isQuick = opacity === 1 && mode !== 'softlight' && mode !== 'overlay';
    if (isQuick) return this.graph.chain([ground, layer], [filter('blend', { all_mode: mode })]);
    // a table of all pairs of values: `blend` computes these pixel by pixel
    return this.pairs(ground, layer, (x, y) => blendValue(mode, x, y, opacity));
  }

  /** The same of two grey pictures. */
  blendGrey(ground: Stream, layer: Stream, mode: BlendMode, opacity = 1): Stream {
    return this.combine(ground, layer, 8, (x, y) =>
      multiply(blendValue(mode, multiply(x, 255), multiply(y, 255), opacity), 1 / 255),
    );
  }

  /** Every channel through an expression of both pictures' values, 0..255. Both are gbrp. */
  pairs(ground: Stream, layer: Stream, value: (x: Expression, y: Expression) => Expression): Stream {
    // lut2 cuts off what lies behind the point
    const result = call('clip', add(value(variable('x'), variable('y')), 0.5), 0, 255);
    return this.graph.chain([ground, layer], [filter('lut2', { c0: result, c1: result, c2: result }), format('gbrp')]);
  }

  /** `over` over `under`. */
  mix(under: Stream, over: Stream, opacity: number): Stream {
    return this.graph.chain([over, under], [filter('blend', { all_mode: 'normal', all_opacity: opacity })]);
  }

  /** `over` where the mask is white. All three have the same format. */
  merge(under: Stream, over: Stream, mask: Stream): Stream {
    return this.graph.chain([under, over, mask], [filter('maskedmerge')]);
  }

  /** Colours of a stream in red, green and blue through a function. */
  recolour(stream: Stream, name: string, change: ColourChange): Stream {
    const table = this.chain(this.open(colourTable(name, change)), filter('setsar', { sar: 1 }));
    // packed: ffmpeg 5 mixes up the planes of gbrp here
    return this.graph.chain([this.chain(stream, format('rgb24')), table], [filter('haldclut'), format('gbrp')]);
  }

  /** One value of two grey pictures of the same depth, each as a share of its greatest. */
  combine(first: Stream, second: Stream, bits: 8 | 10, value: (x: Expression, y: Expression) => Expression): Stream {
    const most = 2 ** bits - 1;
    const share = (name: 'x' | 'y') => multiply(variable(name), 1 / most);
    const result = call('clip', multiply(value(share('x'), share('y')), most), 0, most);
    // without a format behind it ffmpeg may run lut2 on colour frames, whose other planes would stay as they are
    return this.graph.chain(
      [first, second],
      [filter('lut2', { c0: result }), format(bits === 8 ? 'gray' : 'gray10le')],
    );
  }

  /** A plate that lies still over the whole picture, grey. */
  still(plate: Plate): Stream {
    return this.chain(this.open(plate), ...this.covering(this.frames.size));
  }

  /** The same in colour, gbrp. */
  stillInColour(plate: Plate): Stream {
    const { width, height } = this.frames.size;
    return this.chain(
      this.open(plate),
      filter('scale', { w: width, h: height, flags: 'bicubic' }),
      format('gbrp'),
      filter('setsar', { sar: 1 }),
    );
  }

  /** A map of the scene over the whole picture, grey; only where there is a scene. */
  map(name: MapName): Stream {
    if (!this.scene) throw new Error('nobody looked at the scene');
    const { path, size, rate } = this.scene;
    const input = this.graph.open({
      path,
      format: 'rawvideo',
      options: [
        ['pixel_format', 'gray'],
        ['video_size', { width: size.width, height: size.height * mapNames.length }],
        ['framerate', rate],
      ],
    });
    return this.chain(
      input.stream(0),
      filter('crop', { w: size.width, h: size.height, x: 0, y: mapNames.indexOf(name) * size.height, exact: 1 }),
      ...this.covering(this.frames.size),
    );
  }

  /** How much of each pixel the looks will cover, grey, as long as the film; null where they cover all. */
  cover(): Stream | null {
    if (!this.coverFile) return null;
    const { path, samples, rows, box } = this.coverFile;
    const { size, rate, frameCount } = this.frames;
    const input = this.graph.open({
      path,
      format: 'rawvideo',
      options: [
        ['pixel_format', samples.name],
        ['video_size', { width: box.width, height: rows }],
        ['framerate', rate],
      ],
    });
    const isWhole = box.width === size.width && box.height === size.height;
    const part = this.chain(
      input.stream(0),
      // one frame stands for all where the mask stands still
      filter('tpad', { stop_mode: 'clone', stop: -1 }),
      filter('trim', { end_frame: frameCount }),
      ...(samples.model === 'gray' ? [] : [filter('extractplanes', { planes: samples.model === 'gbr' ? 'g' : 'y' })]),
      filter('setparams', { range: 'pc' }),
      format('gray'),
      filter('setsar', { sar: 1 }),
      filter('crop', { w: box.width, h: box.height, x: 0, y: 0, exact: 1 }),
      ...(isWhole ? [] : [filter('pad', { w: size.width, h: size.height, x: box.x, y: box.y, color: 'black' })]),
    );
    // what is padded may be black as video knows it, 16
    return isWhole ? part : this.curve(part, multiply(subtract(variable('val'), 16), 255 / 239));
  }

  /** A plate that shows another part of itself in every frame, as grain does; grey. */
  jumping(plate: Plate): Stream {
    const { width, height } = this.frames.size;
    const [spareX, spareY] = [Math.ceil(width * jumpShare), Math.ceil(height * jumpShare)];
    const step = (share: number, spare: number) =>
      call('floor', call('mod', multiply(variable('n'), share * spare), spare));
    return this.chain(
      this.open(plate),
      ...this.covering({ width: width + spareX, height: height + spareY }),
      ...this.repeated(),
      // steps of the golden ratio and its kin: neighbouring frames never show neighbouring parts
      filter('crop', { w: width, h: height, x: step(0.618034, spareX), y: step(0.754878, spareY), exact: 1 }),
    );
  }

  /** A plate that moves steadily and comes in again at the other side, grey. */
  drifting(plate: Plate, { right, down }: Drift, size: Size = this.frames.size): Stream {
    const perFrame = this.frames.rate.den / this.frames.rate.num;
    const speed = (share: number) => Math.max(-1, Math.min(1, -share * perFrame));
    return this.chain(
      this.open(plate),
      ...this.covering(size),
      ...this.repeated(),
      filter('scroll', { horizontal: speed(right), vertical: speed(down) }),
      ...(size === this.frames.size
        ? []
        : [filter('crop', { w: this.frames.size.width, h: this.frames.size.height, x: 0, y: 0, exact: 1 })]),
    );
  }

  private open(plate: Plate): Stream {
    const path = `${this.folder}/${plate.name}-${this.plates.size}.plate`;
    this.plates.set(path, plate);
    const input = this.graph.open({
      path,
      format: 'rawvideo',
      options: [
        ['pixel_format', plate.pixelFormat],
        ['video_size', { width: plate.width, height: plate.height }],
        ['framerate', this.frames.rate],
      ],
    });
    return input.stream(0);
  }

  private covering({ width, height }: Size): Filter[] {
    return [filter('scale', { w: width, h: height, flags: 'bicubic' }), format('gray'), filter('setsar', { sar: 1 })];
  }

  private repeated(): Filter[] {
    return [
      filter('loop', { loop: -1, size: 1, start: 0 }),
      ...renumbered(this.frames.rate),
      filter('trim', { end_frame: this.frames.frameCount }),
    ];
  }
}

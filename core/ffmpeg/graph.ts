/**
 * The picture of a chunk of frames as an ffmpeg filter graph: the other backend of the one description. Every clip is
 * one input, put on the sequence's frame grid once (frameFilters.ts), placed and coloured, then shared out to the spans
 * it is seen in; spans are composed back to front and joined. Only streams are held, never lengths.
 */
import { ticksAtFrame, ticksPerSecond } from '../time/ticks.ts';
import type { Sequence } from '../document/schema.ts';
import { solidFilters, solidYuv } from './solid.ts';
import { exactScaling, format, toBt709 } from './colour.ts';
import { add, multiply, subtract, variable, type Expression } from './expression.ts';
import { filter, FilterGraph, type Filter, type Stream } from './filterGraph.ts';
import { colour, seconds } from './filterValue.ts';
import type { Rereads } from './framePromise.ts';
import { renumbered, stillFilters, type FrameMap } from './frameFilters.ts';
import { openFrames, type SourceFrames } from './layPatches.ts';
import { movingPlace, type MovingPlace } from './movingPlace.ts';
import { overlayFormat, withAlpha, type SampleFormat } from './sampleFormat.ts';
import { outputFrame, place, type Box, type OutputFrame, type Placement, type Size } from '../render/place.ts';
import type { PlayedSource } from '../render/playedSource.ts';
import { referenceTicksAt } from '../render/sourceTime.ts';
import { activeRamps, type FrameRange, type ShownWindow, type Span } from '../render/spans.ts';
import type { ClipWindow, Ramp } from '../render/windows.ts';

/** A file as the graph needs to know it: its size as shown, and how its frames are read. */
export interface GraphSource extends Size, SourceFrames {}

/** A title as drawn for this output, its transform in the pixels. Sides and corner are even. */
export interface DrawnTitle extends Box {
  readonly path: string;
}

/** What to draw: frames of a sequence, cut into spans. */
export interface GraphRequest {
  readonly sequence: Sequence;
  readonly range: FrameRange;
  readonly spans: readonly Span[];
  readonly output: Size;
  /** What pictures are put together in: a format that overlay takes as it is. */
  readonly samples: SampleFormat;
  /** How files are read that a first attempt did not read right. */
  readonly rereads?: Rereads;
  sourceOf(window: ClipWindow): GraphSource;
  /** null: nothing of it is visible. */
  titleOf(window: ClipWindow): DrawnTitle | null;
}

/** The graph of a chunk and the stream that it ends in. */
export interface PictureGraph {
  /** May be added to: sound, metadata, another conversion of the picture. */
  readonly graph: FilterGraph;
  /** frameCount frames of the samples asked for, bt709, limited, numbered from 0. */
  readonly picture: Stream;
}

/** A layer in one span, ready to be composed. */
interface Piece {
  readonly stream: Stream;
  readonly window: ClipWindow;
  readonly box: Box;
  readonly opaque: boolean;
}

/** The graph of a chunk of frames. */
export function pictureGraph(request: GraphRequest): PictureGraph {
  return new GraphBuilder(request).build();
}

class GraphBuilder {
  private readonly graph: FilterGraph;
  private readonly frame: OutputFrame;
  private readonly request: GraphRequest;
  /** Copies of a window's stream, one for each span that shows it, in order. */
  private readonly shares = new Map<ClipWindow, Stream[]>();
  private readonly boxes = new Map<ClipWindow, Box>();
  /** Windows that are laid over others on their way. */
  private readonly ways = new Map<ClipWindow, MovingPlace>();

  constructor(request: GraphRequest) {
    this.request = request;
    this.graph = new FilterGraph(request.rereads);
    this.frame = outputFrame(request.sequence, request.output);
  }

  build(): PictureGraph {
    const { spans, range, sequence } = this.request;
    const uses = new Map<ShownWindow, Span[]>();
    for (const span of spans) for (const shown of span.shown) uses.set(shown, [...(uses.get(shown) ?? []), span]);
    for (const [shown, inSpans] of uses) this.openWindow(shown, inSpans);
    const parts = spans.map((span) => this.span(span));
    const joined =
      parts.length === 1 ? parts[0]! : this.graph.chain(parts, [filter('concat', { n: parts.length, v: 1, a: 0 })]);
    const picture = this.graph.chain(
      [joined],
      [
        ...renumbered(sequence.rate),
        // changes no frame: it names the rate, which ffmpeg else takes from the lowest picture. At 10 frames a second
        // under an output of 30 it holds the first frame for three, if that is of an animation
        filter('fps', { fps: sequence.rate }),
        filter('trim', { end_frame: range.frameCount }),
        format(this.request.samples.name),
        filter('setsar', { sar: 1 }),
      ],
    );
    return { graph: this.graph, picture };
  }

  /** Opens a window's input for the frames it is needed in, and shares its stream out to its spans. */
  private openWindow(shown: ShownWindow, spans: readonly Span[]): void {
    const { window } = shown;
    const first = spans[0]!.startFrame;
    const last = spans.at(-1)!.endFrame;
    const stream = window.source
      ? this.openSource(window, first, last)
      : window.clip.reference.kind === 'title'
        ? this.openTitle(window, last - first)
        : this.openSolid(window, last - first);
    if (!stream) return;
    const copies = this.graph.split(stream, spans.length);
    this.shares.set(
      window,
      spans.map((span, index) =>
        this.graph.chain(
          [copies[index]!],
          [filter('trim', { start_frame: span.startFrame - first, end_frame: span.endFrame - first }), numbered],
        ),
      ),
    );
  }

  private openSource(window: ClipWindow, first: number, last: number): Stream | null {
    const { sequence } = this.request;
    if (window.path) return this.openMoving(window, first, last);
    const placement = place(window.geometry, window.clip.crop, window.source!, this.frame);
    if (!placement) return null;
    const source = this.request.sourceOf(window);
    const frames = openFrames(this.graph, source, frameMap(window, sequence, first, last));
    this.boxes.set(window, placement.box);
    return this.graph.chain(
      [frames.stream],
      [...placeFilters(placement, source, window.source!, this.request.samples), ...frames.finish],
    );
  }

  /** A picture on its way: the part of it that fills the output, or else all of it, which overlay moves. */
  private openMoving(window: ClipWindow, first: number, last: number): Stream | null {
    const { sequence, samples } = this.request;
    const way = movingPlace(window, sequence, window.source!, this.frame);
    if (!way) return null;
    const { width, height } = this.frame;
    const { box, scaled } = way.placement;
    // half a pixel short still covers
    const whole = { width: Math.max(scaled.width, width), height: Math.max(scaled.height, height) };
    const placement = window.covers ? { ...way.placement, scaled: whole } : way.placement;
    const source = this.request.sourceOf(window);
    const frames = openFrames(this.graph, source, frameMap(window, sequence, first, last));
    const filters = [...placeFilters(placement, source, window.source!, samples), ...frames.finish];
    if (!window.covers) {
      this.ways.set(window, way);
      this.boxes.set(window, box);
      return this.graph.chain([frames.stream], filters);
    }
    this.boxes.set(window, { x: 0, y: 0, width, height });
    const [x, y] = [subtract(0, way.x(first)), subtract(0, way.y(first))];
    return this.graph.chain([frames.stream], [...filters, filter('crop', { w: width, h: height, x, y, exact: 1 })]);
  }

  private openTitle(window: ClipWindow, frameCount: number): Stream | null {
    const title = this.request.titleOf(window);
    if (!title) return null;
    const opened = this.graph.open({ path: title.path, format: 'png_pipe' });
    this.boxes.set(window, title);
    return this.graph.chain(
      [opened.stream(0)],
      [
        filter('scale', { out_color_matrix: 'bt709', out_range: 'tv', flags: exactScaling }),
        format(withAlpha(this.request.samples).name),
        ...this.still(frameCount),
      ],
    );
  }

  private openSolid(window: ClipWindow, frameCount: number): Stream | null {
    const placement = place(window.geometry, window.clip.crop, this.request.sequence, this.frame);
    if (!placement || window.clip.reference.kind !== 'solid') return null;
    this.boxes.set(window, placement.box);
    const size = placement.crop ?? placement.scaled;
    return this.graph.chain(
      [],
      [
        ...solidFilters(window.clip.reference.color, size, this.request.samples),
        ...turnFilters({ ...placement, crop: null }),
        ...this.still(frameCount),
      ],
    );
  }

  private still(frameCount: number): readonly Filter[] {
    return stillFilters({ outputRate: this.request.sequence.rate, frameCount }).finish;
  }

  /** Composes one span back to front. Frames are numbered from 0. */
  private span(span: Span): Stream {
    const pieces = span.shown.flatMap((shown) => this.piece(shown.window) ?? []);
    const [bottom, ...rest] = pieces;
    if (!bottom) return this.black(span);
    const base = this.fillsFrame(bottom) ? this.faded(bottom, span, false) : this.over(this.black(span), bottom, span);
    return rest.reduce((ground, piece) => this.over(ground, piece, span), base);
  }

  private piece(window: ClipWindow): Piece | null {
    const stream = this.shares.get(window)?.shift();
    const box = this.boxes.get(window);
    if (stream === undefined || box === undefined) return null;
    return { stream, window, box, opaque: isOpaque(window) };
  }

  private fillsFrame(piece: Piece): boolean {
    if (this.ways.has(piece.window)) return false;
    const { x, y, width, height } = piece.box;
    return piece.opaque && x === 0 && y === 0 && width === this.frame.width && height === this.frame.height;
  }

  private over(ground: Stream, piece: Piece, span: Span): Stream {
    const { x, y, width, height } = piece.box;
    const { samples } = this.request;
    const way = this.ways.get(piece.window);
    const even = !way && [x, y, width, height].every((px) => px % 2 === 0);
    const at = way ? { x: way.x(span.startFrame), y: way.y(span.startFrame) } : { x, y };
    // overlay has no 4:4:4 of 10 bits: there an odd place is a chroma sample off
    const laidIn = even || samples.bitDepth > 8 ? overlayFormat(samples) : 'yuv444';
    if (laidIn === null) throw new Error(`pictures cannot be laid over each other in ${samples.name}`);
    return this.graph.chain(
      [ground, this.faded(piece, span, true)],
      [filter('overlay', { ...at, format: laidIn, eof_action: 'pass' }), format(samples.name)],
    );
  }

  /** The piece with its opacity: in its alpha where something is below, else darkened towards the black ground. */
  private faded(piece: Piece, span: Span, alpha: boolean): Stream {
    const { rate } = this.request.sequence;
    const ramps = activeRamps(piece.window, span.startFrame, span.endFrame, rate);
    const { opacity } = piece.window;
    if (opacity === 1 && ramps.length === 0) return piece.stream;
    const lead = Math.ceil(
      Math.max(0, ...ramps.map((ramp) => (ticksAtFrame(span.startFrame, rate) - ramp.startTicks) / ticksPerSecond)) + 1,
    );
    const leadFrames = Math.ceil((lead * rate.num) / rate.den);
    const zeroTicks =
      ticksAtFrame(span.startFrame, rate) - Math.round((leadFrames * ticksPerSecond * rate.den) / rate.num);
    return this.graph.chain(
      [piece.stream],
      [
        ...(alpha ? [format(withAlpha(this.request.samples).name)] : []),
        ...(opacity === 1 ? [] : [constantOpacity(opacity, alpha, this.request.samples)]),
        // fades count from the ramp's start, which may lie before this span
        filter('setpts', { expr: add(variable('N'), leadFrames) }),
        ...ramps.map((ramp) => fade(ramp, zeroTicks, alpha)),
        numbered,
      ],
    );
  }

  private black(span: Span): Stream {
    const { rate } = this.request.sequence;
    const size = { width: this.frame.width, height: this.frame.height };
    return this.graph.chain(
      [],
      [
        filter('color', { color: 'black', size, rate }),
        format(this.request.samples.name),
        filter('trim', { end_frame: span.endFrame - span.startFrame }),
        ...renumbered(rate),
      ],
    );
  }
}

const numbered = filter('setpts', { expr: variable('N') });

/** One opacity for a whole span: in the alpha, or towards the black of bt709, limited. */
function constantOpacity(opacity: number, alpha: boolean, { bitDepth }: SampleFormat): Filter {
  const val = variable('val');
  const unit = 2 ** (bitDepth - 8);
  const towards = (black: number): Expression => add(black, multiply(subtract(val, black), opacity));
  return alpha
    ? filter('lutyuv', { a: multiply(val, opacity) })
    : filter('lutyuv', { y: towards(16 * unit), u: towards(128 * unit), v: towards(128 * unit) });
}

/** True when nothing below a window shows through it, whatever its opacity over time. */
export function isOpaque(window: ClipWindow): boolean {
  if (window.geometry.rotationDegrees % 360 !== 0) return false;
  if (window.source) return !window.source.hasAlpha;
  return window.clip.reference.kind === 'solid' && solidYuv(window.clip.reference.color).alpha === 1;
}

/** What a window shows from one frame of the sequence up to another. */
export function frameMap(window: ClipWindow, sequence: Sequence, first: number, last: number): FrameMap {
  const played = window.source!;
  const earliest = window.clip.reversed ? last - 1 : first;
  return {
    sourceRate: played.rate,
    sourceDurationTicks: played.durationTicks,
    startTicks:
      referenceTicksAt(window.clip, ticksAtFrame(earliest, sequence.rate), sequence.rate) - played.offsetTicks,
    speed: window.clip.speed,
    reversed: window.clip.reversed,
    outputRate: sequence.rate,
    frameCount: last - first,
  };
}

function fade(ramp: Ramp, zeroTicks: number, alpha: boolean): Filter {
  const start = (ramp.startTicks - zeroTicks) / ticksPerSecond;
  return filter('fade', {
    type: ramp.from === 0 ? 'in' : 'out',
    start_time: seconds(start),
    duration: seconds(ramp.durationTicks / ticksPerSecond),
    alpha: alpha ? 1 : undefined,
  });
}

/** `shown`: the source as the document has it, in whose pixels the placement counts. */
function placeFilters(
  placement: Placement,
  { colour: sourceColour }: GraphSource,
  shown: Size & Pick<PlayedSource, 'hasAlpha'>,
  samples: SampleFormat,
): Filter[] {
  const { sourceCrop, scaled } = placement;
  const asIs = scaled.width === shown.width && scaled.height === shown.height && sourceCrop === null;
  return [
    ...(sourceCrop ? squareFirst(shown, sourceCrop) : []),
    // scaled even at its own size: with oblong pixels the coded size differs, and ffmpeg leaves equal sizes alone
    filter('scale', { w: scaled.width, h: scaled.height, flags: asIs ? undefined : 'bicubic' }),
    filter('setsar', { sar: 1 }),
    ...toBt709(sourceColour, shown.hasAlpha, samples, hasOddSides(scaled)),
    ...turnFilters(placement),
  ];
}

function hasOddSides({ width, height }: Size): boolean {
  return width % 2 !== 0 || height % 2 !== 0;
}

/** Crops are counted in pixels as shown; sources with oblong pixels are squared first. */
function squareFirst(shown: Size, crop: Box): Filter[] {
  return [
    filter('scale', { w: shown.width, h: shown.height, flags: 'bicubic' }),
    filter('crop', { w: crop.width, h: crop.height, x: crop.x, y: crop.y }),
  ];
}

function turnFilters(placement: Placement): Filter[] {
  const { crop, turnRadians, box } = placement;
  return [
    ...(crop ? [filter('crop', { w: crop.width, h: crop.height, x: crop.x, y: crop.y, exact: 1 })] : []),
    ...(turnRadians === 0
      ? []
      : [
          format('yuva444p'),
          filter('rotate', { a: turnRadians, ow: box.width, oh: box.height, c: colour('black', 0) }),
        ]),
  ];
}

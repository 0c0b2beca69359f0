/**
 * The picture of a chunk of frames as an ffmpeg filter graph: the other backend of the one description. Every clip is
 * one input, put on the sequence's frame grid once (frameFilters.ts), placed and coloured, then shared out to the spans
 * it is seen in; spans are composed back to front and joined. Only streams are held, never lengths.
 */
import { ticksAtFrame, ticksPerSecond } from '../time/ticks.ts';
import type { Sequence } from '../document/schema.ts';
import { solidFilters, solidYuv } from './solid.ts';
import { toBt709, type SourceColour } from './colour.ts';
import { frameFilters, type FrameMap } from './frameFilters.ts';
import { outputFrame, place, type Box, type OutputFrame, type Placement, type Size } from '../render/place.ts';
import { referenceTicksAt } from '../render/sourceTime.ts';
import { activeRamps, type FrameRange, type ShownWindow, type Span } from '../render/spans.ts';
import type { ClipWindow, Ramp } from '../render/windows.ts';

/** A file as the graph needs to know it. */
export interface GraphSource extends Size {
  readonly path: string;
  /** Words before `-i`, beside the seek. */
  readonly inputOptions: readonly string[];
  readonly streamIndex: number;
  readonly colour: SourceColour;
  readonly seeksExactly: boolean;
}

/** A title as drawn for this output: its transform is in the pixels already. Sides and corner even. */
export interface DrawnTitle extends Box {
  readonly path: string;
}

export interface GraphRequest {
  readonly sequence: Sequence;
  readonly range: FrameRange;
  readonly spans: readonly Span[];
  readonly output: Size;
  sourceOf(window: ClipWindow): GraphSource;
  /** null: nothing of it is visible. */
  titleOf(window: ClipWindow): DrawnTitle | null;
}

export interface GraphInput {
  readonly path: string;
  readonly options: readonly string[];
}

export interface PictureGraph {
  readonly inputs: readonly GraphInput[];
  /** Ends in `[picture]`: frameCount frames of yuv420p, bt709, limited, numbered from 0. */
  readonly filterGraph: string;
}

/** A layer in one span, ready to be composed. */
interface Piece {
  readonly label: string;
  readonly window: ClipWindow;
  readonly box: Box;
  readonly opaque: boolean;
}

export function pictureGraph(request: GraphRequest): PictureGraph {
  return new GraphBuilder(request).build();
}

class GraphBuilder {
  private readonly inputs: GraphInput[] = [];
  private readonly chains: string[] = [];
  private readonly frame: OutputFrame;
  private readonly request: GraphRequest;
  private labels = 0;
  /** Stream labels of a window, one for each span that shows it, in order. */
  private readonly shares = new Map<ClipWindow, string[]>();
  private readonly boxes = new Map<ClipWindow, Box>();

  constructor(request: GraphRequest) {
    this.request = request;
    this.frame = outputFrame(request.sequence, request.output);
  }

  build(): PictureGraph {
    const { spans, range, sequence } = this.request;
    const uses = new Map<ShownWindow, Span[]>();
    for (const span of spans) for (const shown of span.shown) uses.set(shown, [...(uses.get(shown) ?? []), span]);
    for (const [shown, inSpans] of uses) this.openWindow(shown, inSpans);
    const parts = spans.map((span) => this.span(span));
    const joined = parts.length === 1 ? parts[0]! : this.chain(parts, [`concat=n=${parts.length}:v=1:a=0`]);
    this.chain(
      [joined],
      [
        `settb=${sequence.rate.den}/${sequence.rate.num}`,
        'setpts=N',
        `trim=end_frame=${range.frameCount}`,
        'format=yuv420p',
        'setsar=1',
      ],
      'picture',
    );
    return { inputs: this.inputs, filterGraph: this.chains.join(';\n') };
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
    const names = spans.map(() => this.label());
    if (names.length > 1)
      this.chains.push(`[${stream}]split=${names.length}${names.map((name) => `[${name}]`).join('')}`);
    this.shares.set(
      window,
      spans.map((span, index) =>
        this.chain(
          [names.length > 1 ? names[index]! : stream],
          [`trim=start_frame=${span.startFrame - first}:end_frame=${span.endFrame - first}`, 'setpts=N'],
        ),
      ),
    );
  }

  private openSource(window: ClipWindow, first: number, last: number): string | null {
    const { sequence } = this.request;
    const placement = place(window.geometry, window.clip.crop, window.source!, this.frame);
    if (!placement) return null;
    const source = this.request.sourceOf(window);
    const frames = frameFilters(frameMap(window, source, sequence, first, last));
    const index =
      this.inputs.push({ path: source.path, options: [...source.inputOptions, ...frames.inputOptions] }) - 1;
    const alpha = window.source!.hasAlpha;
    const label = this.chain(
      [`${index}:${source.streamIndex}`],
      [...frames.filters, ...placeFilters(placement, source, alpha), ...frames.finish],
    );
    this.boxes.set(window, placement.box);
    return label;
  }

  private openTitle(window: ClipWindow, frameCount: number): string | null {
    const title = this.request.titleOf(window);
    if (!title) return null;
    const index = this.inputs.push({ path: title.path, options: ['-f', 'png_pipe'] }) - 1;
    this.boxes.set(window, title);
    return this.chain(
      [`${index}:0`],
      [
        'scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int',
        'format=yuva420p',
        ...this.still(frameCount),
      ],
    );
  }

  private openSolid(window: ClipWindow, frameCount: number): string | null {
    const placement = place(window.geometry, window.clip.crop, this.request.sequence, this.frame);
    if (!placement || window.clip.reference.kind !== 'solid') return null;
    this.boxes.set(window, placement.box);
    const size = placement.crop ?? placement.scaled;
    return this.chain(
      [],
      [
        ...solidFilters(window.clip.reference.color, size),
        ...turnFilters({ ...placement, crop: null }),
        ...this.still(frameCount),
      ],
    );
  }

  private still(frameCount: number): readonly string[] {
    return frameFilters({
      sourceRate: null,
      sourceDurationTicks: 0,
      startTicks: 0,
      speed: { num: 1, den: 1 },
      reversed: false,
      outputRate: this.request.sequence.rate,
      frameCount,
      seeksExactly: true,
    }).finish;
  }

  /** Composes one span back to front; answers its label. Frames are numbered from 0. */
  private span(span: Span): string {
    const pieces = span.shown.flatMap((shown) => this.piece(shown.window) ?? []);
    const [bottom, ...rest] = pieces;
    if (!bottom) return this.black(span);
    const crossfade = this.crossfade(span, pieces);
    if (crossfade) return crossfade;
    const base = this.fillsFrame(bottom) ? this.faded(bottom, span, false) : this.over(this.black(span), bottom, span);
    return rest.reduce((ground, piece) => this.over(ground, piece, span), base);
  }

  private piece(window: ClipWindow): Piece | null {
    const label = this.shares.get(window)?.shift();
    const box = this.boxes.get(window);
    if (label === undefined || box === undefined) return null;
    return { label, window, box, opaque: isOpaque(window) };
  }

  private fillsFrame(piece: Piece): boolean {
    const { x, y, width, height } = piece.box;
    return piece.opaque && x === 0 && y === 0 && width === this.frame.width && height === this.frame.height;
  }

  /**
   * The plain dissolve of two full frames needs no alpha: ffmpeg's own crossfade, when the span is exactly its length.
   */
  private crossfade(span: Span, pieces: readonly Piece[]): string | null {
    const [from, to, ...more] = pieces;
    if (!from || !to || more.length > 0 || !this.fillsFrame(from) || !this.fillsFrame(to)) return null;
    const { rate } = this.request.sequence;
    if (
      from.window.opacity !== 1 ||
      to.window.opacity !== 1 ||
      activeRamps(from.window, span.startFrame, span.endFrame, rate).length > 0
    )
      return null;
    const [ramp, ...others] = activeRamps(to.window, span.startFrame, span.endFrame, rate);
    if (!ramp || others.length > 0 || ramp.from !== 0) return null;
    const startsHere = Math.abs(ticksAtFrame(span.startFrame, rate) - ramp.startTicks) < 1000;
    const endsHere = Math.abs(ticksAtFrame(span.endFrame, rate) - ramp.startTicks - ramp.durationTicks) < 1000;
    if (!startsHere || !endsHere) return null;
    const frames = span.endFrame - span.startFrame;
    return this.chain(
      [from.label, to.label],
      [
        `xfade=transition=fade:offset=0:duration=${((frames * rate.den) / rate.num).toFixed(6)}`,
        `settb=${rate.den}/${rate.num}`,
        'setpts=N',
        `trim=end_frame=${frames}`,
      ],
    );
  }

  private over(ground: string, piece: Piece, span: Span): string {
    const { x, y, width, height } = piece.box;
    const even = [x, y, width, height].every((px) => px % 2 === 0);
    return this.chain(
      [ground, this.faded(piece, span, true)],
      [`overlay=x=${x}:y=${y}:format=${even ? 'yuv420' : 'yuv444'}:eof_action=pass`, 'format=yuv420p'],
    );
  }

  /** The piece with its opacity: in its alpha where something is below, else darkened towards the black ground. */
  private faded(piece: Piece, span: Span, alpha: boolean): string {
    const { rate } = this.request.sequence;
    const ramps = activeRamps(piece.window, span.startFrame, span.endFrame, rate);
    const { opacity } = piece.window;
    if (opacity === 1 && ramps.length === 0) return piece.label;
    const lead = Math.ceil(
      Math.max(0, ...ramps.map((ramp) => (ticksAtFrame(span.startFrame, rate) - ramp.startTicks) / ticksPerSecond)) + 1,
    );
    const leadFrames = Math.ceil((lead * rate.num) / rate.den);
    const constant = alpha
      ? `lutyuv=a=val*${opacity}`
      : `lutyuv=y=16+(val-16)*${opacity}:u=128+(val-128)*${opacity}:v=128+(val-128)*${opacity}`;
    return this.chain(
      [piece.label],
      [
        ...(alpha ? ['format=yuva420p'] : []),
        ...(opacity === 1 ? [] : [constant]),
        // fades count from the ramp's start, which may lie before this span
        `setpts=N+${leadFrames}`,
        ...ramps.map((ramp) =>
          fade(
            ramp,
            ticksAtFrame(span.startFrame, rate) - Math.round((leadFrames * ticksPerSecond * rate.den) / rate.num),
            alpha,
          ),
        ),
        'setpts=N',
      ],
    );
  }

  private black(span: Span): string {
    const { rate } = this.request.sequence;
    return this.chain(
      [],
      [
        `color=c=black:s=${this.frame.width}x${this.frame.height}:r=${rate.num}/${rate.den}`,
        'format=yuv420p',
        `trim=end_frame=${span.endFrame - span.startFrame}`,
        `settb=${rate.den}/${rate.num}`,
        'setpts=N',
      ],
    );
  }

  private chain(from: readonly string[], filters: readonly string[], to = this.label()): string {
    this.chains.push(`${from.map((label) => `[${label}]`).join('')}${filters.join(',')}[${to}]`);
    return to;
  }

  private label(): string {
    return `s${this.labels++}`;
  }
}

export function isOpaque(window: ClipWindow): boolean {
  if (window.geometry.rotationDegrees % 360 !== 0) return false;
  if (window.source) return !window.source.hasAlpha;
  return window.clip.reference.kind === 'solid' && solidYuv(window.clip.reference.color).alpha === 1;
}

/** What a window shows from one frame of the sequence up to another. */
export function frameMap(
  window: ClipWindow,
  source: Pick<GraphSource, 'seeksExactly'>,
  sequence: Sequence,
  first: number,
  last: number,
): FrameMap {
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
    seeksExactly: source.seeksExactly,
  };
}

function fade(ramp: Ramp, zeroTicks: number, alpha: boolean): string {
  const start = (ramp.startTicks - zeroTicks) / ticksPerSecond;
  return `fade=t=${ramp.from === 0 ? 'in' : 'out'}:st=${start.toFixed(6)}:d=${(ramp.durationTicks / ticksPerSecond).toFixed(6)}${alpha ? ':alpha=1' : ''}`;
}

function placeFilters(placement: Placement, source: GraphSource, alpha: boolean): string[] {
  const { sourceCrop, scaled } = placement;
  const asIs = scaled.width === source.width && scaled.height === source.height && sourceCrop === null;
  return [
    ...(sourceCrop ? squareFirst(source, sourceCrop) : []),
    // a source with oblong pixels says its shown size and still has to be scaled: ffmpeg leaves equal sizes alone
    ...(asIs ? [`scale=${scaled.width}:${scaled.height}`] : [`scale=${scaled.width}:${scaled.height}:flags=bicubic`]),
    'setsar=1',
    ...toBt709(source.colour, alpha),
    ...turnFilters(placement),
  ];
}

/** Crops are counted in pixels as shown; sources with oblong pixels are squared first. */
function squareFirst(source: GraphSource, crop: Box): string[] {
  return [
    `scale=${source.width}:${source.height}:flags=bicubic`,
    `crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}`,
  ];
}

function turnFilters(placement: Placement): string[] {
  const { crop, turnRadians, box } = placement;
  return [
    ...(crop ? [`crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}:exact=1`] : []),
    ...(turnRadians === 0
      ? []
      : ['format=yuva444p', `rotate=a=${turnRadians}:ow=${box.width}:oh=${box.height}:c=black@0`]),
  ];
}

/**
 * Filter graphs as values: filters with checked options, streams that only a graph hands out, and text at the very end.
 * Nothing that comes from a file, a project or a user can become a label, a filter or another option.
 */
import type { FramePromise, Reread, Rereads } from './framePromise.ts';
import type { FfmpegInput } from './input.ts';
import { escapeValue, index, plainValue, type FilterValue } from './filterValue.ts';

/** The filters in use. None of them opens a file or an address; those that do (movie, subtitles, lut3d) stay out. */
// prettier-ignore
const filterNames = [
  // picture
  'bwdif', 'color', 'colorspace', 'concat', 'copy', 'crop', 'extractplanes', 'fade', 'fps', 'format', 'geq', 'gblur',
  'field', 'hwupload', 'idet', 'loop', 'lutyuv', 'maskedmerge', 'alphamerge', 'alphaextract', 'mergeplanes',
  'metadata', 'null', 'overlay', 'pad', 'premultiply', 'unpremultiply', 'reverse', 'rotate', 'scale', 'select',
  'setparams', 'setpts', 'setsar', 'settb', 'showinfo', 'sine', 'split', 'testsrc2', 'tile', 'tonemap', 'tpad',
  'trim', 'vflip', 'hflip', 'transpose', 'vstack', 'zscale',
  // looks
  'avgblur', 'blend', 'displace', 'fillborders', 'haldclut', 'hqdn3d', 'lut', 'lut2', 'lutrgb', 'mergeplanes', 'scroll',
  'sobel', 'unsharp',
  // sound
  'acopy', 'adelay', 'aeval', 'aevalsrc', 'afade', 'aformat', 'alimiter', 'amix', 'anullsrc', 'apad', 'areverse',
  'aresample', 'asetpts', 'asetrate', 'asplit', 'atrim', 'ebur128', 'pan', 'volume',
] as const;

/** Names of the filters in use. */
export type FilterName = (typeof filterNames)[number];
/** Options by name. */
export type FilterOptions = Readonly<Record<string, FilterValue | undefined>>;

const makerKey = Symbol('graph');

/** One filter with its options. */
export class Filter {
  readonly #text: string;

  /** @internal Use `filter`. */
  constructor(key: typeof makerKey, text: string) {
    if (key !== makerKey) throw new TypeError('Filters are made by filter().');
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A filter by name; options that are undefined are left out. Throws for unknown names and unfit values. */
export function filter(name: FilterName, options: FilterOptions = {}): Filter {
  if (!filterNames.includes(name)) throw new TypeError(`The filter '${String(name)}' is not among those in use.`);
  const words = Object.entries(options).flatMap(([option, value]) => {
    if (!/^[a-z][a-z0-9_]*$/i.test(option)) throw new TypeError(`'${option}' is not the name of an option.`);
    return value === undefined ? [] : [`${option}=${escapeValue(plainValue(value))}`];
  });
  return new Filter(makerKey, words.length === 0 ? name : `${name}=${words.join(':')}`);
}

/** A stream of an input or between filters. Only a graph hands one out. */
export class Stream {
  readonly #label: string;
  readonly #graph: FilterGraph;
  readonly #ofInput: boolean;

  /** @internal Use `FilterGraph`. */
  constructor(key: typeof makerKey, graph: FilterGraph, label: string, ofInput: boolean) {
    if (key !== makerKey) throw new TypeError('Streams are handed out by a FilterGraph.');
    this.#graph = graph;
    this.#label = label;
    this.#ofInput = ofInput;
  }

  get graph(): FilterGraph {
    return this.#graph;
  }

  /** True for an input's stream: it may be read any number of times, and mapped as it is. */
  get ofInput(): boolean {
    return this.#ofInput;
  }

  /** The name in a graph's text, without its brackets. */
  get label(): string {
    return this.#label;
  }

  /** The word behind `-map`. */
  get mapWord(): string {
    return this.#ofInput ? this.#label : `[${this.#label}]`;
  }
}

/** An input of a command, in the order in which the inputs were opened. */
export class OpenedInput {
  readonly #graph: FilterGraph;
  /** Position among the command's inputs. */
  readonly position: number;

  /** @internal Use `FilterGraph.open`. */
  constructor(key: typeof makerKey, graph: FilterGraph, position: number) {
    if (key !== makerKey) throw new TypeError('Inputs are opened by a FilterGraph.');
    this.#graph = graph;
    this.position = position;
  }

  /** A stream by its index in the file. */
  stream(streamIndex: number): Stream {
    return new Stream(makerKey, this.#graph, `${this.position}:${index(streamIndex)}`, true);
  }

  /** The first stream of a kind. */
  first(kind: 'video' | 'audio'): Stream {
    return new Stream(makerKey, this.#graph, `${this.position}:${kind === 'video' ? 'v' : 'a'}:0`, true);
  }
}

/** The inputs of one command and the filters between them and its outputs. */
export class FilterGraph {
  readonly #inputs: FfmpegInput[] = [];
  readonly #chains: string[] = [];
  readonly #unread = new Set<Stream>();
  readonly #promises: FramePromise[] = [];
  readonly #rereads: Rereads;
  #labels = 0;

  /** `rereads`: how files are read that a first attempt did not read right. */
  constructor(rereads: Rereads = new Map()) {
    this.#rereads = rereads;
  }

  /** How the file behind a promise of this key is to be read again. */
  reread(key: string): Reread | undefined {
    return this.#rereads.get(key);
  }

  /** Notes what frames the graph expects of a source. */
  promise(promise: FramePromise): void {
    this.#promises.push(promise);
  }

  /** What frames the graph expects of its sources, in the order in which they were opened. */
  get promises(): readonly FramePromise[] {
    return this.#promises;
  }

  /** Adds an input; the same file may be opened several times, with different seeks. */
  open(input: FfmpegInput): OpenedInput {
    return new OpenedInput(makerKey, this, this.#inputs.push(input) - 1);
  }

  /** Runs streams through filters in a row. The first filter takes all of `from`, the last gives one stream. */
  chain(from: readonly Stream[], filters: readonly Filter[]): Stream {
    const [only] = from;
    if (filters.length === 0 && from.length === 1 && only) return only;
    return this.#add(from, filters, 1)[0]!;
  }

  /** As many copies of a stream as wanted; one is the stream itself. `kind` says which filter makes them. */
  split(stream: Stream, count: number, kind: 'video' | 'audio' = 'video'): Stream[] {
    if (count === 1) return [stream];
    return this.#add([stream], [filter(kind === 'video' ? 'split' : 'asplit', { outputs: count })], count);
  }

  /** The inputs in the order of their positions. */
  get inputs(): readonly FfmpegInput[] {
    return this.#inputs;
  }

  /** True when there is nothing to filter: the command then needs no graph. */
  get isEmpty(): boolean {
    return this.#chains.length === 0;
  }

  /** Streams that no filter reads: all of them have to go to an output. */
  get unread(): readonly Stream[] {
    return [...this.#unread];
  }

  /** The text for `-filter_complex`. */
  toString(): string {
    return this.#chains.join(';\n');
  }

  #add(from: readonly Stream[], filters: readonly Filter[], outputs: number): Stream[] {
    if (filters.length === 0) throw new TypeError('A chain needs at least one filter.');
    for (const each of filters) if (!(each instanceof Filter)) throw new TypeError('Chains are made of filters only.');
    const read = from.map((stream) => this.#read(stream));
    const made = Array.from({ length: outputs }, () => new Stream(makerKey, this, `s${this.#labels++}`, false));
    for (const stream of made) this.#unread.add(stream);
    this.#chains.push(`${read.join('')}${filters.join(',')}${made.map((stream) => `[${stream.label}]`).join('')}`);
    return made;
  }

  #read(stream: Stream): string {
    if (!(stream instanceof Stream) || stream.graph !== this)
      throw new TypeError('The stream belongs to another graph.');
    if (!stream.ofInput && !this.#unread.delete(stream))
      throw new TypeError(`The stream ${stream.label} was read before: split it first.`);
    return `[${stream.label}]`;
  }
}

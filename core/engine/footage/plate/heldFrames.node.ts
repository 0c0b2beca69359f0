/** The frames that are held while a removal is made: those around the current one, and some of all on disk. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { EdgeEvidence } from './edgeEvidence.ts';
import { growthFor, holeOf, type Hole } from './hole.ts';
import type { FrameStore } from './gather.ts';
import { planesOf, type FrameLayout, type Samples } from './planes.ts';
import type { PlateFrame } from './plateFrame.ts';

/** Bytes for the frames around the current one. */
const heldBytes = 420e6;
const mostReach = 45;
/** Frames that wait while a second thread gathers for them, and bytes for those. */
const mostSpare = 4;
const spareBytes = 60e6;
/** Kept for the whole range: at most so many, and no closer together than this many frames. */
const mostFar = 40;
const farSpacing = 15;
/** Of those, bytes that are kept in memory. */
const farBytes = 60e6;
const mostFarInMemory = 6;

/** Holes by frame, from a file of masks: one for all time, or one a frame. */
export class MaskFile {
  readonly isStill: boolean;
  private readonly file: number;
  private readonly layout: FrameLayout;
  private readonly frameCount: number;
  private only: Hole | null = null;
  private readonly allocate: (length: number) => Uint8Array;
  /** How far holes grow beyond the masks, px. */
  growth: number;
  /** How far the thing reaches out of its masks, px. */
  overhang = 0;

  /** `isShared`: holes lie in memory that other threads see. */
  constructor(
    path: string,
    frameCount: number,
    layout: FrameLayout,
    { growth, isShared = false }: { readonly growth?: number; readonly isShared?: boolean } = {},
  ) {
    this.isStill = frameCount === 1;
    this.file = openSync(path, 'r');
    this.layout = layout;
    this.frameCount = frameCount;
    this.growth = growth ?? growthFor(Math.min(layout.width, layout.height));
    this.allocate = isShared ? sharedBytes : (length) => new Uint8Array(length);
  }

  /** The mask itself, grey. */
  maskAt(index: number): Uint8Array {
    const { width, height } = this.layout;
    const mask = new Uint8Array(width * height);
    const at = Math.min(index, this.frameCount - 1) * mask.length;
    for (let done = 0; done < mask.length;) {
      const got = readSync(this.file, mask, done, mask.length - done, at + done);
      if (got === 0) throw new Error(`the mask ends within frame ${index}`);
      done += got;
    }
    return mask;
  }

  holeAt(index: number): Hole {
    if (this.only) return this.only;
    const hole = holeOf(this.maskAt(index), this.layout, this.growth, this.allocate);
    if (this.isStill) this.only = hole;
    return hole;
  }

  /** Lets holes grow as the frames suggest, from now on. `planes`: the first plane of some frames by their index. */
  growBy(planes: Iterable<readonly [index: number, plane: Samples]>): void {
    const { width, height, level } = this.layout;
    const evidence = new EdgeEvidence(level);
    for (const [index, plane] of planes) evidence.add(plane, this.maskAt(index), width, height);
    this.growth = evidence.growth(this.growth, 2 * this.growth + 1);
    this.overhang = evidence.overhang();
    this.only = null;
  }

  close(): void {
    closeSync(this.file);
  }
}

function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Frames that may wait for a second thread: none of very large ones, so that memory stays bounded. */
export function spareFor({ byteCount }: FrameLayout): number {
  return Math.min(mostSpare, Math.floor(spareBytes / byteCount));
}

/** Frames held on each side: fewer of large ones, so that memory stays the same. */
export function reachFor(layout: FrameLayout, hasStillMask: boolean): number {
  const bytes = layout.byteCount + (hasStillMask ? 0 : layout.width * layout.height * 1.25);
  return Math.max(2, Math.min(mostReach, Math.floor((heldBytes / bytes - 1) / 2)));
}

/** How far apart the frames kept on disk are. */
export function farSpacingFor(frameCount: number): number {
  return Math.max(farSpacing, Math.ceil(frameCount / mostFar));
}

/** Whole frames in a file, the latest read ones in memory. */
export class FarFrames {
  readonly indices: number[];
  private readonly file: number;
  private readonly layout: FrameLayout;
  private readonly masks: MaskFile;
  private readonly recent = new Map<number, PlateFrame>();
  private readonly mostRecent: number;

  /** A new file; `known`: one that is there, with these frames. */
  constructor(path: string, layout: FrameLayout, masks: MaskFile, known: readonly number[] | null = null) {
    this.file = openSync(path, known ? 'r' : 'w+');
    this.indices = [...(known ?? [])];
    this.layout = layout;
    this.masks = masks;
    this.mostRecent = Math.max(1, Math.min(mostFarInMemory, Math.floor(farBytes / layout.byteCount)));
  }

  add(index: number, bytes: Uint8Array): void {
    writeSync(this.file, bytes, 0, bytes.length, this.indices.length * bytes.length);
    this.indices.push(index);
  }

  clear(): void {
    this.indices.length = 0;
    this.recent.clear();
  }

  frame(index: number): PlateFrame {
    const known = this.recent.get(index);
    if (known) {
      this.recent.delete(index);
      this.recent.set(index, known);
      return known;
    }
    const frame = { index, planes: planesOf(this.read(index), this.layout), hole: this.masks.holeAt(index) };
    this.recent.set(index, frame);
    const [oldest] = this.recent.keys();
    if (this.recent.size > this.mostRecent && oldest !== undefined) this.recent.delete(oldest);
    return frame;
  }

  /** The first plane of up to `most` frames, evenly spread. */
  *samples(most: number): Generator<readonly [index: number, plane: Samples]> {
    const stride = Math.max(1, Math.ceil(this.indices.length / most));
    for (let k = 0; k < this.indices.length; k += stride) {
      const index = this.indices[k]!;
      yield [index, planesOf(this.read(index), this.layout)[0]!];
    }
  }

  private read(index: number): Uint8Array {
    const bytes = new Uint8Array(this.layout.byteCount);
    readSync(this.file, bytes, 0, bytes.length, this.indices.indexOf(index) * bytes.length);
    return bytes;
  }

  close(): void {
    closeSync(this.file);
  }
}

/** The frames around the current one. Buffers are used again. */
export class NearFrames implements FrameStore {
  private readonly held = new Map<number, { frame: PlateFrame; bytes: Uint8Array }>();
  private readonly free: Uint8Array[] = [];
  private readonly layout: FrameLayout;
  private readonly masks: MaskFile;
  private readonly kept: FarFrames;
  private readonly isShared: boolean;

  /** `isShared`: frames lie in memory that other threads see. */
  constructor(layout: FrameLayout, masks: MaskFile, kept: FarFrames, isShared = false) {
    this.isShared = isShared;
    this.layout = layout;
    this.masks = masks;
    this.kept = kept;
  }

  get far(): readonly number[] {
    return this.kept.indices;
  }

  farFrame(index: number): PlateFrame {
    return this.kept.frame(index);
  }

  near(index: number): PlateFrame | null {
    return this.held.get(index)?.frame ?? null;
  }

  buffer(): Uint8Array {
    const { byteCount } = this.layout;
    return this.free.pop() ?? (this.isShared ? sharedBytes(byteCount) : new Uint8Array(byteCount));
  }

  add(index: number, bytes: Uint8Array): void {
    const frame = { index, planes: planesOf(bytes, this.layout), hole: this.masks.holeAt(index) };
    this.held.set(index, { frame, bytes });
  }

  dropBefore(index: number): void {
    for (const [at, { bytes }] of this.held) {
      if (at >= index) continue;
      this.held.delete(at);
      this.free.push(bytes);
    }
  }

  clear(): void {
    this.dropBefore(Infinity);
  }
}

/** What the packets of one stream say of its time: where it begins and ends, how many there are, how far apart. */
import type { Packet } from '../../ffmpeg/packet.ts';

/** What was measured in one stream, s on the file's own clock. */
export interface StreamTime {
  /** First presentation time. */
  readonly firstSeconds: number;
  /** Presentation time of the last frame or block of samples. */
  readonly lastSeconds: number;
  /** End of what is presented last. */
  readonly endSeconds: number;
  /** Packets that were read. */
  readonly packets: number;
  /** Frames at the beginning of a picture that carry no time, while later ones do. */
  readonly untimedFrames: number;
  /** A decoder would hold frames back to put them into order, yet their times rise as they are stored. */
  readonly timesLackOrder: boolean;
  /** Most frames from one key frame to the next, in the part measured from the beginning. */
  readonly gopFrames: number;
  /** Distances differ by more than half the usual one. */
  readonly irregular: boolean;
  /** The distance that most frames keep, s; null where no distance is usual. */
  readonly usualStepSeconds: number | null;
  /** Every frame measured begins on a multiple of it, s; null where that is too fine to be a grid. */
  readonly gridSeconds: number | null;
  /** The length of sound blocks changes for good: the sample rate does. */
  readonly blocksChange: boolean;
  /** The last packet says how long it is, or was decoded to learn it. */
  readonly endIsKnown: boolean;
  /** Again and again a packet does not follow the one before it: of sound, whose packets come in order, all should. */
  readonly timesDisagree: boolean;
  /** A packet before the last has another length than the one before it, as rounded time stamps make it. */
  readonly lengthsWaver: boolean;
  /** All packets but the last have the same size, and the last has less. */
  readonly lastIsShort: boolean;
}

/** The distances of frames are measured in this much of the beginning. */
export const measuredSeconds = 20;
/** Over less than this a millisecond of rounding is more than a hundredth of the rate. */
const leastMeasuredSeconds = 0.12;
/** Enough for the beginning at 1,000 frames a second. */
const mostMeasured = 1000 * measuredSeconds;

/** A block length that so many packets in a row have is no accident. */
const lastingBlocks = 8;
/** More than rounded times are off by, s. */
const misfitSeconds = 0.004;
/** Single ones are gaps and joins. */
const fewMisfits = 3;
/** Lengths closer together are the same, s: ffprobe prints microseconds. */
const sameLengthSeconds = 2e-6;

/** Takes the packets of one stream in file order; remembers only those of the beginning. */
export class StreamClock {
  readonly #reorderedFrames: number;
  readonly #isPicture: boolean;
  #first = Infinity;
  #last = -Infinity;
  #durationOfLast = 0;
  #packets = 0;
  #lastDts = -Infinity;
  #firstDts: number | null = null;
  #untimed = 0;
  #unclocked = 0;
  /** Packets before the first with a decoding time that have no time at all. */
  #leading = 0;
  #rising = 0;
  /** Presentation after decoding of the first packet: what its decoder holds back. */
  #firstDelay: number | null = null;
  #isReordered = false;
  #lastDuration = 0;
  #block = { seconds: 0, count: 0 };
  #settledBlock: number | null = null;
  #blocksChange = false;
  #lengthDiffers = false;
  #lengthsWaver = false;
  #misfits = 0;
  #end: number | null = null;
  #lastBytes = 0;
  /** Sizes of all packets but the last. */
  #bytes = { least: Infinity, most: 0 };
  #beginning = true;
  #beginningBy: 'pts' | 'dts' | null = null;
  readonly #times: number[] = [];
  #sinceKey = 0;
  #longestGop = 0;

  /** `reorderedFrames`: how many frames its decoder holds back. `isPicture`: each packet is a frame. */
  constructor(reorderedFrames: number, isPicture = true) {
    this.#reorderedFrames = reorderedFrames;
    this.#isPicture = isPicture;
  }

  /** Times that are kept, for the distances of frames. */
  get remembered(): number {
    return this.#times.length;
  }

  push(packet: Packet): void {
    if (packet.discarded) return;
    if (this.#packets > 0)
      this.#bytes = {
        least: Math.min(this.#bytes.least, this.#lastBytes),
        most: Math.max(this.#bytes.most, this.#lastBytes),
      };
    this.#lastBytes = packet.bytes;
    this.#packets++;
    if (packet.duration !== null && packet.duration > 0) {
      // the last packet alone may be shorter
      this.#lengthsWaver ||= this.#lengthDiffers;
      this.#lengthDiffers =
        this.#lastDuration > 0 && Math.abs(packet.duration - this.#lastDuration) > sameLengthSeconds;
      this.#lastDuration = packet.duration;
    }
    const { pts, dts } = packet;
    if (this.#end !== null && pts !== null && Math.abs(pts - this.#end) > misfitSeconds) this.#misfits++;
    this.#end = pts === null || packet.duration === null ? null : pts + packet.duration;
    if (pts === null && dts === null) {
      this.#unclocked++;
      if (this.#firstDts === null) this.#leading++;
    }
    if (pts !== null && pts > this.#last) this.#rising++;
    if (pts === null) this.#untimed++;
    else {
      this.#first = Math.min(this.#first, pts);
      if (pts >= this.#last) this.#durationOfLast = packet.duration ?? 0;
      this.#last = Math.max(this.#last, pts);
    }
    // what is read again, or is of another clock, does not belong to the beginning
    if (dts !== null && dts <= this.#lastDts) this.#beginning = false;
    if (dts !== null) this.#clockDecoding(dts, pts);
    // several frames in one block of a program stream: the decoder counts on from the first
    else if (pts === null) this.#lastDts += packet.duration ?? 0;
    this.#watchBlocks(packet.duration);
    this.#measureBeginning(packet);
  }

  /** null where nothing is presented. */
  finish(): StreamTime | null {
    if (this.#packets === 0) return null;
    const { usualStepSeconds, irregular } = distances(this.#times);
    const step = usualStepSeconds ?? this.#lastDuration;
    const { first, last } = this.#extent(step);
    // in decoding order a duration is the distance to the next packet, not to the next frame
    const isReordered = this.#isReordered || last > this.#last;
    const lastLength = isReordered ? step : this.#durationOfLast || step;
    return {
      firstSeconds: first,
      lastSeconds: last,
      endSeconds: last + lastLength,
      packets: this.#packets,
      untimedFrames: this.#hasUntimedStart ? this.#leading : 0,
      timesLackOrder:
        this.#isPicture && this.#reorderedFrames > 0 && this.#packets > 1 && this.#rising === this.#packets,
      gopFrames: Math.max(1, this.#longestGop, this.#sinceKey),
      irregular,
      usualStepSeconds,
      gridSeconds: gridOf(this.#times, lastLength),
      blocksChange: this.#blocksChange,
      endIsKnown: this.#durationOfLast > 0,
      timesDisagree: this.#misfits >= fewMisfits,
      lengthsWaver: this.#lengthsWaver,
      lastIsShort: this.#packets >= provingPackets && isShort(this.#lastBytes, this.#bytes),
    };
  }

  #clockDecoding(dts: number, pts: number | null): void {
    this.#firstDts ??= dts;
    this.#lastDts = Math.max(this.#lastDts, dts);
    if (pts === null) return;
    if (this.#firstDelay === null && this.#packets === 1) this.#firstDelay = Math.max(0, pts - dts);
    this.#isReordered ||= pts - dts > (this.#firstDelay ?? 0) + 0.0011;
  }

  get #hasUntimedStart(): boolean {
    return this.#isPicture && this.#leading > 0 && this.#first < Infinity;
  }

  /**
   * A picture whose clock begins below zero loses its first times in Matroska: those frames come before the others.
   * Where packets lack presentation times, the decoder gives its frames those that follow from decoding times and the
   * frames it holds back; where they lack both (raw H.264), frames count from 0.
   */
  #extent(step: number): { first: number; last: number } {
    if (this.#unclocked === this.#packets) return { first: 0, last: (this.#packets - 1) * step };
    if (this.#hasUntimedStart) return { first: this.#first - this.#leading * step, last: this.#last };
    if (this.#untimed === 0 || this.#firstDts === null) return { first: this.#first, last: this.#last };
    const delay = Math.max(this.#firstDelay ?? 0, this.#reorderedFrames * step);
    return {
      first: Math.min(this.#first, this.#firstDts + delay),
      last: Math.max(this.#last, this.#lastDts + delay),
    };
  }

  /** Blocks of one codec have as many samples at any rate: another length that lasts is another rate. */
  #watchBlocks(duration: number | null): void {
    if (duration === null) return;
    const isAlike = Math.abs(duration - this.#block.seconds) <= this.#block.seconds * 0.06;
    this.#block = isAlike ? { ...this.#block, count: this.#block.count + 1 } : { seconds: duration, count: 1 };
    if (this.#block.count !== lastingBlocks) return;
    this.#settledBlock ??= this.#block.seconds;
    this.#blocksChange ||= Math.abs(this.#block.seconds - this.#settledBlock) > this.#settledBlock * 0.06;
  }

  #measureBeginning({ pts, dts, key }: Packet): void {
    if (!this.#beginning) return;
    // decoding times are as far apart as frames are; both mixed are not
    this.#beginningBy ??= pts === null ? 'dts' : 'pts';
    const time = this.#beginningBy === 'pts' ? pts : dts;
    const begun = this.#times[0];
    const over = time !== null && begun !== undefined && time >= begun + measuredSeconds;
    if (over || this.#times.length >= mostMeasured) {
      this.#beginning = false;
      return;
    }
    if (key) {
      this.#longestGop = Math.max(this.#longestGop, this.#sinceKey);
      this.#sinceKey = 0;
    }
    this.#sinceKey++;
    if (time !== null) this.#times.push(time);
  }
}

/** So many packets of one size are no accident. */
const provingPackets = 8;
/** MP3 and MP2 pad some frames by up to this much. */
const paddingBytes = 4;

function isShort(last: number, { least, most }: { least: number; most: number }): boolean {
  return most - least <= paddingBytes && last < least;
}

/** Two times that are rounded to milliseconds. */
const roundingSeconds = 0.0011;

/** Clocks of animations count in hundredths of a second, or finer: distances that differ by less are alike. s */
const gridTolerance = 0.002;

/** The greatest step of which all distances of frames are multiples, the last frame's length among them. */
function gridOf(times: readonly number[], lastLength: number): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  const steps = [...sorted.slice(1).map((time, index) => time - sorted[index]!), lastLength];
  const step = steps.filter((each) => each > gridTolerance).reduce(commonStep, 0);
  return step > gridTolerance ? step : null;
}

function commonStep(a: number, b: number): number {
  return b <= gridTolerance ? a : commonStep(b, a % b > b - gridTolerance ? 0 : a % b);
}

function distances(times: readonly number[]): { usualStepSeconds: number | null; irregular: boolean } {
  const sorted = times.toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((time, index) => time - sorted[index]!);
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  const within = (tolerance: number) => steps.filter((step) => Math.abs(step - usual) <= tolerance);
  // containers that count in milliseconds write 4, 4, 5 for 240 frames a second
  const same = within(roundingSeconds);
  // where almost all distances are the same, a single longer one is not part of the rate
  const alike = same.length >= steps.length * 0.8 ? same : within(usual * 0.3 + roundingSeconds);
  const sum = alike.reduce((seconds, step) => seconds + step, 0);
  const isUsual = usual > 0 && alike.length >= 8 && alike.length >= steps.length * 0.6 && sum >= leastMeasuredSeconds;
  return {
    usualStepSeconds: isUsual ? sum / alike.length : null,
    irregular: steps.some((step) => Math.abs(step - usual) > usual / 2 + 0.001),
  };
}

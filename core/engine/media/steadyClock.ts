/**
 * The clock that ffmpeg reads a transport or program stream by. Broadcasts, joined recordings and counters that wrap
 * make time stamps jump; ffmpeg then moves all that follows so that the stream goes on (the discontinuity correction of
 * process_input in fftools/ffmpeg.c, version 5.1).
 */
import type { Packet } from '../../ffmpeg/packet.ts';

/** Demuxers with AVFMT_TS_DISCONT: only their jumps are corrected. */
const jumpingFormats = ['mpegts', 'mpeg', 'ogg'];
/** ffmpeg's -dts_delta_threshold, s. */
const farJumpSeconds = 10;
/** A step back by more than this is a jump too, s. */
const stepBackSeconds = 0.1;

/** Whether ffmpeg corrects jumps of a format's time stamps. */
export function correctsJumps(formatName: string): boolean {
  return formatName.split(',').some((name) => jumpingFormats.includes(name));
}

/** Places packets on a clock without jumps; takes those of the streams that are read, in file order. */
export class SteadyClock {
  readonly #streams = new Map<number, { lastDts: number; nextDts: number }>();
  #offset = 0;
  #lastDts: number | null = null;
  #jumps: number[] = [];

  /** What is added to time stamps by now, s. */
  get offset(): number {
    return this.#offset;
  }

  /** Where the time stamps jump, s on the steady clock. */
  get jumps(): readonly number[] {
    return this.#jumps;
  }

  place(packet: Packet): Packet {
    if (packet.dts === null) return this.#moved(packet);
    const known = this.#streams.get(packet.streamIndex);
    const dts = packet.dts + this.#offset;
    const expected = known?.nextDts ?? this.#lastDts;
    if (expected !== null) {
      const delta = dts - expected;
      const isBack = known !== undefined && dts + stepBackSeconds < known.lastDts;
      if (Math.abs(delta) > farJumpSeconds || isBack) {
        this.#offset -= delta;
        if (this.#jumps.length < mostJumps) this.#jumps.push(expected);
      }
    }
    const placed = this.#moved(packet);
    this.#lastDts = placed.dts;
    this.#streams.set(packet.streamIndex, {
      lastDts: placed.dts!,
      nextDts: placed.dts! + (packet.duration ?? 0),
    });
    return placed;
  }

  #moved(packet: Packet): Packet {
    if (this.#offset === 0) return packet;
    return {
      ...packet,
      pts: packet.pts === null ? null : packet.pts + this.#offset,
      dts: packet.dts === null ? null : packet.dts + this.#offset,
    };
  }
}

/** More are not told apart. */
const mostJumps = 100;

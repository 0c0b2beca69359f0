/** A packet's place in time, s on the file's own clock. */
export interface Packet {
  readonly streamIndex: number;
  /** null where the packet has no presentation time. */
  readonly pts: number | null;
  /** null where the packet has no decoding time. */
  readonly dts: number | null;
  readonly duration: number | null;
  readonly bytes: number;
  readonly key: boolean;
  /** Decoded but not presented: what an edit list cuts away. */
  readonly discarded: boolean;
}

/** As ffprobe prints it: times and duration in seconds or 'N/A', bytes, flags. */
export interface PrintedPacket {
  readonly pts?: string | undefined;
  readonly dts?: string | undefined;
  readonly duration?: string | undefined;
  readonly size?: string | undefined;
  readonly flags: string;
}

/** A packet as ffprobe prints it. */
export function packetFrom(stream: number, { pts, dts, duration, size, flags }: PrintedPacket): Packet {
  return {
    streamIndex: stream,
    pts: finite(pts),
    dts: finite(dts),
    duration: finite(duration),
    bytes: finite(size) ?? 0,
    key: flags.startsWith('K'),
    discarded: flags[1] === 'D',
  };
}

function finite(value: string | undefined): number | null {
  const number = Number.parseFloat(value ?? '');
  return Number.isFinite(number) ? number : null;
}

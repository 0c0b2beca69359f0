/** A packet's place in time, s on the file's own clock. */
export interface Packet {
  readonly streamIndex: number;
  /** null where the packet has no presentation time. */
  readonly pts: number | null;
  /** null where the packet has no decoding time. */
  readonly dts: number | null;
  readonly duration: number | null;
  readonly key: boolean;
  /** Decoded but not presented: what an edit list cuts away. */
  readonly discarded: boolean;
}

/** As ffprobe prints it: stream, times and duration in seconds or 'N/A', flags. */
export function packetFrom(
  stream: number,
  pts: string | undefined,
  dts: string | undefined,
  duration: string | undefined,
  flags: string,
): Packet {
  return {
    streamIndex: stream,
    pts: finite(pts),
    dts: finite(dts),
    duration: finite(duration),
    key: flags.startsWith('K'),
    discarded: flags[1] === 'D',
  };
}

function finite(value: string | undefined): number | null {
  const number = Number.parseFloat(value ?? '');
  return Number.isFinite(number) ? number : null;
}

const shares: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  bt2020nc: [0.2627, 0.0593],
  bt2020c: [0.2627, 0.0593],
};
const hdShares = [0.2126, 0.0722] as const;

/** Red's and blue's shares of brightness in a matrix by ffmpeg's name; of BT.709 where it is not known. */
export function lumaShares(matrix: string): readonly [red: number, blue: number] {
  return shares[matrix] ?? hdShares;
}

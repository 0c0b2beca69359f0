/** Where two arrays first differ, -1 where they are equal. toEqual takes seconds for a million numbers. */
export function firstDifference<T extends Uint8Array | Float32Array>(one: T, other: T): number {
  const bytes = (array: T) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  if (bytes(one).equals(bytes(other))) return -1;
  const at = one.findIndex((value, index) => !Object.is(value, other[index]));
  return at === -1 ? one.length : at;
}

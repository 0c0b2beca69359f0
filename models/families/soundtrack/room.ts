/** Reverb of about 1.4 s: four damped delay lines that feed each other through a Hadamard matrix. */
export class Room {
  private readonly lines = [1559, 1907, 2311, 2767].map((length) => new Float32Array(length));
  private readonly damp = new Float64Array(4);
  private readonly at = new Int32Array(4);

  add(send: Float32Array, left: Float32Array, right: Float32Array): void {
    const { lines, damp, at } = this;
    const [l0, l1, l2, l3] = lines as [Float32Array, Float32Array, Float32Array, Float32Array];
    const mixed = new Float64Array(4);
    for (let i = 0; i < send.length; i++) {
      const o0 = l0[at[0]!]!;
      const o1 = l1[at[1]!]!;
      const o2 = l2[at[2]!]!;
      const o3 = l3[at[3]!]!;
      mixed[0] = o0 + o1 + o2 + o3;
      mixed[1] = o0 - o1 + o2 - o3;
      mixed[2] = o0 + o1 - o2 - o3;
      mixed[3] = o0 - o1 - o2 + o3;
      for (let k = 0; k < 4; k++) {
        damp[k] = 0.65 * damp[k]! + 0.147 * mixed[k]!;
        const line = lines[k]!;
        line[at[k]!] = damp[k]! * 1.08 + send[i]! * 0.5;
        at[k] = at[k]! + 1 === line.length ? 0 : at[k]! + 1;
      }
      left[i] = left[i]! + 0.6 * (o0 - o2);
      right[i] = right[i]! + 0.6 * (o1 - o3);
    }
  }
}

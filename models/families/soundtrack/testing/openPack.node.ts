/** A pack's graphs through onnxruntime-node, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from '../../../runtime/onnxRuntime.mjs';
import type { GraphSession, PackReader, Tensor } from '../../pipeline.ts';

export function openPack(packFolder: string): PackReader {
  return {
    async session(path): Promise<GraphSession> {
      const inner = await ort.InferenceSession.create(join(packFolder, path), { intraOpNumThreads: 1 });
      return {
        inputNames: inner.inputNames,
        outputNames: inner.outputNames,
        async run(feeds) {
          const given = Object.fromEntries(
            Object.entries(feeds).map(([name, t]) => [
              name,
              t.type === 'int64' ? new ort.Tensor('int64', t.data, t.dims) : new ort.Tensor('float32', t.data, t.dims),
            ]),
          );
          const out = await inner.run(given);
          return Object.fromEntries(
            Object.entries(out).map(([name, t]) => [
              name,
              { type: 'float32', data: t.data as Float32Array, dims: t.dims } satisfies Tensor,
            ]),
          );
        },
      };
    },
    readText: async (path) => readFileSync(join(packFolder, path), 'utf8'),
    release: async () => {},
  };
}

/**
 * Graph sessions of onnxruntime, kept while there is room: loading costs more than a step. One provider a session,
 * never a list: ['cuda', 'cpu'] throws where CUDA is absent, ['dml', 'cpu'] falls back silently.
 */
import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphSession, PackReader, Tensor } from '../../../models/families/pipeline.ts';
import { InferenceSession, Tensor as OrtTensor } from '../../../models/runtime/onnxRuntime.mjs';
import { FailureError } from '../../contract/errors.ts';
import { sentence } from '../../contract/sentence.ts';
import type { PackLocation } from './protocol.ts';
import type { ProviderName } from './providerNames.ts';

/** Options of an onnxruntime session for a provider. */
export function sessionOptions(provider: ProviderName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // DirectML asks for both
    enableMemPattern: provider !== 'dml',
    executionMode: 'sequential',
    logSeverityLevel: 3,
    // with several live sessions spinning threads make each other 1.7-3.5 times slower
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

interface Held {
  readonly session: InferenceSession;
  readonly sizeBytes: number;
}

export interface SessionCache {
  reader(pack: PackLocation, provider: ProviderName, threads: number): PackReader;
  close(): Promise<void>;
}

/** `limitBytes`: of graph files kept loaded; the one in use stays whatever its size. */
export function createSessionCache(limitBytes: number): SessionCache {
  // insertion order is age: a session that is asked for goes to the end
  const held = new Map<string, Held>();

  const drop = async (key: string): Promise<void> => {
    const entry = held.get(key);
    held.delete(key);
    await entry?.session.release();
  };

  const makeRoom = async (neededBytes: number): Promise<void> => {
    let total = neededBytes;
    for (const entry of held.values()) total += entry.sizeBytes;
    for (const [key, entry] of [...held]) {
      if (total <= limitBytes) return;
      total -= entry.sizeBytes;
      await drop(key);
    }
  };

  return {
    reader(pack, provider, threads) {
      const keyOf = (path: string): string => `${provider}:${threads}:${join(pack.folder, path)}`;
      return {
        async session(path) {
          const key = keyOf(path);
          const found = held.get(key);
          if (found) {
            held.delete(key);
            held.set(key, found);
            return graphSession(found.session);
          }
          const file = join(pack.folder, path);
          const sizeBytes = await stat(file).then(
            (info) => info.size,
            () => {
              throw new FailureError('packInvalid', sentence('pack.fileMissing', { id: pack.id, path }), file);
            },
          );
          await makeRoom(sizeBytes);
          // by path, not bytes: graphs over 2 GB keep their weights in files beside them
          const session = await InferenceSession.create(file, sessionOptions(provider, threads));
          held.set(key, { session, sizeBytes });
          return graphSession(session);
        },
        readText: (path) => readFile(join(pack.folder, path), 'utf8'),
        release: (path) => drop(keyOf(path)),
      };
    },
    async close() {
      for (const key of [...held.keys()]) await drop(key);
    },
  };
}

function graphSession(session: InferenceSession): GraphSession {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const made = await session.run(
        Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)])),
      );
      return Object.fromEntries(Object.entries(made).map(([name, tensor]) => [name, fromOrt(name, tensor)]));
    },
  };
}

function toOrt(tensor: Tensor): OrtTensor {
  return tensor.type === 'float32'
    ? new OrtTensor('float32', tensor.data, tensor.dims)
    : new OrtTensor('int64', tensor.data, tensor.dims);
}

function fromOrt(name: string, tensor: OrtTensor): Tensor {
  if (tensor.type === 'float32') return { type: 'float32', data: tensor.data as Float32Array, dims: tensor.dims };
  if (tensor.type === 'int64') return { type: 'int64', data: tensor.data as BigInt64Array, dims: tensor.dims };
  throw new Error(`The graph's output ${name} is ${tensor.type}; the families' contracts know float32 and int64.`);
}

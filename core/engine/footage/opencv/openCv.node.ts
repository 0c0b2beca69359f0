/**
 * OpenCV as WebAssembly, one instance a process, loaded when it is first needed. It runs in the inference child only:
 * its calls block their thread.
 *
 * - The module has a `then` that resolves to itself: awaiting it never ends. It travels inside an object.
 * - `Mat.clone()` shares memory in this version: use `copyTo`.
 * - Views (`mat.data`) are detached when the heap grows: read them again after every allocation.
 */
import { createRequire } from 'node:module';
import type * as OpenCv from '@techstark/opencv-js';

/** The functions and classes of OpenCV. */
export type Cv = typeof OpenCv;

interface Loading {
  readonly Mat?: unknown;
  onRuntimeInitialized?: () => void;
}

let loaded: Promise<{ readonly cv: Cv }> | null = null;

/** OpenCV, ready to be used. Keep the object: the module itself must not be awaited. */
export function loadOpenCv(): Promise<{ readonly cv: Cv }> {
  loaded ??= new Promise((resolve) => {
    const module: unknown = createRequire(import.meta.url)('@techstark/opencv-js');
    const cv = module as Cv & Loading;
    if (cv.Mat) resolve({ cv });
    else (cv as Loading).onRuntimeInitialized = () => resolve({ cv });
  });
  return loaded;
}

interface Deletable {
  delete(): void;
}

/** Calls `use`, then deletes every Mat and vector that it kept: the garbage collector does not see them. */
export function withMats<T>(use: (keep: <D extends Deletable>(made: D) => D) => T): T {
  const kept: Deletable[] = [];
  try {
    return use((made) => {
      kept.push(made);
      return made;
    });
  } finally {
    for (const each of kept) each.delete();
  }
}

/** An error that OpenCV threw as a pointer, as an error with its words; any other as it is. */
export function asError(cv: Cv, error: unknown): unknown {
  if (typeof error !== 'number') return error;
  const { msg } = (cv as unknown as { exceptionFromPtr(at: number): { msg: string } }).exceptionFromPtr(error);
  return new Error(`OpenCV: ${msg}`);
}

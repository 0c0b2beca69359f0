/** The child's side: takes one run at a time, tells its steps, and ends itself when cancelled. */
import { freemem } from 'node:os';
import { PipelineCancelled, type PipelineProgress } from '../../../models/families/pipeline.ts';
import { FailureError } from '../../contract/errors.ts';
import { probeProvider } from './probeProvider.node.ts';
import type { FromChild, InferenceResult, PackLocation, ToChild } from './protocol.ts';
import { createPreviewWriter, runFamily, runFootageFamily, type FamilyPipelines } from './runFamily.node.ts';
import { createSessionCache } from './sessionCache.node.ts';

export interface ChildPort {
  post(message: FromChild): void;
  onMessage(listener: (message: ToChild) => void): void;
  /** Ends this process. */
  exit(): void;
}

/** How onnxruntime, CUDA, DirectML and V8 report that memory has run out. */
const outOfMemoryPattern = new RegExp(
  [
    'out of memory|OUT_OF_?MEMORY|E_OUTOFMEMORY|not enough memory',
    'bad_alloc|bad allocation|failed to allocate|allocation failed|std::length_error',
  ].join('|'),
  'i',
);

/** The inference process's main loop: one run at a time, sessions kept between runs. */
export function serveInference(port: ChildPort, pipelines: FamilyPipelines): void {
  const sessions = createSessionCache(Math.max(512 * 1024 ** 2, freemem() / 3));
  let cancelled = false;
  let busy = false;
  const rest = new Rest();

  const run = async (message: Extract<ToChild, { type: 'run' }>): Promise<void> => {
    const { id, settings } = message;
    const watched = {
      checkCancelled() {
        if (cancelled) throw new PipelineCancelled('Cancelled.');
      },
      report: createPreviewWriter(settings.scratchFolder, (progress, previewPath) =>
        port.post(progressOf(id, progress, previewPath)),
      ),
    };
    const readerOf = (pack: PackLocation) => sessions.reader(pack, 'cpu', settings.threads);
    const answer = (): Promise<InferenceResult> => {
      const { scratchFolder, threads } = settings;
      if (message.run.family === 'footage')
        return runFootageFamily(message.run, pipelines, {
          ...watched,
          ...{ scratchFolder, threads, readerOf },
          untilAllowed: () => rest.over,
        });
      const pack = sessions.reader(message.run.pack, settings.provider, threads);
      return runFamily(message.run, pipelines, { ...watched, pack }, scratchFolder, readerOf);
    };
    try {
      port.post({ type: 'done', id, result: await answer() });
    } catch (error) {
      port.post(failureOf(id, error));
    }
  };

  port.onMessage((message) => {
    switch (message.type) {
      case 'cancel':
        cancelled = true;
        rest.set(false);
        if (!busy) port.exit();
        return;
      case 'rest':
        return rest.set(message.resting && !cancelled);
      case 'run':
        busy = true;
        rest.set(false);
        void run(message).finally(() => {
          busy = false;
          // a cancelled child gives its memory back by ending
          if (cancelled) port.exit();
        });
        return;
      case 'probe':
        void probeProvider(message.provider, message.threads).then((result) =>
          port.post({ type: 'probed', id: message.id, result }),
        );
        return;
    }
  });
  port.post({ type: 'ready' });
}

/** Whether work that may wait has to. */
class Rest {
  /** Resolves at once while nothing has to wait. */
  over: Promise<void> = Promise.resolve();
  #end: (() => void) | null = null;

  set(resting: boolean): void {
    if (resting && this.#end === null) this.over = new Promise((resolve) => (this.#end = resolve));
    if (resting) return;
    this.#end?.();
    this.#end = null;
  }
}

function progressOf(id: number, progress: PipelineProgress, previewPath: string | null): FromChild {
  const { fraction, stage, step = null, stepCount = null } = progress;
  return { type: 'progress', id, fraction, stage, step, stepCount, previewPath };
}

function failureOf(id: number, error: unknown): FromChild {
  if (error instanceof PipelineCancelled) return { type: 'failed', id, code: 'cancelled', message: 'Cancelled.' };
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof FailureError && error.failure.code === 'packInvalid')
    return { type: 'failed', id, code: 'packInvalid', message: text };
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOSPC')
    return {
      type: 'failed',
      id,
      code: 'diskFull',
      message: `The disk is full: what was made could not be kept (${text}).`,
    };
  return { type: 'failed', id, code: outOfMemoryPattern.test(text) ? 'outOfMemory' : 'inferenceFailed', message: text };
}

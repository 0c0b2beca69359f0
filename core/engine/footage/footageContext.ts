/** What a task in the inference child gets from its surroundings. */
import type { PackReader, PipelineContext } from '../../../models/families/pipeline.ts';
import type { FootageTask, FootageTaskResult } from './tasks.ts';

/** Cancelling, progress, packs and a folder for what is made. */
export interface FootageContext extends Pick<PipelineContext, 'checkCancelled' | 'report'> {
  readonly scratchFolder: string;
  readonly threads: number;
  /** Work in the background waits here while the user needs the machine; none: it never has to. */
  untilAllowed?(): Promise<void>;
  /** Graphs of a pack, run on the processor. */
  readerOf(pack: { readonly id: string; readonly folder: string }): PackReader;
}

/** Runs any task. */
export type RunFootageTask = (task: FootageTask, context: FootageContext) => Promise<FootageTaskResult>;

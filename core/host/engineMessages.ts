/**
 * What a host and its engine process say to each other, beside the contract itself: over `fork` in the browser host,
 * over the utility process's port under Electron.
 */
import type { Failure } from '../contract/errors.ts';
import type { FromChild, ToChild } from '../engine/inference/protocol.ts';

export type HostMessage =
  /** A window: its text follows in 'text' messages, or, under Electron, over the one port sent with this message. */
  | { readonly type: 'connect'; readonly connectionId: number }
  | { readonly type: 'text'; readonly connectionId: number; readonly text: string }
  | { readonly type: 'disconnect'; readonly connectionId: number }
  | { readonly type: 'resolveFile'; readonly requestId: number; readonly urlPath: string }
  | { readonly type: 'uploadPath'; readonly requestId: number; readonly projectId: string; readonly fileName: string }
  /** Electron only, as the next: what an inference process said, and its end. Small: frames travel as files. */
  | { readonly type: 'fromInference'; readonly childId: number; readonly message: FromChild }
  | { readonly type: 'inferenceEnded'; readonly childId: number; readonly code: number | null }
  /** Finish what is being written and exit. */
  | { readonly type: 'close' };

export type EngineMessage =
  | { readonly type: 'ready' }
  /** It cannot run here at all (its folder cannot be written, say); it exits after this. */
  | { readonly type: 'startFailed'; readonly failure: Failure }
  | { readonly type: 'text'; readonly connectionId: number; readonly text: string }
  | { readonly type: 'answer'; readonly requestId: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly requestId: number; readonly failure: Failure }
  /** Electron only: utility processes can be started by main alone. */
  | { readonly type: 'startInference'; readonly childId: number }
  | { readonly type: 'toInference'; readonly childId: number; readonly message: ToChild }
  | { readonly type: 'killInference'; readonly childId: number };

export interface ResolvedFile {
  readonly path: string;
  readonly contentType: string;
}

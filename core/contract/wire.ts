/** Messages on the wire, the same over a WebSocket (as JSON) and over a MessagePort (as they are). */
import type { Failure } from './errors.ts';

export type ClientMessage = {
  readonly type: 'call';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
};

export type ServerMessage =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

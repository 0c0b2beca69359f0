/** Random messages of the contract: valid JSON that says the wrong thing, and text that is no JSON at all. */
import { paramSchemas } from '../../../contract/validate.ts';
import type { Draw } from './draw.ts';

export interface MessageTarget {
  /** Of a project that is open. */
  readonly projectId: string;
  /** Paths that a message may name: whatever is written there lies in the test's own folder. */
  readonly paths: readonly string[];
}

export interface WireMessage {
  readonly text: string;
  /** The call's number, where the message is one and an answer is owed; null otherwise. */
  readonly callId: number | null;
}

/** These do minutes of work, or stop what the test needs, when their parameters are right. */
const neverRight: ReadonlySet<string> = new Set([
  'app.doctor',
  'packs.verify',
  'project.openDemo',
  'project.create',
  'project.close',
]);

const names = Object.keys(paramSchemas);
const keys = [
  'projectId',
  'folder',
  'path',
  'paths',
  'name',
  'entries',
  'spec',
  'kind',
  'request',
  'settings',
  'mediaIds',
];
const strangeKeys = ['__proto__', 'constructor', 'toString', '', 'then', 'hasOwnProperty', 'length'];

function scalar(draw: Draw, target: MessageTarget): unknown {
  return draw.pick<() => unknown>([
    () => null,
    () => draw.chance(0.5),
    () => draw.integer(-10, 1000),
    () => draw.pick([-1, 0, 1e308, -0.5, 2 ** 53, 4_000_000_000, Number.MIN_VALUE]),
    () => draw.text(30),
    () => target.projectId,
    () => draw.pick(target.paths),
    () =>
      draw.pick([
        'generation',
        'export',
        'mediaCache',
        'command',
        'starter',
        '../../etc/passwd',
        '%{pts}',
        '\0',
        '\ud800',
      ]),
  ])();
}

function value(draw: Draw, target: MessageTarget, depth: number): unknown {
  const kind = depth <= 0 ? 0 : draw.integer(0, 6);
  if (kind < 3) return scalar(draw, target);
  const length = draw.integer(0, 5);
  if (kind < 4) return Array.from({ length }, () => value(draw, target, depth - 1));
  const pairs = Array.from({ length }, () => [
    draw.pick(draw.chance(0.9) ? keys : strangeKeys),
    value(draw, target, depth - 1),
  ]);
  return Object.fromEntries(pairs) as unknown;
}

function paramsFor(method: string, draw: Draw, target: MessageTarget): unknown {
  if (neverRight.has(method)) return draw.pick([null, 1, 'x', [], [{}], true]);
  const drawn = value(draw, target, 3);
  if (draw.chance(0.3)) return drawn;
  // the fields that most methods want, some of them right
  const base = {
    projectId: target.projectId,
    mediaIds: [],
    takeIds: [],
    entries: [],
    jobIds: [],
    jobId: 'x',
    folder: null,
  };
  return typeof drawn === 'object' && drawn !== null && !Array.isArray(drawn) ? { ...base, ...drawn } : base;
}

/** Arrays in arrays, as text: JavaScript's own writer would run out of stack. */
function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

function call(draw: Draw, target: MessageTarget, callId: number): WireMessage {
  const method = draw.chance(0.9) ? draw.pick(names) : draw.pick([...strangeKeys, draw.text(30)]);
  const params = JSON.stringify(paramsFor(method, draw, target)) ?? 'null';
  const text = (inner: string) => `{"type":"call","id":${callId},"method":${JSON.stringify(method)},"params":${inner}}`;
  const kind = draw.integer(0, 100);
  if (kind === 0 && !neverRight.has(method)) return { text: text(nested(20_000)), callId };
  if (kind === 1) return { text: text(JSON.stringify('x'.repeat(1_000_000))), callId };
  return { text: text(params), callId };
}

/** `callId`: a number that no other call of the connection has. */
export function randomMessage(draw: Draw, target: MessageTarget, callId: number): WireMessage {
  if (draw.chance(0.85)) return call(draw, target, callId);
  const text = draw.pick<() => string>([
    () => draw.text(100),
    () => JSON.stringify(value(draw, target, 4)) ?? '',
    () => nested(10_000),
    () => JSON.stringify({ type: draw.pick(['call', 'answer', 'event', 'x']), id: value(draw, target, 1) }),
    () => JSON.stringify({ type: 'call', id: value(draw, target, 1), method: value(draw, target, 1), params: {} }),
    () => '{"type":"call","id":1e999,"method":"packs.list","params":{}}',
  ])();
  return { text, callId: null };
}

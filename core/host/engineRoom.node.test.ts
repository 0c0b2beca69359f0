import { beforeEach, describe, expect, it } from 'vitest';
import type { EventName, Events, Handlers } from '../contract/contract.ts';
import { FailureError } from '../contract/errors.ts';
import { createPortPair, type WirePort } from '../contract/port.ts';
import type { ServerMessage } from '../contract/wire.ts';
import type { EngineMessage, HostMessage } from './engineMessages.ts';
import { serveHost, type RoomEngine } from './engineRoom.ts';
import { silentLogger } from './logger.node.ts';
import { plainSentence } from '../contract/sentence.ts';
import { eventually } from '../time/testing/eventually.ts';

let posted: EngineMessage[];
let tell: (message: HostMessage, window?: WirePort) => void;
let emit: <E extends EventName>(event: E, payload: Events[E]) => void;
let closed: string[];

beforeEach(() => {
  posted = [];
  closed = [];
  const handlers = {
    'packs.list': async () => [],
    'project.open': async ({ folder }: { folder: string }) => {
      throw new FailureError('notFound', `${folder} is not there.`, folder);
    },
  } as unknown as Handlers;
  const engine: RoomEngine = {
    handlers,
    onEvent: (listener) => {
      emit = listener;
      return () => undefined;
    },
    resolveFile: async (urlPath) => (urlPath === '/files/a' ? { path: '/a', contentType: 'video/mp4' } : null),
    // an engine whose method throws before it answers a promise
    uploadPath: () => {
      throw new FailureError('notFound', 'This project is not open.');
    },
    close: async () => void closed.push('engine'),
  };
  serveHost(
    engine,
    {
      post: (message) => posted.push(message),
      onMessage: (listener) => (tell = (message, window) => listener(message, window ?? null)),
    },
    silentLogger,
    () => closed.push('process'),
  );
});

const texts = () =>
  posted.flatMap((message) =>
    message.type === 'text'
      ? [{ connectionId: message.connectionId, ...(JSON.parse(message.text) as ServerMessage) }]
      : [],
  );

describe('a window behind the browser host', () => {
  it('calls in text, and hears answers, failures and events', async () => {
    tell({ type: 'connect', connectionId: 1 });
    tell({
      type: 'text',
      connectionId: 1,
      text: JSON.stringify({ type: 'call', id: 1, method: 'packs.list', params: {} }),
    });
    tell({
      type: 'text',
      connectionId: 1,
      text: JSON.stringify({ type: 'call', id: 2, method: 'project.open', params: { folder: '/gone' } }),
    });
    emit('notice', { level: 'info', sentence: plainSentence('hello') });
    await eventually(() => expect(texts()).toHaveLength(3));
    expect(texts()).toContainEqual({ connectionId: 1, type: 'answer', id: 1, value: [] });
    expect(texts()).toContainEqual({
      connectionId: 1,
      type: 'failure',
      id: 2,
      failure: { code: 'notFound', message: '/gone is not there.', path: '/gone' },
    });
    expect(texts()).toContainEqual({
      connectionId: 1,
      type: 'event',
      name: 'notice',
      payload: { level: 'info', sentence: plainSentence('hello') },
    });
  });
  it('that sends no JSON, or calls nobody, changes nothing', async () => {
    tell({ type: 'connect', connectionId: 1 });
    for (const text of ['', '{', 'null', '[]', '{"type":"call"}']) tell({ type: 'text', connectionId: 1, text });
    tell({
      type: 'text',
      connectionId: 9,
      text: JSON.stringify({ type: 'call', id: 1, method: 'packs.list', params: {} }),
    });
    tell({
      type: 'text',
      connectionId: 1,
      text: JSON.stringify({ type: 'call', id: 3, method: 'no.such', params: {} }),
    });
    await eventually(() => expect(texts()).toHaveLength(1));
    expect(texts()[0]).toMatchObject({ type: 'failure', id: 3, failure: { code: 'badRequest' } });
  });
  it('hears nothing more once it is gone', () => {
    tell({ type: 'connect', connectionId: 1 });
    tell({ type: 'disconnect', connectionId: 1 });
    emit('notice', { level: 'info', sentence: plainSentence('to nobody') });
    expect(posted).toEqual([]);
  });
});

it('a window with a port of its own is served over that', async () => {
  const [mine, theirs] = createPortPair();
  const heard: unknown[] = [];
  mine.onMessage((message) => heard.push(message));
  tell({ type: 'connect', connectionId: 1 }, theirs);
  mine.send({ type: 'call', id: 5, method: 'packs.list', params: {} });
  await eventually(() => expect(heard).toEqual([{ type: 'answer', id: 5, value: [] }]));
  expect(posted).toEqual([]);
});

it('the host’s questions are answered, or fail with their reason', async () => {
  tell({ type: 'resolveFile', requestId: 1, urlPath: '/files/a' });
  tell({ type: 'uploadPath', requestId: 2, projectId: 'p', fileName: 'a.mp4' });
  await eventually(() => expect(posted).toHaveLength(2));
  expect(posted).toContainEqual({ type: 'answer', requestId: 1, value: { path: '/a', contentType: 'video/mp4' } });
  expect(posted).toContainEqual({
    type: 'failure',
    requestId: 2,
    failure: { code: 'notFound', message: 'This project is not open.' },
  });
});

it('asked to close, the engine finishes before its process ends', async () => {
  tell({ type: 'close' });
  await eventually(() => expect(closed).toEqual(['engine', 'process']));
});

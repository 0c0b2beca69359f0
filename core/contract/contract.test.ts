import { describe, expect, test } from 'vitest';
import { createClient } from './client.ts';
import type { Handlers } from './contract.ts';
import type { JournalEntry } from '../document/journal.ts';
import { plainSentence } from './sentence.ts';
import { FailureError } from './errors.ts';
import { createPortPair, type WirePort } from './port.ts';
import { createServer } from './server.ts';
import type { paramSchemas } from './validate.ts';

function engine(handlers: Partial<Handlers>) {
  const bugs: unknown[] = [];
  const server = createServer(handlers as Handlers, (error) => bugs.push(error));
  const client = createClient();
  const connect = () => {
    const [near, far] = createPortPair();
    server.addPort(far);
    client.attach(near);
    return near;
  };
  return { server, client, connect, bugs };
}

const entry = (seq: number): JournalEntry => ({
  seq,
  kind: 'command',
  label: 'renameProject',
  patches: [],
  inverse: [],
  target: null,
  at: '',
});
/** All that was sent by now has arrived, and so have the answers: messages travel in microtasks. */
const soon = () => new Promise((resolve) => setTimeout(resolve));

describe('a call', () => {
  test('is answered, each by its own id, in whatever order the engine is done', async () => {
    let fastIsDone = (): void => undefined;
    const untilFast = new Promise<void>((resolve) => (fastIsDone = resolve));
    const { client, connect } = engine({
      'packs.verify': async ({ packId }) => {
        if (packId === 'slow') await untilFast;
        return { ok: true, problems: [plainSentence(packId)] };
      },
    });
    connect();
    const slow = client.call('packs.verify', { packId: 'slow' });
    const fast = client.call('packs.verify', { packId: 'fast' }).finally(fastIsDone);
    const answers = await Promise.all([slow, fast]);
    expect(answers.map((answer) => answer.problems[0]?.text)).toEqual(['slow', 'fast']);
  });

  test('that fails as expected rejects with the code, the sentence and the file', async () => {
    const { client, connect } = engine({
      'project.open': async ({ folder }) => {
        throw new FailureError('newerVersion', `'${folder}' is from a newer Framewright.`, folder);
      },
    });
    connect();
    await expect(client.call('project.open', { folder: '/a' })).rejects.toMatchObject({
      failure: { code: 'newerVersion', path: '/a', message: "'/a' is from a newer Framewright." },
    });
  });

  test('that runs into a bug is told so, and the engine hears of it', async () => {
    const { client, connect, bugs } = engine({
      'app.status': async () => {
        throw new TypeError('x is not a function');
      },
    });
    connect();
    await expect(client.call('app.status', {})).rejects.toMatchObject({ failure: { code: 'internal' } });
    expect(bugs).toHaveLength(1);
  });

  test('of an unknown method is refused', async () => {
    const { client, connect } = engine({});
    connect();
    for (const method of ['project.burn', 'toString', '__proto__', 'constructor']) {
      await expect(client.call(method as 'app.status', {})).rejects.toMatchObject({ failure: { code: 'badRequest' } });
    }
  });
});

describe('parameters', () => {
  test.each<[keyof typeof paramSchemas, unknown, string]>([
    ['project.open', {}, 'The parameters of "project.open" do not fit: folder: expected string, received undefined.'],
    ['project.open', null, 'The parameters of "project.open" do not fit: expected object, received null.'],
    ['files.list', { folder: '/a\0b' }, 'The parameters of "files.list" do not fit: folder: holds a zero byte.'],
    ['jobs.submit', { spec: { kind: 'mine' } }, 'The parameters of "jobs.submit" do not fit: spec.kind:'],
    ['project.append', { projectId: 'p', entries: [{ ...entry(0) }] }, 'entries.0.seq'],
  ])('of %s that do not fit are refused with the place', async (method, params, sentence) => {
    const { client, connect } = engine({});
    connect();
    const error = await client.call(method, params as never).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure.code).toBe('badRequest');
    expect((error as FailureError).message).toContain(sentence);
  });

  test('reach the handler without what nobody asked for', async () => {
    let seen: unknown;
    const { client, connect } = engine({
      'project.close': async (params) => {
        seen = params;
        return {};
      },
    });
    connect();
    await client.call('project.close', { projectId: 'p', evil: true } as { projectId: string });
    expect(seen).toEqual({ projectId: 'p' });
  });
});

describe('events', () => {
  test('reach every window until it stops listening or leaves', async () => {
    const { server, client, connect } = engine({});
    const near = connect();
    const other = createClient();
    const [otherNear, otherFar] = createPortPair();
    server.addPort(otherFar);
    other.attach(otherNear);
    const heard: string[] = [];
    const stop = client.on('notice', ({ sentence }) => heard.push(`a ${sentence.text}`));
    other.on('notice', ({ sentence }) => heard.push(`b ${sentence.text}`));
    server.emit('notice', { level: 'info', sentence: plainSentence('1') });
    await soon();
    stop();
    server.emit('notice', { level: 'info', sentence: plainSentence('2') });
    await soon();
    near.close();
    await soon();
    expect(server.portCount).toBe(1);
    expect(heard).toEqual(['a 1', 'b 1', 'b 2']);
  });
});

describe('a broken connection', () => {
  function slow() {
    const calls: string[] = [];
    const waiting: (() => void)[] = [];
    const hold = async (name: string) => {
      calls.push(name);
      await new Promise<void>((resolve) => waiting.push(resolve));
    };
    const made = engine({
      'project.append': async ({ entries }) => {
        await hold('append');
        return { savedSeq: entries.at(-1)!.seq, savedAt: '' };
      },
      'jobs.submit': async () => {
        await hold('submit');
        return null as never;
      },
    });
    return { ...made, calls, release: () => waiting.splice(0).forEach((resolve) => resolve()) };
  }

  test('asks again what may be asked twice, and fails what may not', async () => {
    const { client, connect, calls, release } = slow();
    const first: WirePort = connect();
    const saved = client.call('project.append', { projectId: 'p', entries: [entry(7)] });
    const submitted = client.call('jobs.submit', { spec: { kind: 'mediaCache', projectId: 'p', mediaId: 'm' } });
    const refused = expect(submitted).rejects.toMatchObject({
      message: 'The connection to the engine broke before it answered "jobs.submit".',
    });
    await soon();
    first.close();
    await refused;
    expect(client.state).toBe('connecting');
    connect();
    await soon();
    release();
    await expect(saved).resolves.toMatchObject({ savedSeq: 7 });
    expect(calls).toEqual(['append', 'submit', 'append']);
  });

  test('three times under one call fails that call, which may be what breaks it', async () => {
    const { client, connect, calls } = slow();
    const poison = client.call('project.append', { projectId: 'p', entries: [entry(7)] });
    const refused = expect(poison).rejects.toMatchObject({
      message: 'The connection to the engine broke 3 times before it answered "project.append".',
    });
    for (let connection = 0; connection < 3; connection++) {
      const near = connect();
      await soon();
      near.close();
      await soon();
    }
    await refused;
    connect();
    await soon();
    expect(calls).toEqual(['append', 'append', 'append']);
  });

  test('holds back calls made meanwhile until it stands again', async () => {
    const { client, connect, release } = slow();
    const states: string[] = [];
    client.onState((state) => states.push(state));
    const saved = client.call('project.append', { projectId: 'p', entries: [entry(1)] });
    connect();
    await soon();
    release();
    await expect(saved).resolves.toMatchObject({ savedSeq: 1 });
    expect(states).toEqual(['open']);
  });

  test('sends what waited first, and once; what is asked because it stands goes after it', async () => {
    const { client, connect, calls, release } = slow();
    client.onState((state) => {
      if (state === 'open')
        void client.call('jobs.submit', { spec: { kind: 'mediaCache', projectId: 'p', mediaId: 'm' } });
    });
    const saved = client.call('project.append', { projectId: 'p', entries: [entry(1)] });
    connect();
    await soon();
    expect(calls).toEqual(['append', 'submit']);
    release();
    await expect(saved).resolves.toMatchObject({ savedSeq: 1 });
  });

  test('that will not come back fails all that waits, and all that comes', async () => {
    const { client } = slow();
    const saved = client.call('project.append', { projectId: 'p', entries: [entry(1)] });
    client.close('The engine ended.');
    await expect(saved).rejects.toMatchObject({ message: 'The engine ended.' });
    await expect(client.call('app.status', {})).rejects.toBeInstanceOf(FailureError);
    expect(client.state).toBe('closed');
  });
});

test('a window that opens a project takes it over from the window that had it, and from nobody else', async () => {
  const server = createServer({
    'project.open': async ({ folder }: { folder: string }) => ({ projectId: folder }),
  } as unknown as Handlers);
  const windows = ['first', 'second', 'other'].map((name) => {
    const lost: string[] = [];
    const client = createClient();
    const [near, far] = createPortPair();
    server.addPort(far);
    client.attach(near);
    client.on('project.lost', ({ projectId }) => lost.push(`${name} ${projectId}`));
    return { client, lost, near };
  });
  const [first, second, other] = windows as [(typeof windows)[0], (typeof windows)[0], (typeof windows)[0]];
  await other.client.call('project.open', { folder: 'another' });
  await first.client.call('project.open', { folder: 'film' });
  await first.client.call('project.open', { folder: 'film' });
  await second.client.call('project.open', { folder: 'film' });
  await soon();
  expect(windows.flatMap(({ lost }) => lost)).toEqual(['first film']);
  second.near.close();
  await first.client.call('project.open', { folder: 'film' });
  await soon();
  expect(windows.flatMap(({ lost }) => lost)).toEqual(['first film']);
});

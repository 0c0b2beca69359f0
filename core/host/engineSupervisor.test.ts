import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineMessage, HostMessage } from './engineMessages.ts';
import { EngineSupervisor, type EngineChild } from './engineSupervisor.ts';

/** An engine process by hand: the test says when it is ready, answers and dies. */
class StandInChild implements EngineChild<string> {
  readonly posted: HostMessage[] = [];
  readonly ports: string[] = [];
  killed = false;
  say: (message: EngineMessage) => void = () => undefined;
  die: (reason: string) => void = () => undefined;
  post(message: HostMessage, ports: readonly string[]): void {
    this.posted.push(message);
    this.ports.push(...ports);
  }
  onMessage(listener: (message: EngineMessage) => void): void {
    this.say = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.die = listener;
  }
  kill(): void {
    this.killed = true;
    this.die('signal SIGKILL');
  }
}

let children: StandInChild[];
let lines: string[];
const newest = () => children[children.length - 1]!;
const supervise = () =>
  new EngineSupervisor<string>({
    start: () => {
      children.push(new StandInChild());
      return newest();
    },
    log: (line) => lines.push(line),
    onStartFailed: (failure) => lines.push(failure.message),
    closeMs: 1000,
  });

beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  lines = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('one engine', () => {
  it('gets what was sent before it was ready, in order', () => {
    const supervisor = supervise();
    const pipe = supervisor.connect(() => undefined);
    pipe.send('hello');
    expect(newest().posted).toEqual([]);
    newest().say({ type: 'ready' });
    expect(newest().posted.map((message) => message.type)).toEqual(['connect', 'text']);
  });

  it('answers each pipe its own', () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    const heard: string[] = [];
    supervisor.connect((text) => heard.push(`a ${text}`));
    supervisor.connect((text) => heard.push(`b ${text}`));
    const ids = newest().posted.map((message) => (message.type === 'connect' ? message.connectionId : 0));
    newest().say({ type: 'text', connectionId: ids[1]!, text: 'one' });
    newest().say({ type: 'text', connectionId: ids[0]!, text: 'two' });
    expect(heard).toEqual(['b one', 'a two']);
  });

  it('hands a port over with the message that names it', () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    supervisor.connectPort('port');
    expect(newest().ports).toEqual(['port']);
  });
});

describe('an engine that dies', () => {
  it('is started again at once, tells its windows, and is asked again what was open about files', async () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    let lost = 0;
    supervisor.onLost(() => lost++);
    const file = supervisor.resolveFile('/files/a');
    const pipe = supervisor.connect(() => undefined);
    newest().die('signal SIGKILL');
    pipe.send('to nobody');
    expect(lost).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(children).toHaveLength(2);
    newest().say({ type: 'ready' });
    const asked = newest().posted;
    expect(asked).toEqual([{ type: 'resolveFile', requestId: 1, urlPath: '/files/a' }]);
    newest().say({ type: 'answer', requestId: 1, value: { path: '/a', contentType: 'x/y' } });
    await expect(file).resolves.toEqual({ path: '/a', contentType: 'x/y' });
    expect(lines[0]).toContain('signal SIGKILL');
  });

  it('twice over one question fails that question, and no other, with the reason', async () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    const poison = supervisor.uploadPath('p', 'a.mp4');
    const refused = expect(poison).rejects.toThrow('The engine ended twice while it worked on this request');
    newest().die('exit code 1');
    await vi.advanceTimersByTimeAsync(0);
    const innocent = supervisor.resolveFile('/files/a');
    newest().say({ type: 'ready' });
    newest().die('exit code 1');
    await refused;
    await vi.advanceTimersByTimeAsync(250);
    newest().say({ type: 'ready' });
    expect(newest().posted).toEqual([{ type: 'resolveFile', requestId: 2, urlPath: '/files/a' }]);
    newest().say({ type: 'answer', requestId: 2, value: null });
    await expect(innocent).resolves.toBeNull();
    expect(children).toHaveLength(3);
  });

  it('before it was ready is not the fault of a question that waits', async () => {
    const supervisor = supervise();
    const file = supervisor.resolveFile('/files/a');
    for (const waitMs of [0, 250, 500]) {
      newest().die('exit code 1');
      await vi.advanceTimersByTimeAsync(waitMs);
    }
    newest().say({ type: 'ready' });
    newest().say({ type: 'answer', requestId: 1, value: null });
    await expect(file).resolves.toBeNull();
  });

  it('is not asked again for a client that has gone', async () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    const gone = new AbortController();
    const path = supervisor.uploadPath('p', 'a.mp4', gone.signal);
    const dropped = expect(path).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    gone.abort();
    await dropped;
    await expect(supervisor.resolveFile('/files/a', gone.signal)).rejects.toThrow('Cancelled.');
    newest().die('exit code 1');
    await vi.advanceTimersByTimeAsync(0);
    newest().say({ type: 'ready' });
    expect(newest().posted).toEqual([]);
  });

  it('before it heard of a window leaves that window’s port to the next', async () => {
    const supervisor = supervise();
    supervisor.connectPort('port');
    newest().die('exit code 1');
    await vi.advanceTimersByTimeAsync(0);
    newest().say({ type: 'ready' });
    expect(newest().ports).toEqual(['port']);
  });

  it('again and again is started ever more slowly, and at once again after a healthy life', async () => {
    supervise();
    for (const waitMs of [0, 250, 500, 1000]) {
      newest().die('exit code 1');
      const count = children.length;
      if (waitMs > 0) {
        await vi.advanceTimersByTimeAsync(waitMs - 1);
        expect(children).toHaveLength(count);
      }
      await vi.advanceTimersByTimeAsync(1);
      expect(children).toHaveLength(count + 1);
    }
    await vi.advanceTimersByTimeAsync(11_000);
    newest().die('signal SIGKILL');
    await vi.advanceTimersByTimeAsync(0);
    expect(children).toHaveLength(6);
  });
});

it('an engine that cannot run here says why', () => {
  supervise();
  newest().say({ type: 'startFailed', failure: { code: 'notWritable', message: '/home/x cannot be written.' } });
  expect(lines).toEqual(['/home/x cannot be written.']);
});

describe('closing', () => {
  it('lets the engine finish', async () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    const closed = supervisor.close();
    expect(newest().posted).toEqual([{ type: 'close' }]);
    newest().die('exit code 0');
    await closed;
    expect(newest().killed).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(children).toHaveLength(1);
  });

  it('kills an engine that does not finish in time, and fails what still waits', async () => {
    const supervisor = supervise();
    newest().say({ type: 'ready' });
    const file = supervisor.resolveFile('/files/a');
    const refused = expect(file).rejects.toThrow('closing');
    const closed = supervisor.close();
    await vi.advanceTimersByTimeAsync(1000);
    await closed;
    await refused;
    expect(newest().killed).toBe(true);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessagePortMain } from 'electron';
import { MessagePortStandIn, resetElectron, utilityProcesses } from '../testing/electronStandIn.ts';
import { startEngineHost } from './engineHost.ts';

vi.mock('electron', () => import('../testing/electronStandIn.ts'));

const lines: string[] = [];
const start = () =>
  startEngineHost({
    scriptFolder: '/app/dist/host',
    env: { A: '1' },
    log: (line) => lines.push(line),
    onStartFailed: (failure) => lines.push(failure.message),
  });
const child = (index: number) => utilityProcesses[index]!;

beforeEach(() => {
  resetElectron();
  lines.length = 0;
});

it('the engine is a utility process, and gets the windows’ ports', () => {
  const host = start();
  expect(child(0).script).toBe('/app/dist/host/engineProcess.mjs');
  expect(child(0).env).toEqual({ A: '1', ORT_DISABLE_TELEMETRY: '1' });
  const port = new MessagePortStandIn() as unknown as MessagePortMain;
  host.connectPort(port);
  child(0).emit('message', { type: 'ready' });
  expect(child(0).posted).toEqual([{ message: { type: 'connect', connectionId: 1 }, ports: [port] }]);
});

describe('inference', () => {
  it('is a second utility process, that engine and main talk to', () => {
    start();
    child(0).emit('message', { type: 'ready' });
    child(0).emit('message', { type: 'startInference', childId: 7 });
    expect(child(1).script).toBe('/app/dist/host/inferenceProcess.mjs');
    child(0).emit('message', { type: 'toInference', childId: 7, message: { type: 'cancel' } });
    expect(child(1).posted).toEqual([{ message: { type: 'cancel' }, ports: [] }]);
    child(1).emit('message', { type: 'ready' });
    expect(child(0).posted.at(-1)?.message).toEqual({ type: 'fromInference', childId: 7, message: { type: 'ready' } });
  });
  it('is killed when the engine says so, and its end is told', () => {
    start();
    child(0).emit('message', { type: 'ready' });
    child(0).emit('message', { type: 'startInference', childId: 1 });
    child(0).emit('message', { type: 'killInference', childId: 1 });
    expect(child(1).killed).toBe(true);
    child(1).emit('exit', 9);
    expect(child(0).posted.at(-1)?.message).toEqual({ type: 'inferenceEnded', childId: 1, code: 9 });
  });
  it('does not outlive its engine', () => {
    start();
    child(0).emit('message', { type: 'ready' });
    child(0).emit('message', { type: 'startInference', childId: 1 });
    child(0).emit('exit', 139);
    expect(child(1).killed).toBe(true);
    expect(lines[0]).toContain('exit code 139');
  });
});

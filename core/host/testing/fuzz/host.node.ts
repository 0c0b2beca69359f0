/** The built browser host in a temporary folder, with a session: the fuzzer's target. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createClient, type ContractClient } from '../../../contract/client.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export interface FuzzHost {
  readonly port: number;
  /** `name=value` of a browser that was let in. */
  readonly cookie: string;
  isRunning(): boolean;
  /** How often the host has said that its engine ended. */
  engineDeaths(): number;
  /** Linux only; 0 elsewhere. */
  enginePid(): Promise<number>;
  close(): Promise<void>;
}

/** `folder` becomes the host's working folder; its home is `<folder>/home`. */
export async function startFuzzHost(folder: string): Promise<FuzzHost> {
  await mkdir(join(folder, 'home'));
  const script = join(root, 'dist/host/browserHost.mjs');
  const child = spawn(process.execPath, [script, '--no-open', '--json', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FRAMEWRIGHT_HOME: join(folder, 'home'), FRAMEWRIGHT_PROVIDER: 'cpu' },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'exit');
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const first = await Promise.race([line, exited]);
  if (typeof first[0] !== 'string') throw new Error(`The browser host ended: ${stderr}`);
  const url = new URL((JSON.parse(first[0]) as { url: string }).url);
  const entered = await fetch(url);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`The link was refused (${entered.status}).`);
  return {
    port: Number(url.port),
    cookie,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    engineDeaths: () => stderr.match(/The engine ended/g)?.length ?? 0,
    enginePid: async () => {
      const path = `/proc/${child.pid}/task/${child.pid}/children`;
      return Number((await readFile(path, 'utf8').catch(() => '0')).trim().split(' ')[0]);
    },
    close: async () => {
      child.kill('SIGINT');
      await exited;
    },
  };
}

/** An honest window's client on the host. */
export async function connectClient(host: FuzzHost): Promise<ContractClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/contract`, { headers: { cookie: host.cookie } });
  await once(socket, 'open');
  const client = createClient();
  client.attach({
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => void socket.on('message', (data) => listener(JSON.parse(data.toString()))),
    onClose: (listener) => void socket.on('close', listener),
    close: () => socket.close(),
  });
  return client;
}

import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { isForeignPeer, isOtherUser, userOfPeer } from './peerUser.node.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0000 20 4 30 10 -1
   2: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 13 1 0000 20 4 30 10 -1
   3: 0200007F:C002 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002        0 14 1 0000 20 4 30 10 -1
   4: 0000000000000000FFFF00000100007F:C003 0000000000000000FFFF00000100007F:1F90 01 0:0 00:0 0  1003        0 15 1
   5: 0100007F:C004 0100007F:1F90 06 00000000:00000000 03:00000000 00000000     0        0 0 3 0000`;
const server = { address: '127.0.0.1', port: 0x1f90 };
const userAt = (address: string, port: number) => userOfPeer(table, { address, port }, server);

it('the user is the owner of the client’s end, not of ours', () => {
  expect(userAt('127.0.0.1', 0xc001)).toBe(1001);
  expect(userAt('127.0.0.2', 0xc002)).toBe(1002);
  expect(userAt('127.0.0.1', 0xc003)).toBe(1003);
});

it('a client that has closed is gone; one that the tables do not list is unknown', () => {
  expect(userAt('127.0.0.1', 0xc004)).toBe('gone');
  expect(userAt('127.0.0.1', 0xc002)).toBeNull();
});

it('only a third user is another one', () => {
  expect([isOtherUser(1000, 1000), isOtherUser(0, 1000), isOtherUser(1001, 0), isOtherUser(null, 1000)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([isOtherUser(1001, 1000), isOtherUser('gone', 1000)]).toEqual([true, true]);
});

it('a connection of our own process is not foreign', async () => {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const client = connect((listening.address() as AddressInfo).port, '127.0.0.1');
  const [accepted] = (await once(listening, 'connection')) as [Socket];
  expect(await isForeignPeer(accepted)).toBe(false);
  client.destroy();
  accepted.destroy();
  listening.close();
});

import { expect, test } from 'vitest';
import { readWatch } from './networkWatch.mjs';

const v4 = (port, address) => `{sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr("${address}")}`;
const v6 = (port, address) =>
  `{sa_family=AF_INET6, sin6_port=htons(${port}), sin6_flowinfo=htonl(0), ` +
  `inet_pton(AF_INET6, "${address}", &sin6_addr), sin6_scope_id=0}`;
/** A DNS question as strace prints it. */
const question = '"K\\0\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\6mobile\\7example\\0\\0\\1\\0\\1", 42';
const oneByte = 'msg_iov=[{iov_base="x", iov_len=1}]';

test('a name look-up is counted, whichever server is asked', () => {
  const { lookUps, connections } = readWatch(
    [
      `14<node> connect(18, ${v4(53, '10.0.0.1')}, 16) = -1 ENETUNREACH (Network is unreachable)`,
      `15<ffmpeg> connect(18, ${v4(53, '127.0.0.53')}, 16 <unfinished ...>`,
      `16<sharp> sendto(5, ${question}, 0, ${v4(53, '10.0.0.1')}, 16) = 42`,
    ].join('\n'),
  );
  expect(lookUps).toEqual(['node to 10.0.0.1 port 53', 'ffmpeg to 127.0.0.53 port 53', 'sharp to 10.0.0.1 port 53']);
  expect(connections).toEqual([]);
});

test('a connection off loopback is counted, also one that fails', () => {
  const { lookUps, connections } = readWatch(
    [
      `14<node> connect(20, ${v4(80, '192.0.2.1')}, 16) = -1 EINPROGRESS (Operation now in progress)`,
      `14<node> connect(20, ${v6(443, '2001:db8::1')}, 28) = -1 ENETUNREACH (Network is unreachable)`,
      `14<node> sendmsg(22, {msg_name=${v4(9, '192.0.2.7')}, msg_namelen=16, ${oneByte}}, 0) = 1`,
    ].join('\n'),
  );
  expect(lookUps).toEqual([]);
  expect(connections).toEqual([
    'node to 192.0.2.1 port 80',
    'node to 2001:db8::1 port 443',
    'node to 192.0.2.7 port 9',
  ]);
});

const opened = (thread, kind, number) => `${thread} socket(AF_INET, SOCK_${kind}|SOCK_CLOEXEC, IPPROTO_IP) = ${number}`;

test('a socket from which anything could be sent is counted: it was never connected, or bound to all addresses', () => {
  const { connections } = readWatch(
    [
      opened('14<node>', 'DGRAM', 20),
      opened('15<ffmpeg>', 'DGRAM', 4),
      `15<ffmpeg> bind(4, ${v4(5353, '0.0.0.0')}, 16) = 0`,
      '16<curl> socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP <unfinished ...>',
      '17<curl> <... socket resumed>) = 9',
      '16<curl> <... socket resumed>) = 7',
      opened('18<sharp>', 'DGRAM', 5),
      opened('18<sharp>', 'DGRAM', 5),
      `18<sharp> connect(5, ${v4(9, '127.0.0.1')}, 16) = 0`,
    ].join('\n'),
  );
  expect(connections).toEqual([
    'sharp from an unconnected DGRAM socket',
    'node from an unconnected DGRAM socket',
    'ffmpeg from an unconnected DGRAM socket',
    'curl from an unconnected STREAM socket',
  ]);
});

test('one that is connected or listens is not, nor those by which Chromium asks for its interfaces', () => {
  const { connections } = readWatch(
    [
      opened('14<node>', 'STREAM', 20),
      `14<node> bind(20, ${v6(0, '::')}, 28) = 0`,
      opened('14<node>', 'DGRAM', 21),
      `14<node> bind(21, ${v4(0, '127.0.0.1')}, 16) = 0`,
      '15<Chrome_ChildIOT> socket(AF_INET, SOCK_STREAM, IPPROTO_TCP <unfinished ...>',
      '15<Chrome_ChildIOT> <... socket resumed>) = 29',
      `15<Chrome_ChildIOT> connect(29, ${v4(35449, '127.0.0.1')}, 16 <unfinished ...>`,
      opened('16<ThreadPoolForeg>', 'DGRAM', 31),
      '17<node> <... socket resumed>) = 3',
    ].join('\n'),
  );
  expect(connections).toEqual([]);
});

test('loopback is not, nor Chromium’s question for a route; the same question by another program is', () => {
  const probe = v6(443, '2001:4860:4860::8888');
  const { lookUps, connections } = readWatch(
    [
      `14<node> connect(23, ${v4(35449, '127.0.0.1')}, 16) = 0`,
      `14<node> connect(23, ${v6(35449, '::1')}, 28) = 0`,
      `14<node> connect(23, ${v6(35449, '::ffff:127.0.0.1')}, 28) = 0`,
      `14<Chrome_ChildIOT> connect(25, ${probe}, 28) = 0`,
      `14<node> connect(25, ${probe}, 28) = 0`,
    ].join('\n'),
  );
  expect(lookUps).toEqual([]);
  expect(connections).toEqual(['node to 2001:4860:4860::8888 port 443']);
});

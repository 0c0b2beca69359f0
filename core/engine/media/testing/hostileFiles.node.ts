/** Media as an enemy would send it: made here, byte by byte or by ffmpeg, each with a name that says what it tries. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { ffmpeg } from '../../../ffmpeg/testing/ffmpegWords.node.ts';

/** Where the files would reach if they could. */
export interface Targets {
  /** http://127.0.0.1:port, where the test listens. */
  readonly address: string;
  /** UDP port of 127.0.0.1 where the test listens. */
  readonly udpPort: number;
  /** A file of the user's that must not be read. */
  readonly secret: string;
  /** A folder that must stay empty. */
  readonly outside: string;
}

/** Makes all files below `folder` and answers what to import: paths, and texts that only look like paths. */
export function hostileFiles(folder: string, targets: Targets): string[] {
  const make = (group: string, files: Readonly<Record<string, string | Buffer>>): string[] => {
    const into = join(folder, group);
    mkdirSync(into, { recursive: true });
    return Object.entries(files).map(([name, bytes]) => {
      writeFileSync(join(into, name), bytes);
      return join(into, name);
    });
  };
  wholeContainers(folder, ['mp4', 'mkv', 'gif', 'wav']);
  return [
    ...make('playlists', playlists(targets)),
    ...make('drawings', drawings(targets)),
    ...make('bombs', bombs()),
    ...make('archives', archives()),
    ...make('subtitles', subtitles(targets)),
    ...lyingMedia(folder, targets),
    ...strangeNames(folder),
    ...strangeFiles(folder, targets),
    ...addresses(targets),
  ];
}

/** Each as text, and with a control character in front of line two so that it does not look like text. */
function playlists({ address, udpPort, secret }: Targets): Record<string, string> {
  const media = (url: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`;
  const binary = (text: string) => text.replace('\n', '\n#\x01\x02\n');
  const sdp =
    `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video ${udpPort} ` +
    `RTP/AVP 96\na=rtpmap:96 H264/90000\n`;
  const mpd =
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" ' +
    'mediaPresentationDuration="PT1S"><Period><AdaptationSet ' +
    'mimeType="video/mp4"><Representation id="1" ' +
    `bandwidth="1"><BaseURL>${address}/dash.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`;
  return {
    'list.m3u8': media(`file://${secret}`),
    'list-as.mp4': media(`${address}/a.ts`),
    'list-binary.mp4': binary(media(`${address}/b.ts`)),
    'list-binary-file.mkv': binary(media(secret)),
    'list-key.ts': binary(
      `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${address}/key"\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
    ),
    'master.m3u8': binary(`#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${address}/variant.m3u8\n`),
    'list-utf16.m3u8': `\ufeff${media(`${address}/c.ts`)}`,
    'concat.ffconcat': `ffconcat version 1.0\nfile '${secret}'\n`,
    'concat-as.mp4': `ffconcat version 1.0\n#\x01\nfile '${secret}'\n`,
    'concat-http.wav': `ffconcat version 1.0\n#\x01\nfile '${address}/d.wav'\noption protocol_whitelist http,tcp\n`,
    'session.sdp': sdp,
    'session-as.mp4': sdp.replace('s=x', 's=x\x01'),
    'dash.mpd': mpd,
    'dash-as.mp4': mpd.replace('<Period>', '<!--\x01--><Period>'),
    'cpl.mxf':
      `<?xml version="1.0"?><!--\x01--><CompositionPlaylist ` +
      'xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"><Id>urn:uuid:0</Id></CompositionPlaylist>',
    'stream.asx': `<asx version="3.0"><entry><ref href="${address}/e.wmv"/></entry></asx>`,
    'stream.ram': `${address}/f.rm\n`,
    'reference.mov': movReference(`${address}/g.mov`),
    'meta.txt.mp4': `;FFMETADATA1\n\x01title=x\n`,
    'script.avs': `AviSource("${secret}")\n`,
    'graph.lavfi': `movie=${secret}`,
  };
}

function drawings({ address, secret }: Targets): Record<string, string | Buffer> {
  const svg = (body: string, attributes = 'width="64" height="64"') =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`;
  const entity = (value: string) => `<!DOCTYPE svg [<!ENTITY x SYSTEM "${value}">]>${svg('<text y="20">&x;</text>')}`;
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  return {
    'entity-file.svg': entity(`file://${secret}`),
    'entity-http.svg': entity(`${address}/x.dtd`),
    'laughs.svg': `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>${svg('<text y="20">&l9;</text>')}`,
    'image-http.svg': svg(`<image xlink:href="${address}/i.png" width="9" height="9"/>`),
    'image-file.svg': svg(`<image xlink:href="file://${secret}" width="9" height="9"/>`),
    'use-http.svg': svg(`<use xlink:href="${address}/u.svg#a"/>`),
    'style-http.svg': svg(`<style>@import url("${address}/s.css"); text{font-family:url(${address}/f.ttf)}</style>`),
    'stylesheet.svg': `<?xml-stylesheet href="${address}/t.css"?>${svg('<rect width="9" height="9"/>')}`,
    'script.svg': svg(`<script>fetch("${address}/js")</script><rect width="9" height="9"/>`),
    'wide.svg': svg('<rect width="9" height="9"/>', 'width="16000" height="16000"'),
    'huge.svg': svg('<rect width="9" height="9"/>', 'width="1000000" height="1000000"'),
    'endless.svg': svg(`<g id="a"><use xlink:href="#a"/></g><use xlink:href="#a"/>`),
    'deep.svg': svg('<g>'.repeat(20_000) + '</g>'.repeat(20_000)),
    'packed.svgz': gzipSync(svg(`<text>${' '.repeat(50_000_000)}</text>`)),
  };
}

/** Headers that promise more than any machine has. */
function bombs(): Record<string, Buffer> {
  return {
    'header.png': png(60_000, 60_000, deflateSync(Buffer.alloc(64))),
    'largest.png': png(0x7fffffff, 0x7fffffff, deflateSync(Buffer.alloc(64))),
    'flat.png': png(16_000, 16_000, deflateSync(Buffer.alloc(2001 * 16_000)), 1),
    'header.gif': gif(65_535, 65_535),
    'header.jpg': Buffer.concat([
      Buffer.from('ffd8ffc0001108ffffffff03012200021101031101', 'hex'),
      Buffer.from('ffda000c03010002110311003f00', 'hex'),
      Buffer.alloc(200, 0x55),
    ]),
    'header.bmp': bmp(0x7fffffff, 0x7fffffff),
    'wide.bmp': bmp(30_000, 30_000),
    'header.webp': Buffer.concat([
      Buffer.from('RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0', 'latin1'),
      Buffer.from('fffffffffffff0', 'hex'),
      Buffer.alloc(40),
    ]),
    'header.tiff': Buffer.from(
      '49492a0008000000040000010400010000006000ea000101040001000000600ea0' +
        '0011010400010000000000000017010400010000000000007f00000000',
      'hex',
    ),
    'header.psd': Buffer.from('384250530001000000000000000300007530000075300008000300000000000000000000000000', 'hex'),
    'header.qoi': Buffer.concat([Buffer.from('716f69660000ffff0000ffff0400', 'hex'), Buffer.alloc(64)]),
    'header.exr': Buffer.concat([Buffer.from('762f310102000000', 'hex'), Buffer.alloc(300, 0x41)]),
  };
}

function archives(): Record<string, Buffer> {
  const zeros = gzipSync(Buffer.alloc(20_000_000));
  return {
    'report.odt': Buffer.concat([Buffer.from('504b0304', 'hex'), zeros]),
    'film.mp4': Buffer.concat([Buffer.from('504b0304', 'hex'), zeros]),
    'film.mkv': zeros,
    'paper.pdf': Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI(http://127.0.0.1)>>>>endobj'),
    'program.mov': Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(4000, 1)]),
  };
}

function subtitles({ secret }: Targets): Record<string, string> {
  const ass =
    `[Script Info]\nScriptType: v4.00+\n\n[Fonts]\nfontname: ` +
    `../../evil.ttf\n${'!'.repeat(80)}\n\n[Events]\nDialogue: ` +
    `0,0:00:00.00,0:00:01.00,x,,0,0,0,,{\\fn${secret}}x\n`;
  return {
    'words.srt': '1\n00:00:00,000 --> 00:00:01,000\n<font face="../../x">Hello</font>\n',
    'words.ass': ass,
    'words-as.mp4': ass.replace('ScriptType', '\x01;\nScriptType'),
    'words.vtt': `WEBVTT\n\nSTYLE\n::cue { background: url(${secret}) }\n\n00:00.000 --> 00:01.000\nx\n`,
    'words.idx':
      `# VobSub index file, v7\nsize: 720x576\nid: en, index: 0\ntimestamp: 00:00:00:000, ` + `filepos: 000000000\n`,
    'words-idx.mp4': `# VobSub index file, v7\n\x01size: 720x576\nid: en, index: 0\n`,
    'words.sub': '{0}{25}{f:../../x}Hello\n',
    'words.lrc': '[00:00.00]\x01Hello\n',
  };
}

const both = ['-map', '0:v', '-map', '1:a'];

/** Words for ffmpeg by file ending. */
const containers: Readonly<Record<string, readonly string[]>> = {
  mp4: [...both, '-c:v', 'libx264', '-c:a', 'aac'],
  mov: [...both, '-c:v', 'prores_ks', '-c:a', 'pcm_s16le'],
  mkv: [...both, '-c:v', 'libx264', '-c:a', 'flac'],
  webm: [...both, '-c:v', 'libvpx', '-c:a', 'libopus'],
  avi: [...both, '-c:v', 'mpeg4', '-c:a', 'mp3'],
  ts: [...both, '-c:v', 'libx264', '-c:a', 'aac'],
  mpg: [...both, '-c:v', 'mpeg2video', '-r', '25', '-c:a', 'mp2'],
  flv: [...both, '-c:v', 'flv', '-c:a', 'mp3'],
  wmv: [...both, '-c:v', 'wmv2', '-c:a', 'wmav2'],
  ogv: [...both, '-c:v', 'libtheora', '-c:a', 'libvorbis'],
  mxf: [...both, '-c:v', 'mpeg2video', '-r', '25', '-c:a', 'pcm_s16le', '-ar', '48000'],
  nut: [...both, '-c:v', 'mpeg4', '-c:a', 'pcm_s16le'],
  gif: ['-map', '0:v'],
  apng: ['-map', '0:v', '-f', 'apng', '-plays', '0'],
  y4m: ['-map', '0:v', '-pix_fmt', 'yuv420p'],
  wav: ['-map', '1:a'],
  w64: ['-map', '1:a'],
  flac: ['-map', '1:a'],
  mp3: ['-map', '1:a'],
  aac: ['-map', '1:a'],
  ac3: ['-map', '1:a'],
  aiff: ['-map', '1:a'],
  au: ['-map', '1:a'],
  caf: ['-map', '1:a'],
  wv: ['-map', '1:a'],
  tta: ['-map', '1:a'],
  voc: ['-map', '1:a'],
};

/** Writes a small film, or its picture or sound alone, in each of these containers. */
function wholeContainers(folder: string, names: readonly string[]): void {
  const into = join(folder, 'containers');
  mkdirSync(into, { recursive: true });
  ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=10:d=0.6', '-f', 'lavfi', '-i', 'sine=d=0.6:r=48000'],
    ...names.flatMap((name) => [...containers[name]!, join(into, `whole.${name}`)]),
  );
}

/** A small film in every container that ffmpeg writes here: whole, cut off in its middle, and with sizes that lie. */
export function spoiltContainers(folder: string): string[] {
  const names = Object.keys(containers);
  wholeContainers(folder, names);
  return names.flatMap((name) => {
    const at = (kind: string) => join(folder, 'containers', `${kind}.${name}`);
    const whole = readFileSync(at('whole'));
    writeFileSync(at('cut'), whole.subarray(0, Math.floor(whole.length * 0.55)));
    writeFileSync(at('lying'), withLyingSizes(whole));
    return [at('whole'), at('cut'), at('lying')];
  });
}

/** Every seventeenth byte of the first kilobyte behind the signature is at its largest. */
function withLyingSizes(whole: Buffer): Buffer {
  const bytes = Buffer.from(whole);
  for (let at = 24; at < Math.min(bytes.length, 1024); at += 17) bytes[at] = 0xff;
  return bytes;
}

/** Media whose header is whole but says something absurd, or points at other files. */
function lyingMedia(folder: string, { secret, outside }: Targets): string[] {
  const whole = readFileSync(join(folder, 'containers/whole.mp4'));
  const sound = readFileSync(join(folder, 'containers/whole.wav'));
  const into = join(folder, 'lying');
  mkdirSync(into);
  const patched = (bytes: Buffer, find: string, at: number, hex: string): Buffer => {
    const copy = Buffer.from(bytes);
    Buffer.from(hex, 'hex').copy(copy, copy.indexOf(find, 0, 'latin1') + at);
    return copy;
  };
  const files: Readonly<Record<string, Buffer>> = {
    // ISO/IEC 14496-12: sample entry, movie header, sample sizes; the data reference that is not in this file
    'size.mp4': patched(whole, 'avc1', 28, 'ffffffff'),
    'long.mp4': patched(whole, 'mvhd', 16, '00000001ffffffff'),
    'samples.mp4': patched(whole, 'stsz', 12, 'ffffffff'),
    'elsewhere.mp4': patched(whole, 'url ', 4, '00000000'),
    'tiny-box.mp4': patched(whole, 'moov', -4, '00000001'),
    'rate.wav': patched(sound, 'fmt ', 12, '01000000'),
    'channels.wav': patched(sound, 'fmt ', 10, 'ffff'),
    'fast.wav': patched(sound, 'fmt ', 12, 'ffffff7f'),
    'data.wav': patched(sound, 'data', 4, 'ffffffff'),
  };
  const paths = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(into, name), bytes);
    return join(into, name);
  });
  const fonts = join(into, 'font.mkv');
  const attached = ['-attach', secret, '-metadata:s:t', 'mimetype=application/x-truetype-font'];
  const evil = [
    '-metadata:s:t',
    `filename=${join(outside, 'evil.ttf')}`,
    '-metadata',
    'title=a\n[x];movie=x,%{eif}\x1b]0;x',
  ];
  ffmpeg('-i', join(folder, 'containers/whole.mkv'), ...attached, ...evil, '-c', 'copy', fonts);
  return [...paths, fonts];
}

function strangeNames(folder: string): string[] {
  const into = join(folder, 'names');
  mkdirSync(into);
  const film = readFileSync(join(folder, 'containers/whole.mp4'));
  const animation = readFileSync(join(folder, 'containers/whole.gif'));
  const names = ['-i.mp4', '-y', '%03d.mp4', 'a:b.mp4', 'http:x.mp4', 'concat:a|b.mp4', '*?.mp4', '[v];movie=x.mp4'];
  const more = ['line\nbreak.mp4', "it's.mp4", 'a\\b.mp4', '$(id).mp4', '`id`.mp4', ' .mp4', `${'n'.repeat(240)}.mp4`];
  const films = [...names, ...more, '\u202e4pm.exe', 'film.jpg'].map((name) => join(into, name));
  for (const path of films) writeFileSync(path, film);
  const pattern = join(into, 'shot%d.gif');
  writeFileSync(pattern, animation);
  // what the pattern would find
  writeFileSync(join(into, 'shot1.gif'), gif(8, 8));
  return [...films, pattern];
}

function strangeFiles(folder: string, { secret }: Targets): string[] {
  const into = join(folder, 'files');
  mkdirSync(into);
  const at = (name: string) => join(into, name);
  mkdirSync(at('folder.mp4'));
  execFileSync('mkfifo', [at('fifo.mp4')]);
  symlinkSync('/dev/zero', at('zero.mp4'));
  symlinkSync(secret, at('secret.mp4'));
  symlinkSync(at('loop.mp4'), at('loop.mp4'));
  symlinkSync(at('nowhere'), at('dangling.mp4'));
  writeFileSync(at('empty.mp4'), '');
  writeFileSync(at('one.mp4'), 'x');
  writeFileSync(at('zeros.mp4'), Buffer.alloc(100_000));
  writeFileSync(at('noise.mp4'), noise(200_000));
  writeFileSync(at('noise.mp3'), noise(200_000));
  writeFileSync(at('eight.bin'), noise(8));
  return readdirSync(into).map(at);
}

/** Paths that are none: they must not be opened as addresses. */
function addresses({ address, secret }: Targets): string[] {
  return [
    `${address}/film.mp4`,
    `concat:${secret}|${secret}`,
    `subfile,,start,0,end,9,,:${secret}`,
    `file:${secret}`,
    'pipe:0',
    'data:video/mp4;base64,AAAA',
    '/dev/stdin',
    '',
    'a\0b.mp4',
    '../'.repeat(50),
  ];
}

function noise(bytes: number): Buffer {
  const data = Buffer.alloc(bytes);
  let state = 12345;
  for (let at = 0; at < bytes; at++) {
    state = (state * 48271) % 2147483647;
    data[at] = state & 255;
  }
  return data;
}

/** PNG (RFC 2083) with checksums, so that only its promises are wrong. */
function png(width: number, height: number, data: Buffer, bits = 8): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, check]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** GIF89a with two frames of that size and hardly any data. */
function gif(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const frame = Buffer.concat([Buffer.from('2c00000000', 'hex'), size, Buffer.from('000202440100', 'hex')]);
  const head = Buffer.concat([Buffer.from('GIF89a'), size, Buffer.from('800000000000ffffff', 'hex')]);
  return Buffer.concat([head, frame, frame, Buffer.from(';')]);
}

function bmp(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(200);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

/** QuickTime's reference movie: an address instead of media. */
function movReference(url: string): string {
  const box = (type: string, body: string) => {
    const size = body.length + 8;
    return `\0\0${String.fromCharCode(size >> 8, size & 255)}${type}${body}`;
  };
  const length = String.fromCharCode(0, 0, 0, url.length + 1);
  return box('moov', box('rmra', box('rmda', box('rdrf', `\0\0\0\0url ${length}${url}\0`))));
}

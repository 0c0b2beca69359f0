import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../core/host/prerequisites.mjs';
import { ffmpegByHand } from './ffmpegByHand.js';

describe('ffmpeg is spoken to in core/ffmpeg alone', () => {
  it.each([
    `const words = ['-vf', 'scale=2:2'];`,
    `run(["-filter_complex", graph]);`,
    'const chain = `scale=${width}:${height}`;',
    'const chain = `${old}crop=${width}:${height}`;',
    `const source = { path: 'movie=/etc/passwd' };`,
    `await run(found.ffmpegPath, ['-version']);`,
    `execFile('/usr/bin/ffprobe', [path]);`,
    `import fluent from 'fluent-ffmpeg';`,
    `options: ['-protocol_whitelist', 'file']`,
  ])('refuses %s', (line) => {
    expect(ffmpegByHand('core/engine/media/any.node.ts', line)).toHaveLength(line.includes('scale=2') ? 2 : 1);
  });

  it('says where, and leaves comments, tests and its own room alone', () => {
    const text = `// '-vf' is ffmpeg's\nconst a = ['-af'];\n`;
    expect(ffmpegByHand('core/engine/a.node.ts', text)).toEqual([
      'core/engine/a.node.ts:2: filters stand in a FilterGraph',
    ]);
    expect(ffmpegByHand('core/engine/a.node.test.ts', text)).toEqual([]);
    expect(ffmpegByHand('core/ffmpeg/command.node.ts', text)).toEqual([]);
    expect(ffmpegByHand('core/ffmpeg/run.node.ts', `import f from 'fluent-ffmpeg';`)).toHaveLength(1);
  });

  it('in the whole of the sources', () => {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs', '*.js'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    const paths = listed.split('\n').filter((path) => path !== '');
    expect(paths.length).toBeGreaterThan(500);
    expect(paths.flatMap((path) => ffmpegByHand(path, readFileSync(join(projectRoot, path), 'utf8')))).toEqual([]);
  });
});

/**
 * The command line. What a command does is tried in this process; that the built program starts, prints, exits and
 * obeys Ctrl+C, with one command of each kind.
 */
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClip } from '../document/create.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { ticksPerSecond } from '../time/ticks.ts';
import { answerOf, buildHost, execute, framewright as runBuilt } from './testing/builtCli.node.ts';
import { openCommandLine, type CommandLine } from './testing/commandLine.node.ts';
import { makeProject } from './testing/makeProject.node.ts';

let folder: string;
let video: string;
let commandLine: CommandLine;
const framewright = (args: readonly string[]) => commandLine.run(args);
const built = (args: readonly string[], options?: Parameters<typeof runBuilt>[2]) => runBuilt(folder, args, options);

beforeAll(async () => {
  await buildHost();
  folder = await mkdtemp(join(tmpdir(), 'framewright-cli-'));
  video = join(folder, 'walk.mp4');
  await execute('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'color=white:s=100x300',
    '-frames:v',
    '1',
    join(folder, 'tall.png'),
  ]);
  await execute('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x180:r=25:d=2',
    '-f',
    'lavfi',
    '-i',
    'sine=d=2',
    '-pix_fmt',
    'yuv420p',
    '-shortest',
    video,
  ]);
  commandLine = await openCommandLine(folder);
});
afterAll(async () => {
  await commandLine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('usage', () => {
  it('--help lists every command, --version the version', async () => {
    const { code, stdout } = await built(['--help']);
    expect(code).toBe(0);
    for (const command of [
      'generate',
      'inpaint',
      'restyle',
      'extend',
      'bridge',
      'soundtrack',
      'render',
      'convert',
      'probe',
      'packs',
      'doctor',
    ])
      expect(stdout).toContain(`\n  ${command} `.trimEnd());
    expect((await built(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
  it.each([
    [['generate', 'a cup']],
    [['generate', 'a cup', '-o', 'a.mp4', '--seconds', 'long']],
    [['generate', 'a cup', '-o', 'a.mp4', '--size', '641x360']],
    [['inpaint', 'walk.mp4', 'remove it', '-o', 'a.mp4', '--mask', 'box:1,2']],
    [['soundtrack', 'walk.mp4', '-o', 'a.wav', '--only', 'drums']],
    [['render', 'x.fwproj', '-o', 'a.mp4', '--preset', 'vhs']],
    [['probe']],
    [['probe', 'a', '--colour']],
    [['packs', 'buy', 'x']],
  ])('%j is a mistake in usage: 2', async (args) => {
    const { code, stdout, stderr } = await framewright(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: /m);
  });
  it('with --json even that is one object', async () => {
    const ended = await built(['probe', '--json']);
    expect(ended.code).toBe(2);
    expect(answerOf(ended)).toMatchObject({ ok: false, failure: { code: 'usage' } });
  });
});

describe('probe', () => {
  it('says what a file holds', async () => {
    const ended = await built(['probe', 'walk.mp4', '--json']);
    expect(ended.code).toBe(0);
    expect(answerOf(ended)).toMatchObject({
      ok: true,
      name: 'walk.mp4',
      kind: 'video',
      video: { width: 320, height: 180, rate: { num: 25, den: 1 }, codec: 'h264' },
      audio: { channels: 1 },
    });
    expect((await framewright(['probe', 'walk.mp4'])).stdout).toContain('320x180 h264 25 fps');
  });
  it('refuses, in one sentence that names the file, what is missing, empty, cut short, or something else', async () => {
    await writeFile(join(folder, 'empty.mp4'), '');
    await writeFile(join(folder, 'letter.mp4'), 'Dear editor, this is no film.'.repeat(100));
    await copyFile(video, join(folder, 'cut.mp4'));
    await truncate(join(folder, 'cut.mp4'), 9000);
    await mkdir(join(folder, 'folder.mp4'));
    for (const name of ['missing.mp4', 'empty.mp4', 'letter.mp4', 'cut.mp4', 'folder.mp4']) {
      const ended = await framewright(['probe', name, '--json']);
      const { ok, failure } = answerOf(ended);
      expect([ended.code, ok], `${name}: ${ended.stdout}`).toEqual([3, false]);
      expect(failure?.message).toContain(name);
      expect(ended.stderr.trim()).toBe(failure?.message);
    }
  });
});

describe('bad input to the AI actions: 3, one sentence, nothing written', () => {
  it.each([
    ['a prompt of 10,000 characters', ['generate', 'x'.repeat(10_000), '-o', 'out.mp4'], '10,000 characters'],
    ['a missing picture', ['generate', 'a cup', '-o', 'out.mp4', '--image', 'nowhere.png'], 'nowhere.png'],
    [
      'a mask of another shape',
      ['inpaint', 'walk.mp4', 'remove it', '--mask', 'tall.png', '-o', 'out.mp4'],
      'tall.png is 100x300, walk.mp4 320x180',
    ],
    ['a missing film', ['inpaint', 'nowhere.mp4', 'remove it', '-o', 'out.mp4'], 'nowhere.mp4'],
    ['an unknown pack', ['generate', 'a cup', '-o', 'out.mp4', '--pack', 'no-such-pack'], 'no-such-pack'],
    ['an output that is no form', ['generate', 'a cup', '-o', 'out.docx'], 'out.docx'],
  ])('%s', async (_what, args, names) => {
    const ended = await framewright([...args, '--json']);
    const { failure } = answerOf(ended);
    expect([ended.code, failure?.code], failure?.message).toEqual([3, expect.not.stringMatching('internal')]);
    expect(failure?.message).toContain(names);
    expect((await readdir(folder)).filter((name) => name.startsWith('out'))).toEqual([]);
  });
});

describe('render', () => {
  let project: string;
  const seconds = (value: number) => value * ticksPerSecond;

  beforeAll(async () => {
    project = await makeProject(
      {
        home: join(folder, 'home'),
        folder,
        name: 'Film',
        files: [video],
        format: { width: 320, height: 180, rate: { num: 25, den: 1 } },
      },
      (draft) => {
        const track = draft.sequence.tracks.find(({ role }) => role === 'picture')!;
        const [item] = draft.media;
        // 60 s of a 2 s file in a row: long enough to be interrupted
        const clips = Array.from({ length: 30 }, (_, index) => ({
          trackId: track.id,
          clip: createClip('walk', { kind: 'media', mediaId: item!.id }, seconds(2 * index), seconds(2)),
        }));
        draft.run('addClips', { sequenceId: draft.sequence.id, clips, mode: 'overwrite' });
      },
    );
  });

  it('writes the range that was asked for, frame for frame, and tells how far it is', async () => {
    const ended = await built([
      'render',
      project,
      '-o',
      'out.mp4',
      '--preset',
      'h264-720p',
      '--from',
      '1',
      '--to',
      '00:00:02:00',
      '--json',
    ]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(answerOf(ended)).toMatchObject({ ok: true, outputPath: join(folder, 'out.mp4'), preset: 'h264-720p' });
    const { stdout } = await execute('ffprobe', [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-count_frames',
      '-show_entries',
      'stream=nb_read_frames',
      '-of',
      'csv=p=0',
      join(folder, 'out.mp4'),
    ]);
    expect(Number.parseInt(stdout, 10)).toBe(25);
    expect(ended.stderr).toMatch(/\d+ %/);
    await rm(join(folder, 'out.mp4'));
  });

  it('ends in the middle of its work on Ctrl+C: 130, and no half a film', async () => {
    const before = await readdir(folder);
    const ended = await built(['render', project, '-o', 'half.mp4', '--preset', 'h264-1080p', '--json'], {
      interruptWhen: /picture/,
    });
    expect([ended.code, answerOf(ended).failure?.code]).toEqual([130, 'cancelled']);
    expect(await readdir(folder)).toEqual(before);
    // nor is the project locked for whoever comes next
    const next = await framewright(['render', project, '-o', 'next.wav', '--preset', 'wav-mix', '--to', '1', '--json']);
    expect(next.code, next.stderr).toBe(0);
  });

  it('reads a project that is open in the editor as last saved, says so, and does not take it over', async () => {
    const lock = join(project, 'lock');
    const held = JSON.stringify({ pid: process.pid, host: hostname(), startedAt: null, token: 'the editor' });
    await writeFile(lock, held);
    try {
      const before = await readFile(join(project, 'project.json'), 'utf8');
      const ended = await built([
        'render',
        project,
        '-o',
        'meanwhile.wav',
        '--preset',
        'wav-mix',
        '--to',
        '1',
        '--json',
      ]);
      expect(ended.code, ended.stderr).toBe(0);
      expect(ended.stderr).toContain('as it was last saved');
      expect([await readFile(lock, 'utf8'), await readFile(join(project, 'project.json'), 'utf8')]).toEqual([
        held,
        before,
      ]);
    } finally {
      await rm(lock, { force: true });
      await rm(join(folder, 'meanwhile.wav'), { force: true });
    }
  });

  it.each([
    ['a project that is not there', ['render', 'nowhere.fwproj', '-o', 'x.mp4'], 3, 'nowhere.fwproj'],
    ['a file in place of a project', ['render', 'walk.mp4', '-o', 'x.mp4'], 3, 'is not a Framewright project'],
    ['a name that is not the preset’s', ['render', 'Film.fwproj', '-o', 'x.mov'], 3, 'x.mov: the preset h264-1080p'],
    ['a folder that cannot be written', ['render', 'Film.fwproj', '-o', 'walk.mp4/x.mp4'], 3, 'walk.mp4'],
    ['a folder that is not there', ['render', 'Film.fwproj', '-o', 'no/such/folder/x.mp4'], 3, 'no/such/folder'],
    ['a time that is none', ['render', 'Film.fwproj', '-o', 'x.mp4', '--from', 'noon'], 3, 'noon'],
    ['an empty range', ['render', 'Film.fwproj', '-o', 'x.mp4', '--from', '3', '--to', '2'], 3, 'from 3 to 2'],
    ['a sequence that is not there', ['render', 'Film.fwproj', '-o', 'x.mp4', '--sequence', 'Other'], 3, "'Main cut'"],
  ])('%s', async (_what, args, code, names) => {
    const ended = await framewright([...args, '--json']);
    expect([ended.code, answerOf(ended).failure?.message]).toEqual([code, expect.stringContaining(names)]);
    expect(await readdir(folder)).not.toContain('x.mp4');
  });
});

describe('convert', () => {
  it('takes a project to OpenTimelineIO and back, to the tick', async () => {
    const project = await makeProject({ home: join(folder, 'home'), folder, name: 'Cut', files: [video] }, (draft) => {
      const track = draft.sequence.tracks.find(({ role }) => role === 'picture')!;
      const clip = {
        ...createClip('walk', { kind: 'media', mediaId: draft.media[0]!.id }, 3 * ticksPerSecond, ticksPerSecond),
        sourceInTicks: ticksPerSecond / 2,
      };
      draft.run('addClips', { sequenceId: draft.sequence.id, clips: [{ trackId: track.id, clip }], mode: 'overwrite' });
    });
    const out = await built(['convert', project, '-o', 'cut.otio', '--json']);
    expect([out.code, out.stderr]).toEqual([0, '']);
    const back = await framewright(['convert', 'cut.otio', '-o', 'Back.fwproj', '--json']);
    expect([back.code, back.stderr]).toEqual([0, '']);
    const { document } = JSON.parse(await readFile(join(folder, 'Back.fwproj/project.json'), 'utf8')) as {
      document: ProjectDocument;
    };
    const clips = Object.values(document.sequences)[0]!.tracks.flatMap((track) => track.clips);
    expect(clips).toMatchObject([
      {
        name: 'walk',
        startTicks: 3 * ticksPerSecond,
        durationTicks: ticksPerSecond,
        sourceInTicks: ticksPerSecond / 2,
      },
    ]);
    expect(Object.values(document.media)).toMatchObject([{ path: video, video: { width: 320, height: 180 } }]);
    // what came back opens and renders like any project
    const rendered = await framewright(['render', 'Back.fwproj', '-o', 'back.wav', '--preset', 'wav-mix', '--json']);
    expect(rendered.code, rendered.stderr).toBe(0);
  });

  it.each([
    ['a form it does not know', ['convert', 'walk.mp4', '-o', 'x.otio'], '.fwproj to .otio and .otio to .fwproj'],
    ['a project that is not there', ['convert', 'nowhere.fwproj', '-o', 'x.otio'], 'nowhere.fwproj'],
    ['a timeline that is none', ['convert', 'letter.otio', '-o', 'X.fwproj'], 'letter.otio'],
    ['a project folder that is none', ['convert', 'hollow.fwproj', '-o', 'x.otio'], 'hollow'],
  ])('%s is bad input: 3', async (_what, args, names) => {
    await writeFile(join(folder, 'letter.otio'), 'Dear editor');
    await mkdir(join(folder, 'hollow.fwproj'), { recursive: true });
    const ended = await framewright([...args, '--json']);
    expect([ended.code, answerOf(ended).failure?.message]).toEqual([3, expect.stringContaining(names)]);
    expect((await readdir(folder)).filter((name) => /^x\./i.test(name))).toEqual([]);
  });

  it('never writes over a project', async () => {
    await mkdir(join(folder, 'mine.fwproj'), { recursive: true });
    await writeFile(
      join(folder, 'empty.otio'),
      JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', name: 'x', tracks: { OTIO_SCHEMA: 'Stack.1', children: [] } }),
    );
    const ended = await framewright(['convert', 'empty.otio', '-o', 'mine.fwproj', '--json']);
    expect([ended.code, answerOf(ended).failure?.message]).toEqual([4, expect.stringContaining('mine.fwproj')]);
    // nor into one
    const inside = await framewright(['convert', 'empty.otio', '-o', 'mine.fwproj/takes/new.fwproj', '--json']);
    expect([inside.code, answerOf(inside).failure?.message]).toEqual([3, expect.stringContaining('belongs to')]);
    expect((await framewright(['convert', 'empty.otio', '-o', 'One.fwproj'])).code).toBe(0);
    const timeline = await framewright(['convert', 'One.fwproj', '-o', 'One.fwproj/takes/x.otio', '--json']);
    expect([timeline.code, answerOf(timeline).failure?.message]).toEqual([3, expect.stringContaining('belongs to')]);
  });
});

describe('packs', () => {
  it('lists, and refuses what is no pack', async () => {
    const listed = await framewright(['packs', 'list', '--json']);
    expect(listed.code).toBe(0);
    expect(Array.isArray(answerOf(listed)['packs'])).toBe(true);
    for (const args of [
      ['packs', 'verify', 'nosuch'],
      ['packs', 'remove', 'nosuch'],
      ['packs', 'add', 'nowhere'],
    ]) {
      const ended = await framewright([...args, '--json']);
      expect([ended.code, answerOf(ended).failure?.message], args.join(' ')).toEqual([
        3,
        expect.stringContaining(args[2]!),
      ]);
    }
  });
});

describe('a home that cannot be used', () => {
  it('is a failure, 4, that says what to set', async () => {
    await writeFile(join(folder, 'file'), '');
    const ended = await built(['packs', 'list', '--json'], {
      env: { FRAMEWRIGHT_HOME: join(folder, 'file/home') },
    });
    expect([ended.code, answerOf(ended).failure?.code]).toEqual([4, 'notWritable']);
    expect(answerOf(ended).failure?.message).toContain('FRAMEWRIGHT_HOME');
  });
});

describe('the editor', () => {
  it('opens in the browser host, prints its address once, and ends on Ctrl+C', async () => {
    const ended = await built(['open', '--browser', '--no-open', '--json', '--port', '0'], {
      interruptWhen: /"url"/,
    });
    expect(answerOf(ended)).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]{43}$/),
    });
    expect(ended.code).toBe(0);
  });
  it('is not opened on what is no project', async () => {
    const ended = await built(['nowhere.fwproj']);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('nowhere.fwproj');
  });
});

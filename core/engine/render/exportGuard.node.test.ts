/** An export never replaces what its project is made of. */
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportPresetId } from '../../contract/jobs.ts';
import { emptyDocument, mediaClip, numberedVideo } from './testing/numberedVideo.node.ts';
import { recordedContext, renderAlone, type RenderAlone } from './testing/renderAlone.node.ts';

let folder = '';
let source = '';
let alone: RenderAlone;
const { document, track } = emptyDocument();
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'framewright-export-guard-'));
  source = numberedVideo(at('media'), '25', 1);
  alone = renderAlone(document, at('P.fwproj'), join(import.meta.dirname, '../../../assets'));
  const { imported } = await alone.media.import(document.id, [source]);
  document.media[imported[0]!.id] = imported[0]!;
  track('picture').clips.push(mediaClip(imported[0]!, 0, 0.2));
  await mkdir(at('P.fwproj/takes'), { recursive: true });
  await writeFile(at('P.fwproj/takes/made.mp4'), 'a take');
  await symlink(source, at('link.mp4'));
  await link(source, at('second.wav'));
  await link(at('P.fwproj/takes/made.mp4'), at('made.mp4'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function render(outputPath: string, preset: ExportPresetId) {
  const settings = { preset, outputPath, sequenceId: document.activeSequenceId, range: null };
  const size = { width: null, height: null, crf: null };
  const spec = { kind: 'export' as const, projectId: document.id, settings: { ...settings, ...size } };
  return alone.render.runExport(spec, recordedContext());
}

describe('an export', () => {
  it.each<[string, string, ExportPresetId, string]>([
    ['over a source', 'media', 'h264-720p', 'a source of the project'],
    ['over a link to a source', 'link.mp4', 'h264-720p', 'a source of the project'],
    ['of the mix over a second name of a source', 'second.wav', 'wav-mix', 'a source of the project'],
    ['over a second name of a take', 'made.mp4', 'h264-720p', 'a take of the project'],
    ['of pictures into the takes', 'P.fwproj/takes', 'frames-png', 'belongs to a project'],
    ['into the cache', 'P.fwproj/cache/film.mov', 'prores-422', 'belongs to a project'],
  ])('%s is refused, and nothing is touched', async (_title, name, preset, reason) => {
    const output = name === 'media' ? source : at(name);
    const [film, take] = [await readFile(source), await readFile(at('P.fwproj/takes/made.mp4'))];
    await expect(render(output, preset)).rejects.toMatchObject({
      failure: { code: 'badRequest', message: expect.stringContaining(reason), path: output },
    });
    expect(await readFile(source)).toEqual(film);
    expect(await readFile(at('P.fwproj/takes/made.mp4'))).toEqual(take);
    expect((await readdir(folder)).filter((each) => each.startsWith('.part-'))).toEqual([]);
  });

  it('beside its sources is written', async () => {
    await render(at('media', 'film.mp4'), 'h264-720p');
    expect(await readdir(at('media'))).toContain('film.mp4');
  });
});

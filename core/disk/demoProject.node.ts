/** A fresh copy of the demo project that ships with the app. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import { projectFolder, projectSuffix } from './projectFolder.node.ts';
import { fsFailure } from './projectFs.node.ts';
import { writeWholeFile } from './wholeFile.node.ts';

/**
 * Copies the demo of `assets` into `projects` under a free name and returns its folder. Throws FailureError 'notFound'
 * when the app has none, 'notWritable' or 'diskFull'.
 */
export async function copyDemo(assets: string, projects: string): Promise<string> {
  const demos = join(assets, 'demo');
  const name = (await readdir(demos).catch(() => [])).find((entry) => entry.endsWith(projectSuffix));
  if (name === undefined) throw new FailureError('notFound', sentence('project.noDemo', { path: demos }), demos);
  const stem = basename(name, projectSuffix);
  for (let copy = 1; ; copy++) {
    const target = join(projects, `${copy === 1 ? stem : `${stem} ${copy}`}${projectSuffix}`);
    if (existsSync(target)) continue;
    try {
      await copyInto(demos, name, target);
    } catch (error) {
      throw fsFailure(error, target, 'created');
    }
    return target;
  }
}

async function copyInto(demos: string, name: string, target: string): Promise<void> {
  const { media, projectFile } = projectFolder(target);
  await cp(join(demos, name), target, { recursive: true, errorOnExist: true });
  await cp(join(demos, 'media'), media, { recursive: true });
  // the demo's media travel with it: their paths are known only here (written by e2e/demo/makeDemo.node.ts)
  const text = await readFile(projectFile, 'utf8');
  await writeWholeFile(projectFile, text.replaceAll('{demo}', JSON.stringify(target).slice(1, -1)));
}

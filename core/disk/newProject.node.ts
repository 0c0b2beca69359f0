/** A new project's folder, with its first snapshot and backup. */
import { resolve } from 'node:path';
import { FailureError } from '../contract/errors.ts';
import { sentence } from '../contract/sentence.ts';
import type { ProjectDocument } from '../document/schema.ts';
import { addBackup, writeSnapshot } from './projectFile.node.ts';
import { folderNameFor, projectFolder } from './projectFolder.node.ts';
import { errorCode, exists, fsFailure, type ProjectFs } from './projectFs.node.ts';
import { removeLeft, syncFolder } from './wholeFile.node.ts';

/**
 * Makes `<parent>/<name>.fwproj`, or `<name> 2.fwproj` where that exists, and returns its path without links. Throws
 * FailureError 'notWritable' or 'diskFull'; nothing is left then.
 */
export async function makeProjectFolder(fs: ProjectFs, parent: string, document: ProjectDocument): Promise<string> {
  const made = await makeFolder(fs, parent, document.name);
  const layout = projectFolder(made);
  try {
    await fs.mkdir(layout.takes);
    await addBackup(fs, layout, 0, document);
    await writeSnapshot(fs, layout, 0, document);
    await syncFolder(fs, parent);
  } catch (error) {
    await removeLeft(made, fs);
    throw fsFailure(error, made, 'created');
  }
  return made;
}

async function makeFolder(fs: ProjectFs, parent: string, name: string): Promise<string> {
  try {
    await fs.mkdir(parent, { recursive: true });
    for (let copy = 1; ; copy++) {
      const folder = resolve(parent, folderNameFor(name, copy));
      try {
        await fs.mkdir(folder);
        return await fs.realpath(folder);
      } catch (error) {
        if (errorCode(error) !== 'EEXIST' || !(await exists(fs, folder))) throw error;
      }
    }
  } catch (error) {
    throw errorCode(error) === 'ENOTDIR' || errorCode(error) === 'EEXIST'
      ? new FailureError('notWritable', sentence('project.parentNotFolder', { path: parent }), parent)
      : fsFailure(error, parent, 'usedForProject');
  }
}

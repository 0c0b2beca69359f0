import { beforeEach, expect, test } from 'vitest';
import type { EngineConnection } from '../../core/contract/contract.ts';
import { createProject } from '../../core/document/create.ts';
import type { MediaItem } from '../../core/document/schema.ts';
import { fakeConnection } from '../testing/fakeConnection.ts';
import { sampleProject } from '../testing/sampleProject.ts';
import { replaceConnection } from './connection.ts';
import { importFiles, importPaths } from './imports.ts';
import { useEditor } from './store.ts';

const item: MediaItem = { ...Object.values(sampleProject().media)[0]!, id: 'imported' };
let answer: () => void;
let calls: string[];

beforeEach(() => {
  calls = [];
  const other = fakeConnection(new URLSearchParams());
  const call = (method: string, params: never): Promise<unknown> => {
    calls.push(method);
    if (method !== 'media.import') return other.call(method as 'jobs.submit', params);
    return new Promise((resolve) => (answer = () => resolve({ imported: [item], refused: [] })));
  };
  const upload = () => new Promise<string>((resolve) => (answer = () => resolve('/uploaded.mp4')));
  replaceConnection({ ...other, call: call as EngineConnection['call'], upload });
  open('first');
});

function open(projectId: string): void {
  useEditor.setState({ document: createProject(projectId), projectId, readOnly: false });
}

const media = () => Object.keys(useEditor.getState().document!.media);

test('what was imported is in the document once the engine has answered', async () => {
  const importing = importPaths(['/film.mp4']);
  answer();
  expect(await importing).toEqual([item]);
  expect(media()).toEqual(['imported']);
});

test('files of a project that was closed meanwhile do not enter the next one', async () => {
  const importing = importPaths(['/film.mp4']);
  open('second');
  answer();
  expect(await importing).toEqual([]);
  expect(media()).toEqual([]);
});

test('nor do files that were still being sent', async () => {
  const importing = importFiles([new File(['film'], 'film.mp4')]);
  open('second');
  answer();
  expect(await importing).toEqual([]);
  expect(calls).not.toContain('media.import');
});

import { sampleOf } from '../../core/actions/testing/sampleRequests.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyCommand, commandEntry } from '../../core/commands/history.ts';
import type { EngineConnection, OpenedProject } from '../../core/contract/contract.ts';
import type { JournalEntry } from '../../core/document/journal.ts';
import { FailureError } from '../../core/contract/errors.ts';
import type { Job } from '../../core/contract/jobs.ts';
import { startI18n } from '../i18n/i18n.ts';
import { sampleProject, seconds } from '../testing/sampleProject.ts';
import { replaceConnection } from './connection.ts';
import { takeJob } from './jobs.ts';
import { closeProject, openProject, reopenProject, resumeProject } from './projects.ts';
import { documentSaved, useEditor } from './store.ts';

function fakeStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
}

const document = sampleProject();
const sequenceId = document.activeSequenceId;
let calls: [string, Record<string, unknown>][];
let append: (entries: readonly JournalEntry[]) => Promise<{ savedSeq: number; savedAt: string }>;

function opened(part: Partial<OpenedProject> = {}): OpenedProject {
  return {
    projectId: document.id,
    folder: '/p/Film.fwproj',
    document,
    history: [],
    nextSeq: 5,
    notices: [],
    missingMediaIds: [],
    missingTakeIds: [],
    ...part,
  };
}

function connect(answer: OpenedProject): void {
  replaceConnection({
    call: async (method: string, params: Record<string, unknown>) => {
      calls.push([method, params]);
      if (method === 'project.open') return answer;
      if (method === 'project.append') return append(params['entries'] as JournalEntry[]);
      if (method.endsWith('.assets') || method === 'jobs.list') return [];
      return {};
    },
    on: () => () => {},
    url: (path: string) => path,
    upload: async () => '',
    state: 'open',
    onState: () => () => {},
  } as unknown as EngineConnection);
}

const called = (method: string) => calls.filter(([name]) => name === method);
const markers = () => useEditor.getState().document!.sequences[sequenceId]!.markers.map((marker) => marker.id);
const addMarker = (id: string) =>
  useEditor.getState().run('addMarker', { sequenceId, marker: { id, ticks: seconds(3), name: id, kind: 'marker' } });

afterEach(() => void vi.unstubAllGlobals());
beforeEach(async () => {
  await startI18n('en');
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
  calls = [];
  append = async (entries) => ({ savedSeq: entries.at(-1)!.seq, savedAt: 'now' });
  useEditor.setState({
    document: null,
    projectId: null,
    folder: null,
    readOnly: false,
    history: [],
    undoStack: [],
    redoStack: [],
    notices: [],
    jobs: {},
  });
});

describe('a project', () => {
  it('is journalled from the number the engine says', async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    addMarker('a');
    await documentSaved();
    expect((called('project.append')[0]![1]['entries'] as JournalEntry[]).map((entry) => entry.seq)).toEqual([5]);
    expect(useEditor.getState().unsavedCount).toBe(0);
    expect(useEditor.getState().savedAt).toBe('now');
  });

  it('is found again after a reload, and forgotten when it was closed', async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    expect(await reopenProject(null)).toBe(true);
    await closeProject();
    expect(await reopenProject(null)).toBe(false);
    expect(useEditor.getState().screen).toBe('start');
  });

  it('gets back what the window still had to send when it went away', async () => {
    const applied = applyCommand(document, 'addMarker', {
      sequenceId,
      marker: { id: 'late', ticks: seconds(2), name: 'late', kind: 'marker' },
    });
    localStorage.setItem(
      `framewright.outbox.${document.id}`,
      JSON.stringify([commandEntry(5, 'addMarker', applied, 'then')]),
    );
    connect(opened());
    await openProject('/p/Film.fwproj');
    expect(markers()).toContain('late');
    await documentSaved();
    expect(called('project.append')).toHaveLength(1);
    useEditor.getState().undo();
    expect(markers()).not.toContain('late');
  });

  it('is opened anew by an engine that was started anew, before what is not saved follows', async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    let lost = true;
    append = async (entries) => {
      if (lost) {
        lost = false;
        throw new FailureError('notFound', 'No such project.');
      }
      return { savedSeq: entries.at(-1)!.seq, savedAt: 'later' };
    };
    addMarker('a');
    await documentSaved();
    expect(calls.map(([name]) => name).filter((name) => name.startsWith('project.'))).toEqual([
      'project.open',
      'project.append',
      'project.open',
      'project.append',
    ]);
    expect(useEditor.getState().unsavedCount).toBe(0);
  });

  it('that another window took over is neither written, resumed nor closed by this one', async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    useEditor.setState({ readOnly: true });
    expect(addMarker('a')).toBe(false);
    calls = [];
    await resumeProject();
    await closeProject();
    expect(calls.filter(([name]) => name.startsWith('project.'))).toEqual([]);
  });
});

describe('a finished generation', () => {
  const take = { ...document.takes['t1']!, id: 'fresh' };
  const job: Job = {
    id: 'job',
    spec: {
      kind: 'generation',
      projectId: document.id,
      clipId: 'queued-1',
      request: sampleOf('generate', { prompt: 'Confetti falls' }),
    },
    state: 'done',
    attempt: 1,
    createdAt: '1',
    startedAt: '1',
    finishedAt: '2',
    fraction: 1,
    stage: '',
    step: null,
    stepCount: null,
    secondsLeft: null,
    queuePlace: null,
    previewUrl: null,
    device: 'CPU',
    notices: [],
    failure: null,
    take,
    outputPath: null,
  };
  const clip = () =>
    useEditor
      .getState()
      .document!.sequences[sequenceId]!.tracks.flatMap((track) => track.clips)
      .find((one) => one.id === 'queued-1')!;

  it("becomes the clip's active take once, outside of the undo history, and is cleared at the engine", async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    takeJob(job);
    takeJob(job);
    await documentSaved();
    expect(clip().generation!.activeTakeId).toBe('fresh');
    expect(useEditor.getState().history.map((entry) => entry.kind)).toEqual(['record']);
    expect(useEditor.getState().undoStack).toEqual([]);
    expect(called('jobs.clear')).toHaveLength(1);
    expect(useEditor.getState().jobs).toEqual({});
  });

  it('that failed says why on the clip, so that a reload still shows it', async () => {
    connect(opened());
    await openProject('/p/Film.fwproj');
    takeJob({
      ...job,
      id: 'other',
      state: 'failed',
      take: null,
      failure: { code: 'outOfMemory', message: 'Out of memory. Nothing was lost.' },
    });
    expect(clip().generation!.failure).toEqual({ code: 'outOfMemory', message: 'Out of memory. Nothing was lost.' });
    expect(useEditor.getState().notices.at(-1)?.level).toBe('error');
  });
});

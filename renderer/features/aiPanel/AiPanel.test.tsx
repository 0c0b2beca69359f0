// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookIds } from '../../../core/actions/restyle/looks.ts';
import { sampleOf } from '../../../core/actions/testing/sampleRequests.ts';
import type { EngineConnection } from '../../../core/contract/contract.ts';
import { FailureError } from '../../../core/contract/errors.ts';
import type { Estimate, Job } from '../../../core/contract/jobs.ts';
import { sentence } from '../../../core/contract/sentence.ts';
import { activeSequence, allClips, findClip } from '../../../core/document/query.ts';
import type { FollowedMask } from '../../../core/document/refs.ts';
import type { Clip, GenerationRequest, Mask } from '../../../core/document/schema.ts';
import { i18n, startI18n } from '../../i18n/i18n.ts';
import { setDraft, setSettings } from '../../services/aiDraft.ts';
import { engine, replaceConnection } from '../../services/connection.ts';
import type { AiAction, EditorState } from '../../services/editor.ts';
import { emptySelection, useEditor } from '../../services/store.ts';
import { fakeConnection, samplePack } from '../../testing/fakeConnection.ts';
import { sampleProject, seconds } from '../../testing/sampleProject.ts';
import { AiPanel } from './AiPanel.tsx';

await startI18n('en');

const mask: Mask = { kind: 'box', x: 0.1, y: 0.1, width: 0.3, height: 0.3, featherPx: 4 };
const idle: Estimate = {
  seconds: 22,
  busy: null,
  memoryBytes: 0.9e9,
  freeMemoryBytes: 10e9,
  device: 'CPU',
  measured: true,
  rewrittenPrompt: '',
  unknownWords: [],
};

let estimate: (request: GenerationRequest) => Estimate;
let submitted: GenerationRequest[];
let projects = 0;

beforeEach(() => {
  estimate = () => idle;
  submitted = [];
  const other = fakeConnection(new URLSearchParams());
  const call = async (method: string, params: Record<string, unknown>): Promise<unknown> => {
    if (method === 'generation.estimate' || method === 'generation.read')
      return estimate(params['request'] as GenerationRequest);
    if (method === 'jobs.submit') submitted.push((params['spec'] as { request: GenerationRequest }).request);
    return other.call(method as 'jobs.submit', params as never);
  };
  replaceConnection({ ...other, call: call as EngineConnection['call'] });
  const document = sampleProject();
  // another project every time: each has a draft of its own
  projects += 1;
  useEditor.setState({
    document,
    projectId: `p${projects}`,
    readOnly: false,
    selection: emptySelection,
    masks: {},
    jobs: {},
    packs: [samplePack],
    playheadTicks: seconds(60),
    language: 'en',
  });
});
afterEach(async () => {
  cleanup();
  await i18n.changeLanguage('en');
});

const show = (aiAction: AiAction, ...clipIds: string[]) => {
  useEditor.setState({ aiAction, selection: { ...emptySelection, clipIds } });
  render(<AiPanel />);
};
const jobOf = (id: string, state: Job['state'], fraction: number): Job => ({
  id,
  spec: { kind: 'generation', projectId: 'p', clipId: 'made-1', request: sampleOf('generate') },
  state,
  attempt: 1,
  createdAt: id,
  startedAt: null,
  finishedAt: null,
  fraction,
  stage: '',
  step: null,
  stepCount: null,
  secondsLeft: null,
  queuePlace: null,
  previewUrl: null,
  device: null,
  notices: [],
  failure: null,
  take: null,
  outputPath: null,
});
const change = (patch: Partial<EditorState>) => act(() => useEditor.setState(patch));
const button = (name: RegExp) => screen.getByRole('button', { name });
/** At once: letter by letter the whole panel would be drawn as often. */
const write = async (words: string) => {
  await userEvent.click(screen.getByRole('textbox', { name: /Prompt|Mood/ }));
  await userEvent.paste(words);
};
const clipsNow = () => allClips(activeSequence(useEditor.getState().document!));
const requestOf = (clipId: string) => findClip(useEditor.getState().document!, clipId)!.clip.generation!.request;

it('without a clip an edit says once what is needed, and shows no pack, takes or steps', () => {
  show('inpaint');
  expect(screen.getByText('No clip selected')).toBeTruthy();
  expect(screen.getAllByText(/Select a clip/)).toHaveLength(1);
  expect(screen.getByRole('status').textContent).toBe('Select a clip with a picture on the timeline.');
  expect(screen.queryByText(/Details/)).toBeNull();
  expect(screen.queryByRole('combobox', { name: 'Number of takes' })).toBeNull();
  expect(screen.queryByText(/Starter/)).toBeNull();
});

describe('Generate', () => {
  it('asks for words first, then makes a clip of them at the playhead', async () => {
    show('generate');
    expect(screen.getByRole('status').textContent).toBe('Describe the shot.');
    expect(button(/^Generate Ctrl/)).toHaveProperty('disabled', true);
    await write('a red fox');
    const before = clipsNow().length;
    await userEvent.click(button(/^Generate Ctrl/));
    const made = clipsNow().find((clip) => clip.startTicks === seconds(60))!;
    expect(clipsNow()).toHaveLength(before + 1);
    expect(made.generation!.request).toMatchObject({
      action: 'generate',
      prompt: 'a red fox',
      durationTicks: seconds(5),
      packId: 'starter',
    });
    await waitFor(() => expect(submitted).toEqual([made.generation!.request]));
  });

  it('draws by default where the pack has a cast: the size of what comes, and no steps', async () => {
    const video = { ...samplePack.video!, drawn: { width: 1280, height: 720 } };
    change({ packs: [{ ...samplePack, video }] });
    show('generate');
    await userEvent.click(button(/^Details/));
    const seen = () => ({
      sizes: /\d+ × \d+, \d+ fps/.exec(document.body.textContent)?.[0],
      steps: screen.queryAllByText('Steps').length,
    });
    expect(seen()).toEqual({ sizes: '1280 × 720, 24 fps', steps: 0 });
    await userEvent.click(button(/^Painted$/));
    expect(seen()).toEqual({ sizes: '256 × 144, 16 fps', steps: 1 });
    await userEvent.click(button(/^Painted ×4$/));
    expect(seen()).toEqual({ sizes: '1024 × 576, 16 fps', steps: 1 });
  });

  it('makes several takes of one clip that differ by their seeds alone', async () => {
    show('generate');
    await write('a red fox');
    act(() => setSettings('generate', { takeCount: 3, seed: 5 }));
    await userEvent.click(button(/^Generate Ctrl/));
    await waitFor(() => expect(submitted).toHaveLength(3));
    expect(submitted[0]).toMatchObject({ seed: 5 });
    expect(new Set(submitted.map(({ seed }) => seed)).size).toBe(3);
    expect(new Set(submitted.map((request) => JSON.stringify({ ...request, seed: 0 }))).size).toBe(1);
  });

  it('fills a selected gap between its neighbours, and is as long as the gap', async () => {
    const track = activeSequence(useEditor.getState().document!).tracks.find((each) => each.role === 'picture')!;
    show('generate');
    const gap = { trackId: track.id, startTicks: seconds(22), durationTicks: seconds(2) };
    change({ selection: { ...emptySelection, gap } });
    expect(screen.queryByRole('textbox')).toBeNull();
    await userEvent.click(button(/^Whip pan/));
    await userEvent.click(button(/^Fill gap/));
    expect(track.clips.length).toBe(6);
    const filled = clipsNow().find((clip) => clip.startTicks === seconds(22))!;
    expect(filled.generation!.request).toMatchObject({
      ...{ action: 'fillGap', way: 'whip', prompt: '' },
      firstFrame: { kind: 'take', takeId: 't2' },
      lastFrame: { kind: 'media', mediaId: 'office', sourceTicks: 0 },
    });
  });

  it('of an extension of footage shows the ways; what is shown again, slower, begins earlier', async () => {
    const document = structuredClone(useEditor.getState().document!);
    const source = { kind: 'media' as const, id: 'office', startTicks: 0, durationTicks: seconds(4) };
    const place = findClip(document, 'made-1')!;
    place.clip.generation!.request = sampleOf('extend', { source, durationTicks: place.clip.durationTicks });
    place.clip.generation!.takeIds = [];
    change({ document });
    show('generate', 'made-1');
    // before the first take there is no other
    expect(screen.getByRole('combobox', { name: 'Destination' }).textContent).toBe(place.clip.name);
    await userEvent.click(button(/^Slow the tail/));
    await userEvent.click(button(/^Extend/));
    const lead = seconds(2);
    expect(requestOf('made-1')).toMatchObject({ action: 'extend', way: 'slow', leadTicks: lead });
    const now = findClip(useEditor.getState().document!, 'made-1')!.clip;
    expect(now.startTicks).toBe(place.clip.startTicks - lead);
    expect(now.durationTicks).toBe(place.clip.durationTicks + lead);
  });

  it('of an extension of what was drawn makes another take of that extension', async () => {
    const document = structuredClone(useEditor.getState().document!);
    const source = { kind: 'take' as const, id: 't2', startTicks: 0, durationTicks: seconds(2) };
    const request = sampleOf('extend', { prompt: 'cups', seed: 1, source });
    findClip(document, 'made-1')!.clip.generation!.request = request;
    change({ document });
    show('generate', 'made-1');
    await write('cups fall');
    await userEvent.click(button(/^Generate another take/));
    expect(requestOf('made-1')).toMatchObject({ action: 'extend', direction: 'forward', prompt: 'cups fall' });
  });
});

describe('Inpaint', () => {
  it('needs a clip, then a picture to put into footage, and a mask to remove something', async () => {
    show('inpaint');
    const need = () => screen.getAllByRole('status').at(-1)!.textContent;
    expect(need()).toBe('Select a clip with a picture on the timeline.');
    // no length is known yet, and nothing to set
    expect(screen.queryByRole('button', { name: /Details/ })).toBeNull();
    change({ selection: { ...emptySelection, clipIds: ['flower-0'] } });
    expect(need()).toBe('Choose the picture that is put in.');
    expect(screen.getByText(/words alone draw nothing/)).toBeTruthy();
    await userEvent.click(button(/^Remove$/));
    expect(need()).toBe('Select, paint or box what should change.');
    change({ masks: { 'flower-0': mask } });
    await userEvent.click(button(/^Remove in mask/));
    expect(requestOf('flower-0')).toMatchObject({
      action: 'inpaint',
      edit: 'remove',
      prompt: '',
      mask,
      source: { kind: 'media', id: 'flower', startTicks: 0, durationTicks: seconds(5) },
    });
  });
});

describe('an empty prompt', () => {
  const inventing = () => ({ ...idle, rewrittenPrompt: 'an empty place' });

  it('is not taken for a sound where a picture is made', async () => {
    estimate = inventing;
    show('inpaint', 'flower-0');
    change({ masks: { 'flower-0': mask } });
    await userEvent.click(button(/^Remove$/));
    await screen.findByText('0.9 of 10 GB');
    expect(screen.queryByText(/an empty place/)).toBeNull();
  });

  it('says what a soundtrack makes of it', async () => {
    estimate = inventing;
    show('soundtrack');
    expect(await screen.findByText(/an empty place/)).toBeTruthy();
  });
});

it('does not repeat a style that is read as itself', async () => {
  estimate = () => ({ ...idle, rewrittenPrompt: 'watercolour:' });
  show('restyle', 'flower-0');
  await userEvent.click(button(/^Watercolour$/));
  await screen.findByText('0.9 of 10 GB');
  expect(screen.queryByText(/Read as/)).toBeNull();
});

it('while newer words are read, the last reading keeps its place but does not count', async () => {
  let answer: (() => void) | null = null;
  const reading = (request: GenerationRequest) => ({ ...idle, rewrittenPrompt: `${request.prompt}, calmly` });
  show('generate');
  estimate = reading;
  await write('a red fox');
  await waitFor(() => expect(screen.queryByText('Reading the words…')).toBeNull());
  const older = () => screen.getByText(/a red fox, calmly/).parentElement!;
  expect(older().getAttribute('aria-hidden')).toBe('false');
  const { call, ...rest } = engine();
  const late = new Promise<void>((resolve) => (answer = resolve));
  const held = (async (method: 'app.status', params: Record<string, never>) => {
    if ((method as string).startsWith('generation.')) await late;
    return call(method, params);
  }) as EngineConnection['call'];
  replaceConnection({ ...rest, state: 'open', call: held });
  await write(' runs');
  expect(screen.getByText('Reading the words…')).toBeDefined();
  expect(older().getAttribute('aria-hidden')).toBe('true');
  answer!();
  await screen.findByText(/a red fox runs, calmly/);
  expect(screen.queryByText('Reading the words…')).toBeNull();
});

it('does not show the reading of one action in another', async () => {
  estimate = (request) => ({ ...idle, rewrittenPrompt: request.action === 'soundtrack' ? '' : 'watercolour, calm' });
  show('restyle', 'flower-0');
  await userEvent.click(button(/^Watercolour$/));
  await screen.findByText(/watercolour, calm/);
  change({ aiAction: 'soundtrack' });
  expect(screen.queryByText(/watercolour, calm/)).toBeNull();
});

describe('Restyle', () => {
  it('takes a style by name, and a mask only where less than everything changes', async () => {
    show('restyle', 'flower-0');
    change({ masks: { 'flower-0': mask } });
    await userEvent.click(button(/^Watercolour$/));
    await userEvent.click(button(/^Restyle Ctrl/));
    expect(requestOf('flower-0')).toMatchObject({
      action: 'restyle',
      prompt: 'Watercolour',
      scope: 'everything',
      mask: null,
      strength: 1,
      keepShapes: null,
    });
    await userEvent.click(button(/^Background$/));
    await userEvent.click(button(/^Restyle Ctrl/));
    expect(requestOf('flower-0')).toMatchObject({ scope: 'background', mask });
  });

  it('combines looks of different kinds, one of each, and refuses words that name none', async () => {
    show('restyle', 'flower-0');
    const prompt = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Prompt' }).value;
    await userEvent.click(button(/^Watercolour$/));
    await userEvent.click(button(/^Snow$/));
    expect(prompt()).toBe('Watercolour, Snow');
    await userEvent.click(button(/^Pencil$/));
    expect(prompt()).toBe('Snow, Pencil');
    await userEvent.click(button(/^Snow$/));
    expect(prompt()).toBe('Pencil');
    expect(button(/^Pencil$/).getAttribute('aria-pressed')).toBe('true');
    await userEvent.clear(screen.getByRole('textbox', { name: 'Prompt' }));
    await write('like van Gogh');
    expect(screen.getByText(/No look is called “like van Gogh”/)).toBeDefined();
    expect(button(/^Restyle Ctrl/)).toHaveProperty('disabled', true);
  });

  it('says that the looks are being drawn, and names the chosen ones in the language of the window', async () => {
    show('restyle', 'flower-0');
    const prompt = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Prompt|指令|提示词/ }).value;
    const drawing = `Drawing ${lookIds.length} looks…`;
    expect(screen.getByText(drawing)).toBeDefined();
    await waitFor(() => expect(screen.queryByText(drawing)).toBeNull());
    await userEvent.click(button(/^Watercolour$/));
    await userEvent.click(button(/^Snow$/));
    await act(() => i18n.changeLanguage('zh'));
    expect(prompt()).toBe('水彩、下雪');
    expect(button(/^水彩$/).getAttribute('aria-pressed')).toBe('true');
    await act(() => i18n.changeLanguage('en'));
    expect(prompt()).toBe('Watercolour, Snow');
  });

  it('learns a look from a picture without words, and keeps faces on request', async () => {
    show('restyle', 'flower-0');
    expect(button(/^Restyle Ctrl/)).toHaveProperty('disabled', true);
    const picture = { kind: 'media', mediaId: 'flower', sourceTicks: 0 } as const;
    act(() => setSettings('restyle', { references: [picture] }));
    await userEvent.click(screen.getByRole('switch', { name: 'Keep faces' }));
    expect(screen.getByText(/a model finds the faces/)).toBeDefined();
    await userEvent.click(button(/^Restyle Ctrl/));
    expect(requestOf('flower-0')).toMatchObject({ prompt: '', references: [picture], keepFaces: true, strength: 1 });
  });

  it('offers no pack, seed or second take for looks', async () => {
    show('restyle', 'flower-0');
    await userEvent.click(button(/^Oil painting$/));
    expect(screen.queryByRole('button', { name: /Details/ })).toBeNull();
    expect(screen.queryByText(/fps, fitted/)).toBeNull();
    expect(screen.getByText(/no model runs/)).toBeDefined();
  });

  it('needs no installed pack for looks and removals on footage, and one for what a model makes', async () => {
    show('restyle', 'flower-0');
    change({ packs: [], masks: { 'flower-0': mask } });
    await userEvent.click(button(/^Oil painting$/));
    await userEvent.click(button(/^Restyle Ctrl/));
    await waitFor(() => expect(submitted).toMatchObject([{ action: 'restyle', packId: '' }]));
    act(() => setDraft({ edit: 'remove' }));
    change({ aiAction: 'inpaint' });
    expect(screen.queryByRole('button', { name: /Details/ })).toBeNull();
    await userEvent.click(button(/^Remove in mask/));
    await waitFor(() => expect(submitted[1]).toMatchObject({ action: 'inpaint', edit: 'remove', packId: '' }));
    act(() => setDraft({ edit: 'replace' }));
    expect(button(/^Replace with picture/)).toHaveProperty('disabled', true);
  });
});

describe('Soundtrack', () => {
  it('makes a clip a stem over In–Out, with the hits in it; none is refused', async () => {
    show('soundtrack');
    await write('rain');
    for (const stem of ['Music', 'Foley', 'Ambience'])
      await userEvent.click(screen.getByRole('switch', { name: stem }));
    expect(screen.getByRole('status').textContent).toBe('Turn on at least one stem.');
    await userEvent.click(screen.getByRole('switch', { name: 'Foley' }));
    await userEvent.click(screen.getByRole('switch', { name: 'Ambience' }));
    await userEvent.click(button(/^Generate soundtrack/));
    const isStem = (clip: Clip) => clip.generation?.request.action === 'soundtrack';
    const made = clipsNow().filter(isStem);
    expect(made.map((clip) => clip.generation!.request)).toMatchObject([
      { stem: 'foley', prompt: 'rain', hitTicks: [seconds(9.5)], besides: ['ambience'], source: null },
      { stem: 'ambience', durationTicks: seconds(15), besides: ['foley'] },
    ]);
    // one step of the history
    act(() => useEditor.getState().undo());
    expect(clipsNow().filter(isStem)).toEqual([]);
  });
});

describe('before the button is pressed, the panel says', () => {
  it('what each word will do', async () => {
    estimate = () => ({
      ...idle,
      usedWords: ['fox'],
      guessedWords: [{ word: 'vixen', takenFor: 'fox' }],
      unknownWords: ['zxqwv'],
    });
    show('generate');
    await write('fox vixen zxqwv');
    await screen.findByText('Used: fox');
    expect(screen.getByText('Guessed: vixen as fox')).toBeTruthy();
    expect(screen.getByText('No effect: zxqwv')).toBeTruthy();
  });

  it('what each word will do as soon as the words are read, while the estimate is still to come', async () => {
    let answerReading = () => {};
    const asked = new Promise<void>((resolve) => (answerReading = resolve));
    const other = engine();
    const call = (method: string, params: unknown): Promise<unknown> => {
      if (method === 'generation.estimate') return new Promise(() => {});
      if (method === 'generation.read')
        return asked.then(() => ({ rewrittenPrompt: '', unknownWords: ['zxqwv'], usedWords: ['fox'] }));
      return other.call(method as 'jobs.submit', params as never);
    };
    replaceConnection({ ...other, call: call as EngineConnection['call'] });
    show('generate');
    await write('fox zxqwv');
    expect(screen.getByText('Reading the words…')).toBeTruthy();
    answerReading();
    expect(await screen.findByText('No effect: zxqwv')).toBeTruthy();
    expect(screen.queryByText('Reading the words…')).toBeNull();
    expect(screen.getByText('Estimating…')).toBeTruthy();
  });

  it('how long it takes, for all takes together', async () => {
    show('generate');
    await write('a fox');
    await screen.findByText('≈ 22 s');
    act(() => setSettings('generate', { takeCount: 2 }));
    expect(screen.getByText('≈ 44 s')).toBeTruthy();
  });

  it('that the machine is busy, instead of a time that would not hold', async () => {
    estimate = () => ({ ...idle, busy: { load: 9.28, cores: 2 } });
    show('generate');
    await write('a fox');
    await screen.findByText('This machine is busy (load 9.3 on 2 cores): it may take much longer.');
    expect(screen.queryByText(/≈/)).toBeNull();
    expect(button(/^Generate Ctrl/)).toHaveProperty('disabled', false);
  });

  it('why the engine refuses, in the window’s language', async () => {
    estimate = () => {
      throw new FailureError('badRequest', sentence('request.noUpscaler'));
    };
    show('generate');
    await write('a fox');
    expect((await screen.findByRole('alert')).textContent).toContain('no upscaler');
    await act(() => i18n.changeLanguage('zh'));
    expect(screen.getByRole('alert').textContent).toBe('此模型包不能放大：只能按其自身尺寸生成。');
  });

  it('that a mask is still being followed, and asks again once it has been', async () => {
    const followed: FollowedMask = { kind: 'followed', keys: [{ sourceTicks: 0, png: '' }], featherPx: 4 };
    estimate = () => {
      throw new FailureError('badRequest', sentence('mask.notFollowed'));
    };
    setDraft({ edit: 'remove' });
    show('inpaint', 'flower-0');
    change({ masks: { 'flower-0': followed } });
    expect((await screen.findByRole('alert')).textContent).toContain('has not been followed');
    const source = { kind: 'media', id: 'flower', startTicks: 0, durationTicks: seconds(5) } as const;
    const spec = { kind: 'follow', projectId: 'p', clipId: 'flower-0', source, mask: followed } as const;
    change({ jobs: { j1: { ...jobOf('j1', 'running', 0.5), spec } } });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('The mask is still being followed through the clip.')).toBeTruthy();
    expect((button(/^Remove in mask/) as HTMLButtonElement).disabled).toBe(true);
    estimate = () => idle;
    change({ jobs: {} });
    await screen.findByText(/22 s/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('how far the running take is, and that the others wait', () => {
    useEditor.setState({ jobs: { a: jobOf('a', 'running', 0.51), b: jobOf('b', 'queued', 0) } });
    show('generate', 'made-1');
    expect(button(/^Generating, 51 %/)).toBeTruthy();
    expect(button(/^Queued/)).toBeTruthy();
  });
});

describe('what is written', () => {
  it('belongs to its project: another one begins empty, and going back finds it', async () => {
    show('generate');
    await write('a red fox');
    act(() => setSettings('generate', { takeCount: 3 }));
    act(() => setDraft({ edit: 'remove' }));
    const written = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Prompt' }).value;
    const first = useEditor.getState().projectId;
    change({ projectId: 'another' });
    expect([written(), screen.getByRole('combobox', { name: 'Number of takes' }).textContent]).toEqual(['', '1 take']);
    change({ projectId: first });
    expect([written(), screen.getByRole('combobox', { name: 'Number of takes' }).textContent]).toEqual([
      'a red fox',
      '3 takes',
    ]);
  });

  it('belongs to its action: takes, seed and pictures set for one are not set for another', async () => {
    show('generate', 'flower-0');
    await userEvent.click(screen.getByRole('combobox', { name: 'Number of takes' }));
    await userEvent.click(await screen.findByRole('option', { name: '3 takes' }));
    act(() => setSettings('generate', { seed: 7, references: [{ kind: 'media', mediaId: 'flower', sourceTicks: 0 }] }));
    const takes = () => screen.getByRole('combobox', { name: 'Number of takes' }).textContent;
    await userEvent.click(button(/^Inpaint$/));
    // footage has neither takes nor a seed to choose
    expect(screen.queryByRole('combobox', { name: 'Number of takes' })).toBeNull();
    expect(button(/^Picture: empty/)).toBeTruthy();
    change({ masks: { 'flower-0': mask } });
    await userEvent.click(button(/^Remove$/));
    await userEvent.click(button(/^Remove in mask/));
    await waitFor(() => expect(submitted).toHaveLength(1));
    change({ aiAction: 'generate' });
    expect(takes()).toBe('3 takes');
  });
});

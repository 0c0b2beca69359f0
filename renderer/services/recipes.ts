/** The start screen's ways in: from what the user has to a project that waits for one press of the button. */
import { withinLength } from '../../core/document/nameLength.ts';
import { sequenceDuration } from '../../core/document/query.ts';
import { snapToFrame, ticksPerSecond, type Ticks } from '../../core/time/ticks.ts';
import { i18n } from '../i18n/i18n.ts';
import { setDraft } from './aiDraft.ts';
import { choosePaths, mediaExtensions } from './dialogs.ts';
import { baseName } from './format.ts';
import { importFiles, importPaths } from './imports.ts';
import { openAiAction } from './openAi.ts';
import { addMediaAtPlayhead, clipsOfMedia, trackFor } from './placement.ts';
import { createProject } from './projects.ts';
import { sequenceOf } from './selectors.ts';
import { emptySelection, useEditor } from './store.ts';

/** The recipes of the start screen. */
export const recipeIds = ['score', 'remove', 'bridge', 'words'] as const;
/** Names a recipe. */
export type RecipeId = (typeof recipeIds)[number];

const gapTicks = 2 * ticksPerSecond;

/** A project's name from a file's. */
export function projectNameFrom(path: string): string {
  return (
    withinLength(
      baseName(path)
        .replace(/\.[^.]+$/, '')
        .replace(/[\\/:*?"<>|]/g, ' ')
        .trim(),
      80,
    ) || i18n.t('shell:newProject.untitled')
  );
}

/** Dropped on the start screen: a project named after the first file, with all of them on the timeline. */
export async function startWithFiles(files: readonly File[]): Promise<void> {
  await createProject({ name: projectNameFrom(files[0]!.name), folder: null });
  const ids = (await importFiles(files)).map((item) => item.id);
  if (ids.length === 0) return;
  fitSequence(ids);
  addMediaAtPlayhead(ids);
  useEditor.setState({ playheadTicks: 0 });
}

/** Asks for the files first: a recipe that is given none leaves nothing behind. */
export async function startRecipe(id: RecipeId): Promise<void> {
  if (id === 'words') {
    await createProject({ name: i18n.t('start:recipes.words.title'), folder: null });
    openAiAction('generate');
    return;
  }
  const paths = await choosePaths({
    title: i18n.t(`start:recipes.${id}.title`),
    kind: 'files',
    multiple: id === 'bridge',
    filters: [{ name: i18n.t('common:files.media'), extensions: mediaExtensions }],
  });
  if (paths.length === 0) return;
  await createProject({ name: projectNameFrom(paths[0]!), folder: null });
  const ids = (await importPaths(paths)).map((item) => item.id);
  if (ids.length === 0) return;
  fitSequence(ids);
  if (id === 'bridge') placeWithGap(ids);
  else addMediaAtPlayhead(ids);
  useEditor.setState({ playheadTicks: 0 });
  const sequence = sequenceOf(useEditor.getState());
  const first = sequence?.tracks.filter((track) => track.kind === 'video').flatMap((track) => track.clips)[0];
  if (id !== 'bridge' && first) useEditor.setState({ selection: { ...emptySelection, clipIds: [first.id] } });
  if (id === 'remove') setDraft({ edit: 'remove' });
  openAiAction(id === 'score' ? 'soundtrack' : id === 'remove' ? 'inpaint' : 'generate');
}

/** A new project takes the size and rate of the first picture it is given, where the timeline can show it. */
function fitSequence(mediaIds: readonly string[]): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  const video = mediaIds.map((id) => state.document?.media[id]?.video).find((one) => one);
  if (!sequence || !video || sequenceDuration(sequence) > 0) return;
  const even = (px: number) => Math.max(16, Math.min(8192, px - (px % 2)));
  const fps = video.rate.num / video.rate.den;
  const rate = fps >= 10 && fps <= 120 ? video.rate : sequence.rate;
  state.run('setSequenceFormat', {
    sequenceId: sequence.id,
    width: even(video.width),
    height: even(video.height),
    rate,
  });
}

/** One after the other with a gap between, the first gap selected: 'Fill' then needs one press. */
function placeWithGap(mediaIds: readonly string[]): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  if (!sequence || !state.document) return;
  const gap = snapToFrame(gapTicks, sequence.rate);
  const videoTrack = trackFor(sequence, 'video', 0, 1);
  const audioTrack = trackFor(sequence, 'audio', 0, 1);
  let at: Ticks = 0;
  let firstEnd: Ticks | null = null;
  const clips = mediaIds.flatMap((id) => {
    const item = state.document!.media[id];
    const placed = item ? clipsOfMedia(item, at, sequence, videoTrack, audioTrack) : [];
    const end = at + (placed[0]?.clip.durationTicks ?? 0);
    firstEnd ??= end;
    at = end + gap;
    return placed;
  });
  if (clips.length === 0 || !state.run('addClips', { sequenceId: sequence.id, clips, mode: 'overwrite' })) return;
  if (videoTrack && firstEnd !== null && mediaIds.length > 1)
    useEditor.setState({
      selection: { ...emptySelection, gap: { trackId: videoTrack, startTicks: firstEnd, durationTicks: gap } },
    });
}

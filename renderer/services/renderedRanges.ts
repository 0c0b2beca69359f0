/**
 * Ranges too heavy to play live: rendered once by the engine, played from its file. A render holds as long as what it
 * shows: any change of the tracks, of a take or of a file makes it worthless, and it is forgotten.
 */
import { create } from 'zustand';
import type { Job } from '../../core/contract/jobs.ts';
import { sequenceDuration } from '../../core/document/query.ts';
import type { ProjectDocument } from '../../core/document/schema.ts';
import { containsTick, type TickRange, type Ticks } from '../../core/time/ticks.ts';
import { engine } from './connection.ts';
import { start } from './errors.ts';
import { documentSaved } from './store.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

export interface RenderedRange extends TickRange {
  /** Path for `engine().url`. */
  readonly url: string;
}

interface Renders {
  /** The document that each waiting job renders, by job id. */
  readonly asked: Readonly<Record<string, ProjectDocument>>;
  readonly done: readonly { readonly range: RenderedRange; readonly document: ProjectDocument }[];
}

const useRenders = create<Renders>()(() => ({ asked: {}, done: [] }));

/** In–Out, or the whole cut. */
export function renderRange(): void {
  const { document, projectId } = useEditor.getState();
  const sequence = sequenceOf(useEditor.getState());
  if (!document || !projectId || !sequence) return;
  const from = sequence.inTicks ?? 0;
  const to = sequence.outTicks ?? sequenceDuration(sequence);
  if (to <= from) return;
  const spec = {
    kind: 'previewRender',
    projectId,
    sequenceId: sequence.id,
    startTicks: from,
    durationTicks: to - from,
  } as const;
  start(
    documentSaved()
      .then(() => engine().call('jobs.submit', { spec }))
      .then((job) => useRenders.setState(({ asked }) => ({ asked: { ...asked, [job.id]: document } }))),
  );
}

/** Takes a finished render over; one that this window did not ask for could be of another state of the cut. */
export function takeRender(job: Job): void {
  const { asked, done } = useRenders.getState();
  const document = asked[job.id];
  if (job.spec.kind !== 'previewRender' || job.state !== 'done' || !job.outputPath || !document) return;
  const file = job.outputPath.split(/[\\/]/).at(-1)!;
  const range = {
    startTicks: job.spec.startTicks,
    durationTicks: job.spec.durationTicks,
    url: `/files/${encodeURIComponent(job.spec.projectId)}/renders/${encodeURIComponent(file)}`,
  };
  useRenders.setState({ done: [...done.filter((each) => sameShown(each.document, document)), { range, document }] });
}

/** The up-to-date render that covers a tick; null when there is none or it is out of date. */
export function renderedAt(document: ProjectDocument, ticks: Ticks): RenderedRange | null {
  return (
    useRenders
      .getState()
      .done.find(({ range, document: rendered }) => containsTick(range, ticks) && sameShown(rendered, document))
      ?.range ?? null
  );
}

/** Documents change by replacing what changed: the same objects are the same content. */
function sameShown(a: ProjectDocument, b: ProjectDocument): boolean {
  const [left, right] = [a.sequences[a.activeSequenceId], b.sequences[b.activeSequenceId]];
  return (
    left !== undefined &&
    left.id === right?.id &&
    left.tracks === right.tracks &&
    left.width === right.width &&
    left.height === right.height &&
    left.rate === right.rate &&
    a.takes === b.takes &&
    a.media === b.media
  );
}

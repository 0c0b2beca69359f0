/** Offers to match the sequence to the size and rate of a project's first shot. Never changes it without consent. */
import type { MediaItem, Sequence } from '../../core/document/schema.ts';
import { formatRate } from '../../core/time/ticks.ts';
import type { NoticeOffer } from './editor.ts';
import { words } from './noticeWords.ts';
import { sequenceOf } from './selectors.ts';
import { useEditor } from './store.ts';

/** Whether a shot has another format than the sequence. */
export function differs(item: MediaItem, sequence: Sequence): boolean {
  if (item.kind !== 'video' || !item.video) return false;
  const { width, height, rate } = item.video;
  const sameRate = rate.num * sequence.rate.den === sequence.rate.num * rate.den;
  return width !== sequence.width || height !== sequence.height || !sameRate;
}

/** Call before a shot goes onto the timeline; the answer is called after. */
export function offerMatch(item: MediaItem): () => void {
  const sequence = sequenceOf(useEditor.getState());
  const first = sequence?.tracks.every((track) => track.clips.length === 0) ?? false;
  if (!sequence || !first || !differs(item, sequence)) return () => undefined;
  const { width, height, rate } = item.video!;
  return () =>
    useEditor
      .getState()
      .notify('info', words('shell:matchSequence', { name: item.name, width, height, rate: formatRate(rate) }), {
        offer: { kind: 'matchSequence', mediaId: item.id },
      });
}

/** Does what a notice offers, and takes the notice away. */
export function takeOffer(noticeId: string, { mediaId }: NoticeOffer): void {
  const state = useEditor.getState();
  const sequence = sequenceOf(state);
  const video = state.document?.media[mediaId]?.video;
  if (sequence && video)
    state.run('setSequenceFormat', {
      sequenceId: sequence.id,
      width: video.width,
      height: video.height,
      rate: video.rate,
    });
  useEditor.setState({ notices: state.notices.filter((notice) => notice.id !== noticeId) });
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleSlash, Contrast, Route } from 'lucide-react';
import { sayFailure, start } from '../../../services/errors.ts';
import {
  askFollowed,
  followable,
  followedFrame,
  followJobOf,
  followMask,
  useFollowed,
  withKey,
} from '../../../services/followMask.ts';
import { cancelJob } from '../../../services/jobs.ts';
import { setMask } from '../../../services/maskSteps.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { emptyPng, pngOf } from './maskPainting.ts';

/** Following a mask through its clip, where the clip is a film; and the matte view. */
export function FollowButtons({ clipId }: { clipId: string }) {
  const { t } = useTranslation('viewer');
  const mask = useEditor((state) => state.masks[clipId]);
  const maskMode = useEditor((state) => state.maskMode)!;
  const canFollow = useEditor(
    (state) => state.document !== null && followable(state.document, clipId, state.playheadTicks) !== null,
  );
  const job = useEditor((state) => followJobOf(clipId, state.jobs));
  const followed = useFollowed(({ byClip }) => byClip[clipId]);
  const jobId = job?.id ?? null;
  const keys = mask?.kind === 'followed' ? mask.keys : null;
  useEffect(() => {
    if (keys) askFollowed(clipId).catch(sayFailure);
  }, [clipId, jobId, keys]);
  const isWhole = keys !== null && followed?.mask.keys === keys && followed.state.isWhole;
  const words = job
    ? t('mask.followingPercent', { percent: Math.round(job.fraction * 100) })
    : t(isWhole ? 'mask.followed' : keys ? 'mask.followAgain' : 'mask.follow');
  const press = (): void => {
    if (job) cancelJob(job.id);
    else if (isWhole) start(stopFollowing(clipId));
    else followMask(clipId, pngOf);
  };
  return (
    <>
      {canFollow ? (
        <Button
          size="s"
          icon={Route}
          disabled={!mask}
          aria-pressed={keys !== null}
          title={t(job ? 'mask.followCancel' : isWhole ? 'mask.followStop' : 'mask.followHint')}
          onClick={press}
        >
          {words}
        </Button>
      ) : null}
      {canFollow && keys ? (
        <IconButton icon={CircleSlash} label={t('mask.notHere')} tooltipSide="top" onClick={() => endHere(clipId)} />
      ) : null}
      <IconButton
        icon={Contrast}
        label={t('mask.matte')}
        lit={maskMode.matte ?? false}
        tooltipSide="top"
        onClick={() =>
          useEditor.getState().setSession({ maskMode: { ...maskMode, matte: !(maskMode.matte ?? false) } })
        }
      />
    </>
  );
}

/** From this frame on the thing is not in the picture. */
function endHere(clipId: string): void {
  const { document, masks, playheadTicks } = useEditor.getState();
  const mask = masks[clipId];
  const place = document && followable(document, clipId, playheadTicks);
  if (mask?.kind === 'followed' && place) setMask(clipId, withKey(mask, place.atTicks, emptyPng()));
}

/** The mask stands still again, as it is at the playhead. */
async function stopFollowing(clipId: string): Promise<void> {
  const { document, masks, playheadTicks } = useEditor.getState();
  const mask = masks[clipId];
  const place = document && followable(document, clipId, playheadTicks);
  if (mask?.kind !== 'followed' || !place) return;
  const png = (await followedFrame(clipId, mask, place.atTicks)) ?? mask.keys[0]!.png;
  if (useEditor.getState().masks[clipId] === mask) setMask(clipId, { kind: 'painted', png, featherPx: mask.featherPx });
}

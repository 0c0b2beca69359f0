import { Move } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { anchors, type Anchor, type Placement } from '../../../../core/actions/inpaint/placement.ts';
import type { Clip, GenerationRequest } from '../../../../core/document/schema.ts';
import { setPlacement, setSettings, useDraft } from '../../../services/aiDraft.ts';
import { useAdditionPreview } from '../../../services/additionPreview.ts';
import { failureSentence } from '../../../services/errors.ts';
import { frameOfSource } from '../../../services/lookPictures.ts';
import { sourceOfClip } from '../../../services/placeGeneration.ts';
import { setPlacing, usePlacing } from '../../../services/placing.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { MaskRow } from '../MaskRow.tsx';
import { PictureSlot } from '../PictureSlot.tsx';
import styles from '../AiPanel.module.css';

/** A picture put into footage: which, where, what it moves with, what stands before it, and how it is matched. */
export function AdditionForm({ clip, request }: { clip: Clip; request: GenerationRequest | null }) {
  const { t } = useTranslation('aiPanel');
  const edit = useDraft((draft) => draft.edit);
  const picture = useDraft((draft) => draft.settings.inpaint.references[0] ?? null);
  const { anchor, cutOut } = useDraft((draft) => draft.placement);
  const isFollowing = edit === 'replace' || anchor === 'thing';
  return (
    <>
      <div>
        <div className={styles.label}>{t('addition.picture')}</div>
        <div className={styles.slots}>
          <PictureSlot
            label={t('addition.picture')}
            picture={picture}
            implied={null}
            onPut={(next) => {
              setSettings('inpaint', { references: next ? [next] : [] });
              if (next) startPlacing(clip);
            }}
          />
        </div>
        {picture ? null : <p className={styles.note}>{t('addition.choose')}</p>}
      </div>
      {picture ? <PlaceRow clip={clip} /> : null}
      {edit === 'replace' ? null : (
        <div className={styles.kv}>
          <span className={styles.k}>{t('addition.anchor')}</span>
          <Select<Anchor>
            className={styles.span}
            label={t('addition.anchor')}
            value={anchor}
            options={anchors.map((value) => ({ value, label: t(`addition.${value}`) }))}
            onChange={(value) => setPlacement({ anchor: value, ...(value === 'surface' ? { shadow: 0 } : {}) })}
          />
        </div>
      )}
      {isFollowing ? (
        <p className={styles.note}>{t(edit === 'replace' ? 'addition.replaced' : 'addition.marked')}</p>
      ) : null}
      <MaskRow clip={clip} />
      <FrontRow clip={clip} />
      <Share name="shadow" />
      <Share name="light" />
      <Share name="blur" />
      <div className={styles.kv} title={t('addition.cutOutTip')}>
        <span className={styles.k}>{t('addition.cutOut')}</span>
        <Switch label={t('addition.cutOut')} checked={cutOut} onChange={(value) => setPlacement({ cutOut: value })} />
      </div>
      <Preview clip={clip} request={request} />
    </>
  );
}

/** Places the picture on the frame at the playhead, in the middle of it at first. */
function startPlacing(clip: Clip): void {
  const { document, playheadTicks, setSession } = useEditor.getState();
  const source = document && sourceOfClip(document, clip);
  if (!source) return;
  const inside = playheadTicks >= clip.startTicks && playheadTicks < clip.startTicks + clip.durationTicks;
  const at = inside ? playheadTicks : clip.startTicks;
  setSession({ playing: 0, viewerMode: 'timeline', compare: null, maskMode: null, playheadTicks: at });
  setPlacement({ atTicks: frameOfSource(source, clip, at).sourceTicks });
  setPlacing(clip.id);
}

function PlaceRow({ clip }: { clip: Clip }) {
  const { t } = useTranslation('aiPanel');
  const isPlacing = usePlacing((state) => state.clipId === clip.id);
  return (
    <div>
      <Button size="s" icon={Move} onClick={() => (isPlacing ? setPlacing(null) : startPlacing(clip))}>
        {t(isPlacing ? 'addition.placing' : 'addition.place')}
      </Button>
    </div>
  );
}

/** The mask that is painted now becomes what stands before the picture. */
function FrontRow({ clip }: { clip: Clip }) {
  const { t } = useTranslation('aiPanel');
  const mask = useEditor((state) => state.masks[clip.id]);
  const occluder = useDraft((draft) => draft.placement.occluder);
  return (
    <div className={styles.maskRow}>
      <span className="grow">{t(occluder ? 'addition.frontSet' : 'addition.frontNone')}</span>
      {occluder ? (
        <Button size="s" onClick={() => setPlacement({ occluder: null })}>
          {t('addition.frontClear')}
        </Button>
      ) : (
        <span title={t('addition.frontHint')}>
          <Button size="s" disabled={!mask} onClick={() => setPlacement({ occluder: mask ?? null })}>
            {t('addition.frontUse')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** A share of 0..1 of the placement, in per cent. */
function Share({ name }: { name: keyof Pick<Placement, 'shadow' | 'light' | 'blur'> }) {
  const { t } = useTranslation('aiPanel');
  const percent = useDraft((draft) => Math.round(draft.placement[name] * 100));
  const change = (value: number) => setPlacement({ [name]: value / 100 });
  const label = t(`addition.${name}`);
  return (
    <div className={styles.kv}>
      <span className={styles.k}>{label}</span>
      <Slider label={label} min={0} max={100} value={percent} onChange={change} />
      <NumberField size="s" label={label} unit="%" min={0} max={100} value={percent} onCommit={change} />
    </div>
  );
}

function Preview({ clip, request }: { clip: Clip; request: GenerationRequest | null }) {
  const { t } = useTranslation('aiPanel');
  const asked = request?.action === 'inpaint' && request.placement ? request : null;
  const { picture, isWaiting, failure } = useAdditionPreview(asked, clip.id);
  if (!asked) return null;
  return (
    <div>
      <div className={styles.label}>
        {t('addition.preview')}
        {isWaiting ? <Spinner /> : null}
      </div>
      {picture ? <img src={picture} alt={t('addition.preview')} style={{ width: '100%', display: 'block' }} /> : null}
      {failure ? <p className={styles.note}>{failureSentence(failure)}</p> : null}
      {asked.edit === 'replace' ? <p className={styles.note}>{t('addition.previewReplaced')}</p> : null}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Brush, ShieldCheck, SquareDashed, Trash2 } from 'lucide-react';
import type { Mask } from '../../../core/document/schema.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import type { Goal } from './goal.ts';
import { setDraft, useDraft } from '../../services/aiDraft.ts';
import styles from './AiPanel.module.css';

const defaultMaskMode = { brushPx: 44, featherPx: 6 } as const;

/** What to do, and where: the mask is painted in the viewer. */
export function InpaintForm({ goal }: { goal: Goal | null }) {
  const { t } = useTranslation('aiPanel');
  const edit = useDraft((draft) => draft.edit);
  return (
    <>
      <Segmented
        label={t('edit.label')}
        value={edit}
        options={(['replace', 'add', 'remove'] as const).map((value) => ({ value, label: t(`edit.${value}`) }))}
        onChange={(value) => setDraft({ edit: value })}
      />
      {goal?.kind === 'takeOf' ? (
        <MaskRow
          clipId={goal.place.clip.id}
          startTicks={goal.place.clip.startTicks}
          endTicks={goal.place.clip.startTicks + goal.place.clip.durationTicks}
        />
      ) : null}
    </>
  );
}

/** `marks`: whether what is painted is to change, or to stay. */
export function MaskRow({
  clipId,
  startTicks,
  endTicks,
  marks = 'change',
}: {
  clipId: string;
  startTicks: number;
  endTicks: number;
  marks?: 'change' | 'keep';
}) {
  const { t } = useTranslation('aiPanel');
  const mask = useEditor((state) => state.masks[clipId]);
  const { setSession } = useEditor.getState();
  const paint = (tool: 'brush' | 'box') => {
    const { playheadTicks } = useEditor.getState();
    // the mask is painted on a frame of the clip: go to one when the playhead is elsewhere
    const inside = playheadTicks >= startTicks && playheadTicks < endTicks;
    setSession({
      playing: 0,
      viewerMode: 'timeline',
      compare: null,
      ...(inside ? {} : { playheadTicks: startTicks }),
      maskMode: { clipId, tool, ...defaultMaskMode, ...(mask ? { featherPx: mask.featherPx } : {}) },
    });
  };
  const clear = () => {
    const { [clipId]: _gone, ...masks } = useEditor.getState().masks;
    setSession({ masks });
  };
  return (
    <div>
      <div className={styles.label}>{t('mask.title')}</div>
      <div className={styles.maskRow}>
        <span
          className={styles.maskThumb}
          style={mask?.kind === 'painted' ? { backgroundImage: `url("${mask.png}")` } : undefined}
        />
        <span className="grow">{maskName(mask)}</span>
        <Button size="s" icon={Brush} onClick={() => paint('brush')}>
          {t('mask.paint')}
        </Button>
        <Button size="s" icon={SquareDashed} onClick={() => paint('box')}>
          {t('mask.drawBox')}
        </Button>
        {mask ? <IconButton icon={Trash2} size="s" label={t('mask.clear')} onClick={clear} /> : null}
      </div>
      {mask ? (
        <p className={styles.note} style={{ marginTop: 4 }}>
          <Icon of={ShieldCheck} size={12} />
          <span>{t(marks === 'keep' ? 'keptInside' : 'kept', { px: mask.featherPx })}</span>
        </p>
      ) : marks === 'keep' ? (
        <p className={styles.note} style={{ marginTop: 4 }}>
          {t('mask.markToKeep')}
        </p>
      ) : null}
    </div>
  );

  function maskName(of: Mask | undefined): string {
    if (!of) return t('mask.none');
    return of.kind === 'painted' ? t('mask.painted') : t('mask.box');
  }
}

import { useTranslation } from 'react-i18next';
import { Brush, Eraser, SquareDashed, SquareMousePointer, Trash2, Users } from 'lucide-react';
import { findClip } from '../../../../core/document/query.ts';
import { frameAtTicks, type Rate } from '../../../../core/time/ticks.ts';
import { setMask } from '../../../services/maskSteps.ts';
import { selectThing } from '../../../services/selectThing.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { FollowButtons } from './FollowButtons.tsx';
import { MaskUse } from './MaskUse.tsx';
import { MaskWords } from './MaskWords.tsx';
import styles from '../Viewer.module.css';

/** In place of the viewer's head: which clip and frame is being masked, and the way out. */
export function MaskHead({ rate }: { rate: Rate }) {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const clip = useEditor((state) => (state.document ? findClip(state.document, maskMode.clipId)?.clip : undefined));
  const ticks = useEditor((state) => state.playheadTicks);
  const { setSession } = useEditor.getState();
  return (
    <>
      <span className={styles.maskBadge}>
        <Icon of={Brush} size={12} />
        {t('mask.badge')}
      </span>
      <span className={styles.maskName}>
        {t('mask.of', { name: clip?.name ?? '', frame: clip ? frameAtTicks(ticks - clip.startTicks, rate) + 1 : 0 })}
      </span>
      <span className="grow" />
      <Button size="s" shortcut="Esc" onClick={() => setSession({ maskMode: null })}>
        {t('mask.done')}
      </Button>
    </>
  );
}

const tools = [
  { tool: 'select', icon: SquareMousePointer },
  { tool: 'brush', icon: Brush },
  { tool: 'erase', icon: Eraser },
  { tool: 'box', icon: SquareDashed },
] as const;

/** Tool, size and feather, under the picture. */
export function MaskBar() {
  const { t } = useTranslation('viewer');
  const maskMode = useEditor((state) => state.maskMode)!;
  const hasMask = useEditor((state) => state.masks[maskMode.clipId] !== undefined);
  const { setSession } = useEditor.getState();
  const set = (patch: Partial<typeof maskMode>) => setSession({ maskMode: { ...maskMode, ...patch } });
  return (
    <div className={styles.brushbar} role="toolbar" aria-label={t('mask.tools')}>
      {tools.map(({ tool, icon }) => (
        <IconButton
          key={tool}
          icon={icon}
          label={t(`mask.${tool}`)}
          {...(tool === 'select' ? { hint: t('mask.selectHint') } : {})}
          on={maskMode.tool === tool}
          tooltipSide="top"
          onClick={() => set({ tool })}
        />
      ))}
      <IconButton
        icon={Users}
        label={t('mask.people')}
        tooltipSide="top"
        onClick={() => void selectThing(maskMode.clipId, { kind: 'people' }, false)}
      />
      <MaskWords clipId={maskMode.clipId} />
      <FollowButtons clipId={maskMode.clipId} />
      {hasMask ? <MaskUse clipId={maskMode.clipId} /> : null}
      <Amount
        label={t('mask.size')}
        value={maskMode.brushPx}
        range={[4, 200]}
        unit=""
        onChange={(brushPx) => set({ brushPx })}
      />
      <Amount
        label={t('mask.feather')}
        value={maskMode.featherPx}
        range={[0, 64]}
        unit=" px"
        onChange={(featherPx) => set({ featherPx })}
        onCommit={(featherPx) => storeFeather(maskMode.clipId, featherPx)}
      />
      <IconButton
        icon={Trash2}
        label={t('mask.clear')}
        tooltipSide="top"
        onClick={() => setMask(maskMode.clipId, null)}
      />
    </div>
  );
}

function Amount({
  label,
  value,
  range: [min, max],
  unit,
  onChange,
  onCommit,
}: {
  label: string;
  value: number;
  range: readonly [number, number];
  unit: string;
  onChange: (value: number) => void;
  onCommit?: (value: number) => void;
}) {
  return (
    <div className={styles.amount}>
      <span className={styles.barLabel}>{label}</span>
      <Slider
        className={styles.barSlider}
        label={label}
        value={value}
        min={min}
        max={max}
        onChange={onChange}
        onCommit={onCommit}
      />
      <span className={styles.barValue}>
        {Math.round(value)}
        {unit}
      </span>
    </div>
  );
}

function storeFeather(clipId: string, featherPx: number): void {
  const mask = useEditor.getState().masks[clipId];
  if (mask) setMask(clipId, { ...mask, featherPx });
}

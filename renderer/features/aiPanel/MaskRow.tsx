import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Brush, ShieldCheck, SquareDashed, SquareMousePointer, Trash2 } from 'lucide-react';
import type { Clip, Mask } from '../../../core/document/schema.ts';
import { containsTick } from '../../../core/time/ticks.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './AiPanel.module.css';

const defaultMaskMode = { brushPx: 44, featherPx: 6 } as const;

const percent = (fraction: number): string => `${fraction * 100}%`;

/** Where a box lies in the small picture of the mask. */
function boxStyle({ x, y, width, height }: Extract<Mask, { kind: 'box' }>): CSSProperties {
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) };
}

const keptWords = { change: 'kept', keep: 'keptInside', remove: 'keptRemoved' } as const;

/** What stands for a mask in small: of one that follows, its first key. */
function thumbOf(mask: Exclude<Mask, { kind: 'box' }>): string {
  return mask.kind === 'painted' ? mask.png : mask.keys[0]!.png;
}

/** The clip's mask and the tools that paint it in the viewer. `marks`: what becomes of the painted part. */
export function MaskRow({ clip, marks = 'change' }: { clip: Clip; marks?: 'change' | 'keep' | 'remove' }) {
  const clipId = clip.id;
  const { t } = useTranslation('aiPanel');
  const mask = useEditor((state) => state.masks[clipId]);
  const { setSession } = useEditor.getState();
  const paint = (tool: 'select' | 'brush' | 'box') => {
    const { playheadTicks } = useEditor.getState();
    // the mask is painted on a frame of the clip: go to one when the playhead is elsewhere
    const inside = containsTick(clip, playheadTicks);
    setSession({
      playing: 0,
      viewerMode: 'timeline',
      compare: null,
      ...(inside ? {} : { playheadTicks: clip.startTicks }),
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
          style={mask && mask.kind !== 'box' ? { backgroundImage: `url("${thumbOf(mask)}")` } : undefined}
        >
          {mask?.kind === 'box' ? <i style={boxStyle(mask)} /> : null}
        </span>
        <span className="grow">{maskName(mask)}</span>
        <Button size="s" icon={SquareMousePointer} onClick={() => paint('select')}>
          {t('mask.select')}
        </Button>
        <IconButton icon={Brush} size="s" label={t('mask.paint')} onClick={() => paint('brush')} />
        <IconButton icon={SquareDashed} size="s" label={t('mask.drawBox')} onClick={() => paint('box')} />
        {mask ? <IconButton icon={Trash2} size="s" label={t('mask.clear')} onClick={clear} /> : null}
      </div>
      {mask ? (
        <p className={styles.note} style={{ marginTop: 4 }}>
          <Icon of={ShieldCheck} size={12} />
          <span>{t(keptWords[marks], { px: mask.featherPx })}</span>
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
    return t(`mask.${of.kind}`);
  }
}

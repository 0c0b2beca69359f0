import { withinLength } from '../../../core/document/nameLength.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipPlace } from '../../../core/document/query.ts';
import type { MediaReference } from '../../../core/document/schema.ts';
import { setLivePreview } from '../../services/livePreview.ts';
import { useEditor } from '../../services/store.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextField.tsx';
import { FigureRow, Section } from './Section.tsx';
import styles from './Inspector.module.css';
import { useMissingGlyphs } from './useMissingGlyphs.ts';

type Title = Extract<MediaReference, { kind: 'title' }>;

/** A title's text and look. Text is previewed while it is typed and becomes one undo step when the field is left. */
export function TitleSection({ place }: { place: ClipPlace }) {
  const { t } = useTranslation('inspector');
  const { clip, sequence } = place;
  const title = clip.reference as Title;
  const live = (part: Partial<Title>) =>
    setLivePreview({ clipIds: [clip.id], properties: { reference: { ...title, ...part } } });
  const commit = (part: Partial<Title>) => {
    setLivePreview(null);
    const name = part.text === undefined ? clip.name : withinLength(part.text.split('\n')[0]!, 60) || clip.name;
    useEditor.getState().run('setClipProperties', {
      sequenceId: sequence.id,
      clipIds: [clip.id],
      properties: { reference: { ...title, ...part }, name },
    });
  };
  const parts = { title, live, commit };
  return (
    <Section title={t('text')}>
      <TitleText {...parts} />
      <FigureRow
        label={t('size')}
        value={title.sizePx}
        min={8}
        max={400}
        unit="px"
        origin={8}
        onLive={(sizePx) => live({ sizePx })}
        onCommit={(sizePx) => commit({ sizePx })}
      />
      <TitleLook {...parts} />
      <TitleColour {...parts} />
    </Section>
  );
}

interface TitlePartProps {
  readonly title: Title;
  /** Previews a change. */
  readonly live: (part: Partial<Title>) => void;
  /** Makes a change, as one undo step. */
  readonly commit: (part: Partial<Title>) => void;
}

function TitleText({ title, live, commit }: TitlePartProps) {
  const { t } = useTranslation('inspector');
  const [typed, setTyped] = useState<string | null>(null);
  const missing = useMissingGlyphs(typed ?? title.text);
  return (
    <>
      <div className={styles.row}>
        <TextArea
          className={styles.words}
          label={t('titleText')}
          rows={3}
          value={typed ?? title.text}
          onChange={(text) => {
            setTyped(text);
            live({ text });
          }}
          onBlur={() => {
            if (typed !== null && typed !== title.text) commit({ text: typed });
            setTyped(null);
          }}
        />
      </div>
      {missing !== '' ? (
        <div className={styles.row}>
          <p className={styles.problem} role="status">
            {t('noGlyphs', { characters: missing })}
          </p>
        </div>
      ) : null}
    </>
  );
}

function TitleLook({ title, commit }: TitlePartProps) {
  const { t } = useTranslation('inspector');
  return (
    <>
      <div className={styles.row}>
        <span className={styles.label}>{t('weight')}</span>
        <Select
          className={styles.wide}
          size="s"
          label={t('weight')}
          value={String(title.weight) as '400' | '600' | '700'}
          options={(['400', '600', '700'] as const).map((value) => ({ value, label: t(`weights.${value}`) }))}
          onChange={(weight) => commit({ weight: Number(weight) as Title['weight'] })}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.label}>{t('align')}</span>
        <Segmented
          className={styles.wide}
          size="s"
          label={t('align')}
          value={title.align}
          options={(['left', 'center', 'right'] as const).map((value) => ({ value, label: t(`aligns.${value}`) }))}
          onChange={(align) => commit({ align })}
        />
      </div>
      <div className={styles.row}>
        <span className={styles.label}>{t('vertical')}</span>
        <Segmented
          className={styles.wide}
          size="s"
          label={t('vertical')}
          value={title.vertical ?? 'middle'}
          options={(['top', 'middle', 'bottom'] as const).map((value) => ({ value, label: t(`verticals.${value}`) }))}
          onChange={(vertical) => commit({ vertical })}
        />
      </div>
    </>
  );
}

function TitleColour({ title, live, commit }: TitlePartProps) {
  const { t } = useTranslation('inspector');
  function commitColour(color: string): void {
    if (color !== title.color.slice(0, 7)) commit({ color });
    else setLivePreview(null);
  }
  return (
    <div className={styles.row}>
      <span className={styles.label}>{t('colour')}</span>
      <input
        type="color"
        className={`${styles.swatch} ${styles.wide}`}
        aria-label={t('colour')}
        value={title.color.slice(0, 7)}
        onInput={(event) => live({ color: event.currentTarget.value })}
        onBlur={(event) => commitColour(event.currentTarget.value)}
        onChange={() => undefined}
      />
    </div>
  );
}

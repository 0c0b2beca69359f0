import { useTranslation } from 'react-i18next';
import { Volume2, VolumeX, X } from 'lucide-react';
import { findClip } from '../../../../core/document/query.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import { shownShortcut } from '../../../actions/shortcuts.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { isSound } from '../pictures.ts';
import { ComparePictures } from './ComparePictures.tsx';
import { CompareSounds } from './CompareSounds.tsx';

const sourceValue = 'source';

/** The source, unless the clip is generated, and every take of a clip. */
function useTakeOptions(document: ProjectDocument, clipId: string) {
  const { t } = useTranslation('viewer');
  const clip = findClip(document, clipId)?.clip;
  return [
    ...(clip && clip.reference.kind !== 'generated' ? [{ value: sourceValue, label: t('comparing.source') }] : []),
    ...(clip?.generation?.takeIds ?? []).map((value, index) => ({
      value,
      label: t('comparing.take', { number: index + 1 }),
    })),
  ];
}

/** The viewer's head during a comparison: the two takes, how to compare them, and buttons that use one of them. */
export function CompareBar() {
  const { t } = useTranslation('viewer');
  const compare = useEditor((state) => state.compare)!;
  const document = useEditor((state) => state.document)!;
  const { run, setSession } = useEditor.getState();
  const options = useTakeOptions(document, compare.clipId);
  const choose = (side: 'a' | 'b', value: string) =>
    setSession({ compare: { ...compare, [side]: value === sourceValue ? null : value } });
  const use = (takeId: string | null) => {
    run('setActiveTake', { sequenceId: document.activeSequenceId, clipId: compare.clipId, takeId });
    setSession({ compare: null });
  };
  const heard = isSound(document, compare.clipId);
  return (
    <>
      <Select
        size="s"
        quiet
        label={t('comparing.left')}
        value={compare.a ?? sourceValue}
        options={options}
        onChange={(value) => choose('a', value)}
      />
      <Select
        size="s"
        quiet
        label={t('comparing.right')}
        value={compare.b ?? sourceValue}
        options={options}
        onChange={(value) => choose('b', value)}
      />
      <span className="grow" />
      {heard ? (
        <HeardSwitch />
      ) : (
        <Segmented
          label={t('comparing.mode')}
          size="s"
          value={compare.mode}
          options={[
            { value: 'wipe', label: t('comparing.wipe') },
            { value: 'side', label: t('comparing.side') },
            { value: 'blink', label: t('comparing.blink') },
          ]}
          onChange={(mode) => setSession({ compare: { ...compare, mode } })}
        />
      )}
      <span className="grow" />
      <Button size="s" onClick={() => use(compare.a)}>
        {t('comparing.useA')}
      </Button>
      <Button size="s" onClick={() => use(compare.b)}>
        {t('comparing.useB')}
      </Button>
      <IconButton icon={X} size="s" label={t('comparing.close')} onClick={() => setSession({ compare: null })} />
    </>
  );
}

/** Which of the two is heard. The other plays on silently, so that the switch is immediate. */
function HeardSwitch() {
  const { t } = useTranslation('viewer');
  const heard = useEditor((state) => state.compare?.heard ?? 'b');
  const key = shownShortcut('ai.compareSwitch');
  return (
    <Segmented
      label={key === null ? t('comparing.heard') : `${t('comparing.heard')} (${key})`}
      size="s"
      value={heard}
      options={(['a', 'b'] as const).map((value) => ({
        value,
        icon: heard === value ? Volume2 : VolumeX,
        label: t(value === 'a' ? 'comparing.hearA' : 'comparing.hearB'),
      }))}
      onChange={(side) => {
        const { compare, setSession } = useEditor.getState();
        if (compare) setSession({ compare: { ...compare, heard: side } });
      }}
    />
  );
}

/** Compares two takes over the viewer: sounds by ear, pictures by eye. */
export function CompareOverlay() {
  const heard = useEditor(
    (state) => state.document !== null && state.compare !== null && isSound(state.document, state.compare.clipId),
  );
  return heard ? <CompareSounds /> : <ComparePictures />;
}

import { useTranslation } from 'react-i18next';
import { Wand } from 'lucide-react';
import { looks, type LookId } from '../../../../core/actions/restyle/looks.ts';
import { setPrompt, setSettings, useDraft } from '../../../services/aiDraft.ts';
import { setMask } from '../../../services/maskSteps.ts';
import { openAiAction } from '../../../services/openAi.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Menu } from '../../../ui/Menu.tsx';

/** What is done with a mask in one step: the panel opens on it, ready to be made. */
const uses: readonly {
  readonly name: 'blur' | 'spotlight' | 'mosaic' | 'soften';
  readonly look: LookId;
  readonly scope: 'background' | 'masked';
}[] = [
  { name: 'blur', look: 'blurred', scope: 'background' },
  { name: 'spotlight', look: 'dimmed', scope: 'background' },
  { name: 'mosaic', look: 'mosaic', scope: 'masked' },
  { name: 'soften', look: 'blurred', scope: 'masked' },
];

/**
 * A wide feather would leave a rim of the untouched picture around a spotlight, and one of the face around a mosaic. A
 * mask that follows is soft where the footage is.
 */
function keepEdge(clipId: string): void {
  const { masks, maskMode, setSession } = useEditor.getState();
  const mask = masks[clipId];
  const featherPx = mask?.kind === 'followed' ? 0 : 1;
  if (!mask || mask.featherPx <= featherPx) return;
  setMask(clipId, { ...mask, featherPx });
  if (maskMode) setSession({ maskMode: { ...maskMode, featherPx } });
}

/** Blur behind, spotlight, mosaic and removal of what is masked. */
export function MaskUse({ clipId }: { clipId: string }) {
  const { t, i18n } = useTranslation('viewer');
  const open = (look: LookId, scope: 'background' | 'masked'): void => {
    const { words, chinese } = looks[look];
    keepEdge(clipId);
    setPrompt('restyle', (i18n.language === 'zh' ? chinese : words)[0]);
    // nothing of a look chosen before stays in it: faces above all must not be kept from a mosaic
    setSettings('restyle', { references: [] });
    useDraft.setState({ scope, strength: 1, keepFaces: false });
    openAiAction('restyle');
  };
  return (
    <Menu
      side="top"
      trigger={
        <Button size="s" icon={Wand}>
          {t('mask.use.label')}
        </Button>
      }
      entries={[
        ...uses.map(({ name, look, scope }) => ({
          ...{ kind: 'item' as const, id: name },
          label: t(`mask.use.${name}`),
          run: () => open(look, scope),
        })),
        {
          ...{ kind: 'item' as const, id: 'remove' },
          label: t('mask.use.remove'),
          run: () => {
            useDraft.setState({ edit: 'remove' });
            openAiAction('inpaint');
          },
        },
      ]}
    />
  );
}

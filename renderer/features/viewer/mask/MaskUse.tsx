import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Wand } from 'lucide-react';
import { looks, type LookId } from '../../../../core/actions/restyle/looks.ts';
import { findClip } from '../../../../core/document/query.ts';
import { addCutOut, cutOutProblem, groundsOf, isCutOut, type Ground } from '../../../services/cutOut.ts';
import { setPrompt, setSettings, useDraft } from '../../../services/aiDraft.ts';
import { setMask } from '../../../services/maskSteps.ts';
import { openAiAction } from '../../../services/openAi.ts';
import { useEditor } from '../../../services/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx';

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
function keepEdge(clipId: string, most: 0 | 1 = 1): void {
  const { masks, maskMode, setSession } = useEditor.getState();
  const mask = masks[clipId];
  const featherPx = mask?.kind === 'followed' ? 0 : most;
  if (!mask || mask.featherPx <= featherPx) return;
  setMask(clipId, { ...mask, featherPx });
  if (maskMode) setSession({ maskMode: { ...maskMode, featherPx } });
}

/** Plain colours to stand behind a cut-out; the inspector changes them. */
const colours = [
  { name: 'white', color: '#ffffff' },
  { name: 'grey', color: '#808080' },
  { name: 'black', color: '#000000' },
  { name: 'green', color: '#00b140' },
  { name: 'blue', color: '#1f5fbf' },
] as const;

/** Files of the bin that the menu lists. */
const mostFiles = 30;

/** Cutting out, and another background. */
function cutOutEntries(clipId: string, t: TFunction<'viewer'>): MenuEntry[] {
  const cutOut = (ground: Ground | null): void => {
    keepEdge(clipId, 0);
    addCutOut(clipId, ground);
  };
  const state = useEditor.getState();
  const { document } = state;
  const clip = document && findClip(document, clipId)?.clip;
  const problem = cutOutProblem(state, clipId);
  const again = clip !== undefined && clip !== null && isCutOut(clip);
  const files = document ? groundsOf(document).slice(0, mostFiles) : [];
  return [
    {
      ...{ kind: 'item', id: 'cutOut', label: t(again ? 'mask.use.cutOutAgain' : 'mask.use.cutOut') },
      disabled: problem !== null,
      run: () => cutOut(null),
    },
    {
      ...{ kind: 'submenu', id: 'ground', label: t('mask.use.ground'), disabled: problem !== null },
      entries: [
        ...colours.map(({ name, color }) => ({
          ...{ kind: 'item' as const, id: name, label: t(`mask.use.colours.${name}`) },
          run: () => cutOut({ kind: 'colour', color }),
        })),
        { kind: 'separator', id: 'files' },
        ...files.map(({ id, name }) => ({
          ...{ kind: 'item' as const, id, label: name },
          run: () => cutOut({ kind: 'media', mediaId: id }),
        })),
      ],
    },
    ...(problem === 'notFollowed' || problem === 'following'
      ? [{ kind: 'empty' as const, id: 'why', label: t(`mask.use.why.${problem}`) }]
      : []),
    { kind: 'separator', id: 'looks' },
  ];
}

/** Cutting out, another background, blur behind, spotlight, mosaic and removal of what is masked. */
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
      entries={() => [
        ...cutOutEntries(clipId, t),
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

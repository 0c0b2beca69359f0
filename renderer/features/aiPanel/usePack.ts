import type { PackInfo } from '../../../core/contract/contract.ts';
import type { AiAction } from '../../services/editor.ts';
import { useEditor } from '../../services/store.ts';
import { useDraft } from '../../services/aiDraft.ts';

/** Packs that are whole and can do an action. */
export function packsFor(packs: readonly PackInfo[], action: AiAction): PackInfo[] {
  return packs.filter(
    (pack) => pack.problem === null && (action === 'soundtrack' ? pack.soundtrack !== null : pack.video !== null),
  );
}

/** The chosen pack for an action, else the first that can do it; null when none can. */
export function usePack(action: AiAction): PackInfo | null {
  const packs = useEditor((state) => state.packs);
  const chosen = useDraft((draft) => draft.settings[action].packId);
  const able = packsFor(packs, action);
  return able.find((pack) => pack.id === chosen) ?? able[0] ?? null;
}

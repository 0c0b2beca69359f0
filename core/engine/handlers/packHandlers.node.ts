/** packs.* */
import { resolve } from 'node:path';
import type { Handlers } from '../../contract/contract.ts';
import type { PackStore } from '../packs/packStore.node.ts';

/** Lists, checks, installs and removes model packs for the window. */
export function packHandlers(
  packs: PackStore,
): Pick<Handlers, 'packs.list' | 'packs.verify' | 'packs.add' | 'packs.remove'> {
  return {
    'packs.list': () => packs.list(),
    'packs.verify': ({ packId }) => packs.verify(packId),
    'packs.add': ({ path }) => packs.add(resolve(path)),
    async 'packs.remove'({ packId }) {
      await packs.remove(packId);
      return {};
    },
  };
}

import { useState } from 'react';
import { toFailure } from '../../../core/contract/errors.ts';
import { engine } from '../../services/connection.ts';
import { failureSentence } from '../../services/errors.ts';
import { refreshPacks } from '../../services/machine.ts';
import { words } from '../../services/noticeWords.ts';
import { useEditor } from '../../services/store.ts';

export interface AddingPack {
  readonly busy: boolean;
  /** Why the last one was refused; stays until the next try. */
  readonly refusal: string | null;
  add(path: string): Promise<void>;
  addFile(file: File): Promise<void>;
}

/** Copies, checks every hash and installs; a pack that fails any of it leaves nothing behind. */
export function useAddPack(): AddingPack {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const install = async (path: () => Promise<string>) => {
    setBusy(true);
    setRefusal(null);
    try {
      const pack = await engine().call('packs.add', { path: await path() });
      useEditor.getState().notify('info', words('models:added', { name: pack.name }), { about: 'app' });
      refreshPacks();
    } catch (error) {
      setRefusal(failureSentence(toFailure(error)));
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    refusal,
    add: (path) => install(async () => path),
    addFile: (file) => install(() => engine().upload(file)),
  };
}

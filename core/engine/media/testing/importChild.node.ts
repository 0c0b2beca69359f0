/** A child that imports files one by one through the real media service, so that a test can count what kills it. */
import { join } from 'node:path';
import { toFailure } from '../../../contract/errors.ts';
import { createProject } from '../../../document/create.ts';
import { recordedContext, renderAlone } from '../../render/testing/renderAlone.node.ts';

/** What became of one file. */
export type Imported =
  | { readonly path: string; readonly outcome: 'refused'; readonly code: string; readonly message: string }
  | {
      readonly path: string;
      readonly outcome: 'imported';
      readonly kind: string;
      /** Why a poster, filmstrip, proxy or peaks could not be made; null where all could. */
      readonly cacheFailure: { readonly code: string; readonly message: string } | null;
    };

const [folder = '.', assets = '.'] = process.argv.slice(2);
const document = createProject('Hostile', { width: 64, height: 36, rate: { num: 30, den: 1 } });
const { media } = renderAlone(document, join(folder, 'project'), assets);

async function importOne(path: string): Promise<Imported> {
  const { imported, refused } = await media.import(document.id, [path]);
  const [item] = imported;
  if (!item) return { path, outcome: 'refused', code: refused[0]!.code, message: refused[0]!.message };
  document.media[item.id] = item;
  const spec = { kind: 'mediaCache', projectId: document.id, mediaId: item.id } as const;
  const cacheFailure = await media.runMediaCache(spec, recordedContext()).then(
    () => null,
    (error: unknown) => toFailure(error),
  );
  return { path, outcome: 'imported', kind: item.kind, cacheFailure };
}

// a rejection ends the child: the test counts it as a death
process.on('message', async (path: string) => process.send?.(await importOne(path)));
process.send?.('ready');

/**
 * Which clips show a take that is no longer what they ask for. The engine hashes a request together with its inputs'
 * content; the take carries the hash of its time. The seed is the take's own: another take of the same request is
 * another throw of the dice, not a stale one.
 */
import type { SoundFontStatus } from '../../core/contract/contract.ts';
import { allClips } from '../../core/document/query.ts';
import type { Clip, GenerationRequest, ProjectDocument } from '../../core/document/schema.ts';
import { engine } from './connection.ts';
import { sayFailure } from './errors.ts';
import { documentSaved, useEditor } from './store.ts';

const settleMs = 400;

interface Question {
  readonly clipId: string;
  readonly request: GenerationRequest;
  readonly takeHash: string;
}

/** Every clip that shows a take, as the request whose hash the take must carry. */
export function staleQuestions(document: ProjectDocument): Question[] {
  return Object.values(document.sequences).flatMap((sequence) =>
    allClips(sequence).flatMap((clip) => question(document, clip) ?? []),
  );
}

function question(document: ProjectDocument, clip: Clip): Question | null {
  const take = clip.generation?.activeTakeId ? document.takes[clip.generation.activeTakeId] : undefined;
  if (!clip.generation || !take) return null;
  return { clipId: clip.id, request: { ...clip.generation.request, seed: take.seed }, takeHash: take.requestHash };
}

/** sha256 of the SoundFont that the user chose; null = none. */
function ownSoundFont(status: SoundFontStatus | null): string | null {
  const font = status?.font;
  return font && (font.origin === 'chosen' || font.origin === 'environment') ? font.sha256 : null;
}

/** Answers the function that stops it. */
export function watchStaleness(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const check = async () => {
    timer = null;
    await documentSaved();
    const { document, projectId, staleClips } = useEditor.getState();
    if (!document || !projectId) return;
    const questions = staleQuestions(document);
    const hashes =
      questions.length === 0
        ? []
        : await engine().call('generation.hash', {
            projectId,
            requests: questions.map((q) => q.request),
            takeHashes: questions.map((q) => q.takeHash),
          });
    // changed meanwhile: another check is on its way
    if (useEditor.getState().document !== document) return;
    const stale = Object.fromEntries(
      questions.flatMap((q, index) => (hashes[index] === q.takeHash ? [] : [[q.clipId, true] as const])),
    );
    if (Object.keys(stale).sort().join() !== Object.keys(staleClips).sort().join())
      useEditor.setState({ staleClips: stale });
  };
  return useEditor.subscribe((state, before) => {
    // music is out of date once the user has chosen another SoundFont
    const sameFont = ownSoundFont(state.soundFont) === ownSoundFont(before.soundFont);
    if ((state.document === before.document && sameFont) || !state.document) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => void check().catch(sayFailure), settleMs);
  });
}

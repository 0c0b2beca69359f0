import { useDraft } from '../../../services/aiDraft.ts';
import { useEditor } from '../../../services/store.ts';
import type { FormProps } from '../form.ts';
import { isJoin } from '../joins/joinRequest.ts';
import { WaysForm } from '../joins/WaysForm.tsx';
import { PictureSlots } from '../PictureSlots.tsx';
import { PromptBox } from '../PromptBox.tsx';
import { SizeChoice } from './SizeChoice.tsx';
import { drawnSizeOf, isDrawn } from './drawn.ts';
import { factorOf, upscaleOf } from './upscale.ts';

/** The words, the pictures to start from, and the size where the pack can upscale. Fills gaps too. */
export function GenerateForm({ goal, pack, request, words }: FormProps) {
  const draft = useDraft();
  const packs = useEditor((state) => state.packs);
  const document = useEditor((state) => state.document);
  const factor = factorOf({ packs }, goal, pack?.id ?? null);
  const drawnSize = drawnSizeOf({ packs }, goal, draft, pack?.id ?? null);
  const chosen = isDrawn({ packs }, goal, draft, pack?.id ?? null)
    ? ('drawn' as const)
    : upscaleOf({ packs }, goal, draft, pack?.id ?? null) !== null
      ? ('large' as const)
      : ('own' as const);
  if (document && request && isJoin(request, document)) return <WaysForm request={request} />;
  return (
    <>
      <PromptBox action="generate" words={words} />
      <PictureSlots action="generate" slots={['first', 'last', 'who', 'add']} asked={request} />
      {pack?.video && (factor || drawnSize) ? (
        <SizeChoice video={pack.video} factor={factor} isDrawable={drawnSize !== null} chosen={chosen} />
      ) : null}
    </>
  );
}

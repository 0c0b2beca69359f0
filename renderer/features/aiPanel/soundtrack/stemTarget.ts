/** Choices for selected stems: another take, regenerating the marked part, or a new soundtrack. */
import { create } from 'zustand';

/** What selected stems are selected for. */
export type StemTarget = 'take' | 'part' | 'new';

/** The choice; kept while other clips are selected. */
export const useStemTarget = create<{ target: StemTarget }>()(() => ({ target: 'take' }));

/** With stems selected: another take of them, their marked part anew, or a new soundtrack. */
import { create } from 'zustand';

export type StemTarget = 'take' | 'part' | 'new';

export const useStemTarget = create<{ target: StemTarget }>()(() => ({ target: 'take' }));

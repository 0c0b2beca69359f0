import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { footageFamily, type LoadedPack } from '../../packs/packStore.node.ts';
import type { SpeechRun } from './speechRun.ts';

/** The pack's graphs for cleaning a voice. Throws FailureError 'packMissing' where one of them is missing. */
export function speechGraphs(pack: LoadedPack): SpeechRun['graphs'] {
  const { denoiseSpeechEncoder, denoiseSpeechGains, denoiseSpeechFilters } = footageFamily(pack).graphs;
  if (denoiseSpeechEncoder !== undefined && denoiseSpeechGains !== undefined && denoiseSpeechFilters !== undefined)
    return { encoder: denoiseSpeechEncoder, gains: denoiseSpeechGains, filters: denoiseSpeechFilters };
  throw new FailureError('packMissing', sentence('pack.cannotCleanSpeech', { name: pack.manifest.name }));
}

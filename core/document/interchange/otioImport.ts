/**
 * Imports OpenTimelineIO as a new project. Times, media, gaps, dissolves and markers come from OTIO's own words, so
 * that what another program changed counts; what only Framewright says is read back from `metadata.framewright`.
 */
import { ticksPerSecond, type Rate, type Ticks } from '../../time/ticks.ts';
import { createClip, createProject, createTrack, newId } from '../create.ts';
import { documentProblems } from '../invariants.ts';
import { contentKeyOfName } from '../names.ts';
import { parseDocument } from '../parse.ts';
import { abut } from '../query.ts';
import {
  clipSchema,
  markerSchema,
  mediaItemSchema,
  mediaReferenceSchema,
  takeSchema,
  trackSchema,
  type Clip,
  type MediaItem,
  type MediaReference,
  type ProjectDocument,
  type Sequence,
  type Take,
  type Track,
} from '../schema.ts';
import { withinLength } from '../nameLength.ts';
import { migrateRequest } from '../../actions/migrateRequest.ts';
import { rateSchema } from '../refs.ts';
import { maxTransitionTicks } from '../sources.ts';
import { InterchangeError, type Imported } from './interchangeError.ts';
import { itemsOf, ownReference, type Item } from './otioItems.ts';
import { partInMedia, sourceTicksOf, speedOf } from './otioSpeed.ts';
import { findTimeline, parseOtio, type Timeline } from './otioText.ts';
import {
  isJson,
  listOf,
  pathFromUrl,
  rateFromNumber,
  readRange,
  readTime,
  schemaOf,
  textOf,
  type Json,
} from './otioTime.ts';

/** See `importOtioWithNotices`; for callers that have nobody to tell. */
export function importOtio(text: string, sourceName: string): ProjectDocument {
  return importOtioWithNotices(text, sourceName).document;
}

/** What is known of a media file itself. */
export interface KnownMedia {
  /** Its start time code; null where it has none. */
  readonly timecodeTicks: Ticks | null;
  readonly durationTicks: Ticks;
}

/** Where the media of a timeline are, and what is known of them. */
export interface MediaFolder {
  /** Relative media paths are joined to it: the timeline's own folder. */
  readonly baseFolder?: string | null;
  /** By path, of the files that are there. */
  readonly known?: ReadonlyMap<string, KnownMedia>;
}

/** Throws InterchangeError naming `sourceName`. */
export function importOtioWithNotices(
  text: string,
  sourceName: string,
  folder: MediaFolder = {},
): Imported<ProjectDocument> {
  const notices = new Set<string>();
  const timeline = findTimeline(parseOtio(text, sourceName), sourceName, notices);
  return new Importing(timeline, sourceName, folder, notices).run();
}

class Importing {
  readonly #timeline: Timeline;
  readonly #sourceName: string;
  readonly #baseFolder: string | null;
  readonly #known: ReadonlyMap<string, KnownMedia>;
  readonly #document: ProjectDocument;
  readonly #sequence: Sequence;
  readonly #notices: Set<string>;
  readonly #mediaByUrl = new Map<string, MediaItem>();

  constructor(timeline: Timeline, sourceName: string, folder: MediaFolder, notices: Set<string>) {
    this.#timeline = timeline;
    this.#sourceName = sourceName;
    this.#baseFolder = folder.baseFolder ?? null;
    this.#known = folder.known ?? new Map();
    this.#notices = notices;
    const own = framewrightOf(timeline.json);
    const width = evenPixels(own['width']);
    const height = evenPixels(own['height']);
    const stated = rateSchema.safeParse(own['rate']);
    const rate = stated.success ? stated.data : firstRate(timeline);
    this.#document = createProject(withinLength(timeline.name, 200), {
      width: width ?? 1920,
      height: height ?? 1080,
      rate,
    });
    this.#sequence = this.#document.sequences[this.#document.activeSequenceId]!;
    this.#sequence.name = timeline.name;
    const [inTicks, outTicks] = [own['inTicks'], own['outTicks']].map((value) =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null,
    ) as [Ticks | null, Ticks | null];
    if (inTicks === null || outTicks === null || inTicks < outTicks)
      Object.assign(this.#sequence, { inTicks, outTicks });
  }

  run(): Imported<ProjectDocument> {
    const stack = this.#timeline.stack;
    const tracks = listOf(stack['children']).map((child, index) => this.#readTrack(child, index));
    for (const kind of ['video', 'audio'] as const) {
      if (!tracks.some((track) => track.kind === kind))
        tracks.push(createTrack(kind, kind === 'video' ? 'picture' : 'speech', kind === 'video' ? 'Picture' : 'Sound'));
    }
    // OTIO draws its tracks bottom to top too; ours keep picture before sound
    this.#sequence.tracks = [
      ...tracks.filter((track) => track.kind === 'video'),
      ...tracks.filter((track) => track.kind === 'audio'),
    ];
    this.#freeLoneLinks();
    for (const marker of listOf(stack['markers'])) this.#readMarker(marker, 0);
    this.#sequence.markers.sort((a, b) => a.ticks - b.ticks);
    const problem = documentProblems(this.#document)[0];
    if (problem) throw new InterchangeError('damaged', `'${this.#sourceName}' cannot be laid out: ${problem.text}.`);
    const parsed = parseDocument(this.#document);
    if (!parsed.ok)
      throw new InterchangeError('damaged', `'${this.#sourceName}' cannot be imported: ${parsed.reason}.`);
    return { document: this.#document, notices: [...this.#notices] };
  }

  #readTrack(json: Json, index: number): Track {
    const kind = textOf(json['kind']) === 'Audio' ? 'audio' : 'video';
    const track = createTrack(
      kind,
      kind === 'audio' ? 'speech' : index === 0 ? 'picture' : 'overlay',
      textOf(json['name']) || `${kind === 'audio' ? 'Sound' : 'Picture'} ${index + 1}`,
    );
    const own = trackSchema
      .pick({ role: true, muted: true, solo: true, hidden: true, locked: true, gainDb: true })
      .partial()
      .safeParse(framewrightOf(json));
    if (own.success) Object.assign(track, own.data);
    if (json['enabled'] === false) Object.assign(track, kind === 'video' ? { hidden: true } : { muted: true });
    // a clip directly in a stack, without a track
    const container = ['Track', 'Sequence', 'Stack'].includes(schemaOf(json)) ? json : { children: [json] };
    this.#layOut(
      track,
      itemsOf(schemaOf(container) === 'Stack' ? { children: [container] } : container, this.#notices),
    );
    for (const marker of listOf(json['markers'])) this.#readMarker(marker, 0);
    return track;
  }

  #layOut(track: Track, items: readonly Item[]): void {
    let at = 0;
    let dissolve: { inTicks: Ticks; outTicks: Ticks } | null = null;
    for (const item of items) {
      if (item.kind === 'transition') {
        dissolve = item;
        continue;
      }
      const before = track.clips.at(-1);
      if (item.kind === 'gap') {
        // a dissolve into nothing is a fade; its second half would be in the gap
        if (dissolve && before)
          before.fadeOutTicks = Math.min(dissolve.inTicks, before.durationTicks - before.fadeInTicks);
        if (dissolve) this.#notices.add('Dissolves from or to nothing became fades.');
        at += item.durationTicks;
      } else {
        const clip = this.#readClip(item, at, track.kind);
        if (clip) track.clips.push(clip);
        if (clip && dissolve) this.#join(track, before ?? null, clip, dissolve);
        for (const marker of listOf(item.json['markers'])) this.#readMarker(marker, at - item.startTicks);
        at += item.durationTicks;
      }
      // a dissolve before a gap waits no longer; after a gap it fades the next clip in
      dissolve = null;
    }
    if (dissolve) {
      const last = track.clips.at(-1);
      if (last) last.fadeOutTicks = Math.min(dissolve.inTicks, last.durationTicks - last.fadeInTicks);
    }
  }

  #join(track: Track, before: Clip | null, clip: Clip, dissolve: { inTicks: Ticks; outTicks: Ticks }): void {
    if (!before || !abut(before, clip)) {
      clip.fadeInTicks = Math.min(dissolve.outTicks, clip.durationTicks - clip.fadeOutTicks);
      this.#notices.add('Dissolves from or to nothing became fades.');
      return;
    }
    const wanted = dissolve.inTicks + dissolve.outTicks;
    const durationTicks = Math.min(wanted, maxTransitionTicks(before, clip));
    if (durationTicks <= 0) return;
    if (Math.abs(dissolve.inTicks - dissolve.outTicks) > 1)
      this.#notices.add('Dissolves that lie off their cut are centred on it.');
    if (durationTicks < wanted) this.#notices.add('Dissolves longer than their clips were shortened.');
    track.transitions.push({ id: newId(), kind: 'crossfade', fromClipId: before.id, toClipId: clip.id, durationTicks });
  }

  /** null where nothing of the clip lies in its media. */
  #readClip(item: Extract<Item, { kind: 'clip' }>, startTicks: Ticks, kind: Track['kind']): Clip | null {
    const { json } = item;
    const name = textOf(json['name']) || 'Clip';
    const reference = ownReference(json);
    const own = framewrightOf(json);
    const speed = speedOf(item.effects, name, own['clip'], this.#notices);
    const inTicks = this.#sourceIn(item.startTicks, reference);
    const part = partInMedia(inTicks, { startTicks, durationTicks: item.durationTicks }, speed);
    if (!part) {
      this.#notices.add(`'${name}' shows nothing of its media, which begins later: a gap was left in its place.`);
      return null;
    }
    const neededTicks = part.sourceInTicks + sourceTicksOf(part.durationTicks, speed.speed);
    const clip = createClip(
      name,
      this.#readReference(reference, name, kind, neededTicks),
      part.startTicks,
      part.durationTicks,
    );
    this.#sayWhatIsNotThere(clip, neededTicks);
    const kept = clipSchema
      .omit({
        id: true,
        startTicks: true,
        durationTicks: true,
        sourceInTicks: true,
        generation: true,
        reference: true,
        name: true,
        speed: true,
        reversed: true,
        enabled: true,
      })
      .partial()
      .safeParse(own['clip']);
    if (kept.success) Object.assign(clip, kept.data);
    Object.assign(clip, speed, { sourceInTicks: part.sourceInTicks });
    clip.enabled = json['enabled'] !== false;
    this.#readGeneration(clip, json, own['generation']);
    if (clip.fadeInTicks + clip.fadeOutTicks > clip.durationTicks)
      Object.assign(clip, { fadeInTicks: 0, fadeOutTicks: 0 });
    return clip;
  }

  /**
   * Where a clip begins in its media. Source times of media that begin at a time code count from there: by the
   * timeline's own record, else by the file's. Negative before the media's first frame.
   */
  #sourceIn(startTicks: Ticks, reference: Json | null): Ticks {
    const available = readRange(reference?.['available_range']);
    if (available) return startTicks - available.startTicks;
    const timecodeTicks = this.#knownMedia(reference)?.timecodeTicks ?? 0;
    return startTicks >= timecodeTicks ? startTicks - timecodeTicks : startTicks;
  }

  #knownMedia(reference: Json | null): KnownMedia | null {
    const url = reference && schemaOf(reference) === 'ExternalReference' ? textOf(reference['target_url']) : '';
    return url === '' ? null : (this.#known.get(pathFromUrl(url, this.#baseFolder)) ?? null);
  }

  /** A frame that rounds differently is not worth a word. */
  #sayWhatIsNotThere({ name, reference }: Clip, neededTicks: Ticks): void {
    const media = reference.kind === 'media' ? this.#document.media[reference.mediaId] : undefined;
    const known = media && this.#known.get(media.path);
    if (!known || media.kind === 'image') return;
    const lacking = neededTicks - known.durationTicks;
    if (lacking > ticksPerSecond / 20)
      this.#notices.add(
        `'${name}' needs ${(lacking / ticksPerSecond).toFixed(2)} s more than its media has: its last frame is held.`,
      );
  }

  #readReference(reference: Json | null, clipName: string, kind: Track['kind'], neededTicks: Ticks): MediaReference {
    const schema = reference ? schemaOf(reference) : 'MissingReference';
    if (reference && schema === 'GeneratorReference') {
      const type = textOf(reference['generator_kind']);
      if (type === 'framewright.generated') return { kind: 'generated' };
      const own = mediaReferenceSchema.safeParse(reference['parameters']);
      if (own.success && own.data.kind !== 'media') return own.data;
      if (kind === 'video') {
        this.#notices.add(`The generator '${type || 'unknown'}' of '${clipName}' became a grey picture.`);
        return { kind: 'solid', color: '#808080' };
      }
    } else if (schema !== 'ExternalReference' && schema !== 'MissingReference') {
      this.#notices.add(
        `The media of '${clipName}' is a ${schema}, which Framewright does not know: it counts as missing.`,
      );
    }
    return { kind: 'media', mediaId: this.#mediaFor(reference, schema, clipName, kind, neededTicks).id };
  }

  /** One item of the bin a file; files that are missing have an item each, to be found by relinking. */
  #mediaFor(
    reference: Json | null,
    schema: string,
    clipName: string,
    kind: Track['kind'],
    neededTicks: Ticks,
  ): MediaItem {
    const url = schema === 'ExternalReference' ? textOf(reference?.['target_url']) : '';
    const path = url === '' ? '' : pathFromUrl(url, this.#baseFolder);
    const name = path.split(/[\\/]/).at(-1) || textOf(reference?.['name']) || clipName;
    const key = url || `missing ${name}`;
    const available = readRange(reference?.['available_range']);
    const known = this.#mediaByUrl.get(key);
    if (known) {
      // the same file under picture and sound: it has both
      if (kind === 'audio') known.audio ??= { sampleRateHz: 48000, channels: 2, codec: 'unknown' };
      else known.video ??= this.#unknownPicture();
      if (!available) known.durationTicks = Math.max(known.durationTicks, neededTicks);
      return known;
    }
    const own = mediaItemSchema.safeParse(reference ? framewrightOf(reference)['media'] : null);
    const media: MediaItem = own.success
      ? // another file under our record: the facts may still hold, its identity does not
        path === '' || path === own.data.path
        ? own.data
        : { ...own.data, id: newId(), name, path, contentKey: contentKeyOfName(key) }
      : {
          id: newId(),
          name,
          path,
          contentKey: contentKeyOfName(key),
          sizeBytes: 0,
          kind: kind === 'audio' ? 'audio' : 'video',
          durationTicks: available?.durationTicks ?? neededTicks,
          video: kind === 'audio' ? null : this.#unknownPicture(),
          audio: kind === 'audio' ? { sampleRateHz: 48000, channels: 2, codec: 'unknown' } : null,
          importedAt: new Date().toISOString(),
        };
    if (path === '') this.#notices.add(`The media of '${name}' is missing: relink it in the bin.`);
    this.#mediaByUrl.set(key, media);
    this.#document.media[media.id] = media;
    return media;
  }

  #unknownPicture(): NonNullable<MediaItem['video']> {
    const { width, height, rate } = this.#sequence;
    return { width, height, rate, codec: 'unknown', rotationDegrees: 0, hasAlpha: false };
  }

  /**
   * Our own clips bring their request and their takes' records; the takes' files stay where they are until relinked.
   */
  #readGeneration(clip: Clip, json: Json, own: unknown): void {
    if (!isJson(own)) return;
    const request = migrateRequest(own['request']);
    if (!request) {
      this.#notices.add(`What was asked of the AI for '${clip.name}' could not be read.`);
      return;
    }
    const references = isJson(json['media_references']) ? json['media_references'] : {};
    const takes = Object.values(references)
      .filter(isJson)
      .flatMap((reference) => {
        const take = takeSchema.safeParse(framewrightOf(reference)['take']);
        return take.success ? [take.data] : [];
      });
    for (const take of takes) this.#document.takes[take.id] = { ...take, clipId: clip.id };
    const takeIds = takes.map((take) => take.id);
    const named = /^take-(.+)$/.exec(textOf(json['active_media_reference_key']))?.[1];
    const active = named ?? activePatch(takes, own['activeTakeId']);
    clip.generation = {
      request,
      takeIds,
      activeTakeId: active !== null && takeIds.includes(active) ? active : null,
      failure: null,
    };
  }

  #readMarker(json: Json, offsetTicks: Ticks): void {
    const range = readRange(json['marked_range']);
    const ticks = range ? range.startTicks + offsetTicks : null;
    if (ticks === null || ticks < 0) return;
    const kind = markerSchema.shape.kind.safeParse(framewrightOf(json)['kind']);
    this.#sequence.markers.push({
      id: newId(),
      ticks,
      name: textOf(json['name']),
      kind: kind.success ? kind.data : 'marker',
    });
  }

  #freeLoneLinks(): void {
    const counts = new Map<string, number>();
    const clips = this.#sequence.tracks.flatMap((track) => track.clips);
    for (const { linkId } of clips) if (linkId !== null) counts.set(linkId, (counts.get(linkId) ?? 0) + 1);
    for (const clip of clips) if (clip.linkId !== null && counts.get(clip.linkId) === 1) clip.linkId = null;
  }
}

function framewrightOf(json: Json): Json {
  const metadata = json['metadata'];
  const own = isJson(metadata) ? metadata['framewright'] : null;
  return isJson(own) ? own : {};
}

function evenPixels(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 16 && value <= 8192 && value % 2 === 0
    ? value
    : null;
}

/** The rate that the file counts its frames in: its start's, else its first item's, else 24. */
function firstRate({ json, stack }: Timeline): Rate {
  const stated = isJson(json['global_start_time']) ? rateFromNumber(json['global_start_time']['rate']) : null;
  if (stated) return stated;
  const queue: Json[] = [stack];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const range = next['source_range'];
    const duration =
      isJson(range) && readTime(range['duration']) !== null && isJson(range['duration']) ? range['duration'] : null;
    const rate = duration ? rateFromNumber(duration['rate']) : null;
    if (rate) return rate;
    queue.push(...listOf(next['children']));
  }
  return { num: 24, den: 1 };
}

/** In other programs a patch gives way to its footage; among our own takes it was the active one. */
function activePatch(takes: readonly Take[], activeTakeId: unknown): string | null {
  return takes.find((take) => take.id === activeTakeId && take.patch)?.id ?? null;
}

/**
 * Drives gestures without a screen: a world of two picture tracks and a sound track at 100 px a second, a hand in
 * seconds and lanes. For tests.
 */
import { produce } from 'immer';
import { commands } from '../../../../core/commands/registry.ts';
import type { Command, CommandName } from '../../../../core/commands/commands.ts';
import { createClip, createProject, createTrack } from '../../../../core/document/create.ts';
import { activeSequence, findClipIn } from '../../../../core/document/query.ts';
import type { Clip, MediaItem, ProjectDocument } from '../../../../core/document/schema.ts';
import { secondsFromTicks, ticksFromSeconds } from '../../../../core/time/ticks.ts';
import type { SessionState } from '../../../services/editor.ts';
import { layoutLanes } from '../view/laneLayout.ts';
import { beginOnLanes } from './begin.ts';
import type { Effect, ExtensionOffer, Pointer, Preview, Step, World } from './gesture.ts';
import { emptyPreview } from './gesture.ts';
import { createGestureMachine } from './machine.ts';
import { contentKeyOfName } from '../../../../core/document/names.ts';

/** Zoom of the test timeline. */
export const pixelsPerSecond = 100;
/** All sources of the tester are this long. */
export const sourceSeconds = 60;

const media = (id: string, kind: MediaItem['kind']): MediaItem => ({
  id,
  name: `${id}.mp4`,
  path: `/${id}.mp4`,
  contentKey: contentKeyOfName(id),
  sizeBytes: 1,
  kind,
  durationTicks: ticksFromSeconds(sourceSeconds),
  video:
    kind === 'audio'
      ? null
      : { width: 1280, height: 720, rate: { num: 30, den: 1 }, codec: 'h264', rotationDegrees: 0, hasAlpha: false },
  audio: kind === 'image' ? null : { sampleRateHz: 48000, channels: 2, codec: 'aac' },
  importedAt: '2026-11-23T00:00:00.000Z',
});

/** `at` and `to` in seconds on the timeline, `from` = the source's second under its first frame. */
export interface TestClip {
  readonly id: string;
  readonly track: 'v1' | 'v2' | 'a1';
  readonly at: number;
  readonly to: number;
  readonly from?: number;
  readonly link?: string;
  readonly reference?: Clip['reference'];
}

/** A 1280 x 720, 30 fps project with tracks v1, v2 and a1 and the given clips. */
export function testDocument(clips: readonly TestClip[]): ProjectDocument {
  const project = createProject('Test', { width: 1280, height: 720, rate: { num: 30, den: 1 } });
  const sequence = activeSequence(project);
  sequence.tracks = [
    { ...createTrack('video', 'picture', 'Picture'), id: 'v1' },
    { ...createTrack('video', 'overlay', 'Overlays'), id: 'v2' },
    { ...createTrack('audio', 'speech', 'Sound'), id: 'a1' },
  ];
  project.media = { shot: media('shot', 'video'), voice: media('voice', 'audio') };
  for (const wanted of clips) {
    const reference =
      wanted.reference ?? ({ kind: 'media', mediaId: wanted.track === 'a1' ? 'voice' : 'shot' } as const);
    const clip = createClip(wanted.id, reference, ticksFromSeconds(wanted.at), ticksFromSeconds(wanted.to - wanted.at));
    const track = sequence.tracks.find((one) => one.id === wanted.track)!;
    track.clips.push({
      ...clip,
      id: wanted.id,
      sourceInTicks: ticksFromSeconds(wanted.from ?? 0),
      linkId: wanted.link ?? null,
    });
  }
  return project;
}

type Keys = Partial<Pick<Pointer, 'shift' | 'alt' | 'ctrl'>>;
const laneTops = { v2: 0, v1: 48, a1: 112 } as const;
const laneMiddles = { v2: 24, v1: 80, a1: 134 } as const;

/** Presses, moves and releases a simulated pointer in seconds and lanes, and applies the effects. */
export class GestureTester {
  document: ProjectDocument;
  session: Pick<
    SessionState,
    'selection' | 'tool' | 'snapping' | 'linkedSelection' | 'playheadTicks' | 'pixelsPerSecond' | 'scrollTicks'
  > = {
    selection: { clipIds: [], gap: null, transitionId: null, mediaIds: [], markerId: null },
    tool: 'select',
    snapping: false,
    linkedSelection: true,
    playheadTicks: 0,
    pixelsPerSecond,
    scrollTicks: 0,
  };
  /** Commands that ran, in order. */
  ran: CommandName[] = [];
  extensions: ExtensionOffer[] = [];
  preview: Preview = emptyPreview;
  gesture: string | null = null;
  private keys: Keys = {};
  private at = { seconds: 0, yPx: 0 };
  private readonly machine;

  constructor(clips: readonly TestClip[]) {
    this.document = testDocument(clips);
    this.machine = createGestureMachine({
      world: () => this.world(),
      perform: (effects) => effects.forEach((effect) => this.perform(effect)),
      show: (preview, gesture) => {
        this.preview = preview;
        this.gesture = gesture?.name ?? null;
      },
    });
  }

  world(): World {
    const sequence = activeSequence(this.document);
    const { pixelsPerSecond: zoom, scrollTicks, ...session } = this.session;
    return {
      document: this.document,
      sequence,
      lanes: layoutLanes(sequence),
      scale: { pixelsPerSecond: zoom, scrollTicks },
      ...session,
    };
  }

  private perform(effect: Effect): void {
    switch (effect.kind) {
      case 'run': {
        const command = commands[effect.command.name] as Command<CommandName>;
        this.document = produce(this.document, (draft) => command(draft as ProjectDocument, effect.command.params));
        this.ran.push(effect.command.name);
        break;
      }
      case 'session':
        this.session = { ...this.session, ...effect.patch };
        break;
      case 'extend':
        this.extensions.push(effect.offer);
        break;
      case 'focus':
      case 'scrollLanes':
        break;
    }
  }

  private pointer(): Pointer {
    const xPx = this.at.seconds * pixelsPerSecond - secondsFromTicks(this.session.scrollTicks) * pixelsPerSecond;
    return { xPx, yPx: this.at.yPx, shift: false, alt: false, ctrl: false, ...this.keys };
  }

  /** The hand goes to a second of a lane; `yPx` counts from the lane's top, default its middle. */
  hover(lane: keyof typeof laneTops, seconds: number, yPx?: number): this {
    this.at = { seconds, yPx: yPx === undefined ? laneMiddles[lane] : laneTops[lane] + yPx };
    return this;
  }

  down(
    keys: Keys = {},
    button = 0,
    begin: (world: World, pointer: Pointer) => Step | null = (world, pointer) => beginOnLanes(world, button, pointer),
  ): this {
    this.keys = keys;
    const pointer = this.pointer();
    this.machine.begin((world) => begin(world, pointer), pointer);
    return this;
  }

  /** In two steps, as a hand would. */
  moveTo(lane: keyof typeof laneTops, seconds: number, keys: Keys = this.keys): this {
    this.keys = keys;
    const halfway = (this.at.seconds + seconds) / 2;
    this.hover(lane, halfway);
    this.machine.move(this.pointer());
    this.hover(lane, seconds);
    this.machine.move(this.pointer());
    return this;
  }

  up(): this {
    this.machine.release(this.pointer());
    return this;
  }

  escape(): this {
    this.machine.cancel();
    return this;
  }

  click(lane: keyof typeof laneTops, seconds: number, keys: Keys = {}): this {
    return this.hover(lane, seconds).down(keys).up();
  }

  /** 'v1 2..5' of a clip: its track and its seconds. null when it is gone. */
  place(clipId: string): string | null {
    const found = findClipIn(activeSequence(this.document), clipId);
    if (found === null) return null;
    const round = (ticks: number) => Math.round(secondsFromTicks(ticks) * 1000) / 1000;
    const { startTicks, durationTicks } = found.clip;
    return `${found.track.id} ${round(startTicks)}..${round(startTicks + durationTicks)}`;
  }

  clip(clipId: string): Clip {
    return findClipIn(activeSequence(this.document), clipId)!.clip;
  }

  clips(trackId: string): string[] {
    return activeSequence(this.document)
      .tracks.find((track) => track.id === trackId)!
      .clips.map((clip) => this.place(clip.id)!);
  }
}

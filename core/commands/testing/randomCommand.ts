/** A random command with parameters that may or may not fit: for walks that prove undo and the document's rules. */
import { actionKindSchema } from '../../actions/schema.ts';
import { sampleOf } from '../../actions/testing/sampleRequests.ts';
import { createClip, newId } from '../../document/create.ts';
import { allClips, clipEnd, gapsOfTrack } from '../../document/query.ts';
import type { Clip, ProjectDocument } from '../../document/schema.ts';
import type { CommandName, CommandParams } from '../commands.ts';
import { frame, sampleMedia, sampleTake, sequenceOf } from './samples.ts';

export interface Drawn {
  readonly name: CommandName;
  readonly params: CommandParams[CommandName];
}

export function randomCommand(document: ProjectDocument, random: () => number, names: readonly CommandName[]): Drawn {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const frames = (low: number, high: number) => Math.floor(low + random() * (high - low)) * frame;
  const coin = (chance = 0.5) => random() < chance;
  const sequence = sequenceOf(document);
  const sequenceId = sequence.id;
  const clips = allClips(sequence);
  const clip = pick(clips) ?? ({ id: 'none', startTicks: 0, durationTicks: frame, linkId: null } as Clip);
  const track = pick(sequence.tracks)!;
  const linkedIds = (one: Clip) =>
    clips
      .filter((other) => other.id === one.id || (one.linkId !== null && other.linkId === one.linkId))
      .map((other) => other.id);
  const cut = pick(
    sequence.tracks.flatMap((one) =>
      one.clips.flatMap((right, index) =>
        index > 0 && clipEnd(one.clips[index - 1]!) === right.startTicks
          ? [[one.clips[index - 1]!, right] as const]
          : [],
      ),
    ),
  );
  const transition = pick(sequence.tracks.flatMap((one) => one.transitions));
  const marker = pick(sequence.markers);

  const draw: { [N in CommandName]: () => CommandParams[N] } = {
    addClips: () => {
      const startTicks = frames(0, 900);
      const durationTicks = frames(5, 200);
      const picture = pick(sequence.tracks.filter((one) => one.kind === 'video'))!;
      const sound = pick(sequence.tracks.filter((one) => one.kind === 'audio'))!;
      const linkId = newId();
      const make = (reference: Clip['reference'], link: string | null): Clip => ({
        ...createClip('new', reference, startTicks, durationTicks),
        sourceInTicks: frames(0, 300),
        linkId: link,
        fadeInTicks: frames(0, 20),
      });
      const kind = pick(['pair', 'still', 'title', 'generated'] as const);
      if (kind === 'pair')
        return {
          sequenceId,
          mode: coin() ? 'insert' : 'overwrite',
          clips: [
            { trackId: picture.id, clip: make({ kind: 'media', mediaId: 'media' }, linkId) },
            { trackId: sound.id, clip: make({ kind: 'media', mediaId: 'media' }, linkId) },
          ],
        };
      const reference: Clip['reference'] =
        kind === 'still'
          ? { kind: 'media', mediaId: 'still' }
          : kind === 'title'
            ? { kind: 'title', text: 'T', sizePx: 40, color: '#fff', background: null, align: 'center', weight: 600 }
            : { kind: 'generated' };
      return {
        sequenceId,
        mode: coin() ? 'insert' : 'overwrite',
        clips: [{ trackId: picture.id, clip: make(reference, null) }],
      };
    },
    moveClips: () => {
      const ids = coin(0.9) ? linkedIds(clip) : [clip.id];
      const delta = frames(-300, 300);
      const moves = ids.map((clipId) => {
        const from = sequence.tracks.find((one) => one.clips.some((other) => other.id === clipId)) ?? track;
        const to = coin(0.7) ? from : (pick(sequence.tracks.filter((one) => one.kind === from.kind)) ?? from);
        return {
          clipId,
          trackId: to.id,
          startTicks: (from.clips.find((other) => other.id === clipId)?.startTicks ?? 0) + delta,
        };
      });
      return { sequenceId, moves, mode: coin(0.3) ? 'insert' : 'overwrite' };
    },
    trimClip: () => {
      const edge = coin() ? 'in' : 'out';
      return {
        sequenceId,
        clipId: clip.id,
        edge,
        toTicks: (edge === 'in' ? clip.startTicks : clipEnd(clip)) + frames(-60, 60),
        ripple: coin(),
        linked: coin(0.8),
      };
    },
    rollCut: () => ({
      sequenceId,
      leftClipId: cut?.[0].id ?? 'none',
      rightClipId: cut?.[1].id ?? 'none',
      toTicks: (cut?.[1].startTicks ?? 0) + frames(-60, 60),
    }),
    slipClip: () => ({ sequenceId, clipId: clip.id, deltaTicks: frames(-90, 90) }),
    slideClip: () => ({ sequenceId, clipId: clip.id, deltaTicks: frames(-60, 60) }),
    splitClips: () => ({
      sequenceId,
      clipIds: coin() ? [clip.id] : clips.map((one) => one.id),
      atTicks: clip.startTicks + frames(-2, clip.durationTicks / frame),
    }),
    removeClips: () => ({
      sequenceId,
      clipIds: coin(0.8) ? linkedIds(clip) : [clip.id, pick(clips)?.id ?? clip.id],
      ripple: coin(),
    }),
    closeGap: () => {
      const gap = pick(
        sequence.tracks.flatMap((one) =>
          gapsOfTrack(one).map((found) => ({ trackId: one.id, atTicks: found.startTicks })),
        ),
      );
      return { sequenceId, ...(gap ?? { trackId: track.id, atTicks: 0 }) };
    },
    setClipProperties: () => ({
      sequenceId,
      clipIds: [clip.id],
      properties: pick([
        { opacity: random() },
        { fadeOutTicks: frames(0, 200) },
        { fadeInTicks: frames(0, 200) },
        { name: 'renamed' },
        { transform: { x: random() * 99, y: 0, scale: 1.5, rotationDegrees: 3 } },
        { opacity: 7 },
      ])!,
    }),
    setClipSpeed: () => ({
      sequenceId,
      clipId: clip.id,
      speed: pick([
        { num: 1, den: 1 },
        { num: 2, den: 1 },
        { num: 1, den: 2 },
        { num: 13, den: 10 },
        { num: 24000, den: 25025 },
      ])!,
      reversed: coin(0.3),
      ripple: coin(),
    }),
    linkClips: () => ({ sequenceId, clipIds: [clip.id, pick(clips)?.id ?? 'none', pick(clips)?.id ?? 'none'] }),
    unlinkClips: () => ({ sequenceId, clipIds: [clip.id] }),
    addTransition: () => ({
      sequenceId,
      fromClipId: cut?.[0].id ?? 'none',
      toClipId: cut?.[1].id ?? 'none',
      durationTicks: frames(1, 40),
    }),
    setTransitionDuration: () => ({ sequenceId, transitionId: transition?.id ?? 'none', durationTicks: frames(1, 60) }),
    removeTransition: () => ({ sequenceId, transitionId: transition?.id ?? 'none' }),
    addTrack: () => ({
      sequenceId,
      kind: coin() ? 'video' : 'audio',
      role: coin() ? 'overlay' : 'music',
      name: 'Extra',
      index: coin() ? null : Math.floor(random() * 4),
    }),
    removeTrack: () => ({ sequenceId, trackId: track.id }),
    setTrackProperties: () => ({
      sequenceId,
      trackId: track.id,
      properties: pick([{ locked: coin(0.2) }, { muted: coin() }, { gainDb: -6 }, { locked: false }])!,
    }),
    addMarker: () => ({
      sequenceId,
      marker: { id: newId(), ticks: frames(0, 900), name: 'm', kind: coin() ? 'hit' : 'marker' },
    }),
    setMarker: () => ({
      sequenceId,
      markerId: marker?.id ?? 'none',
      properties: coin() ? { ticks: frames(0, 900) } : { name: 'other' },
    }),
    removeMarker: () => ({ sequenceId, markerId: marker?.id ?? 'none' }),
    setInOut: () => ({
      sequenceId,
      inTicks: coin() ? frames(0, 300) : null,
      outTicks: coin() ? frames(200, 600) : null,
    }),
    setSequenceFormat: () => ({
      sequenceId,
      width: coin(0.9) ? 1920 : 1921,
      height: 1080,
      rate: coin() ? { num: 30, den: 1 } : { num: 24000, den: 1001 },
    }),
    renameProject: () => ({ name: coin(0.9) ? `Name ${Math.floor(random() * 99)}` : '  ' }),
    setAiEnabled: () => ({ enabled: coin() }),
    removeMedia: () => ({ mediaIds: [pick(Object.keys(document.media)) ?? 'none'] }),
    setGeneration: () => ({
      sequenceId,
      clipId: clip.id,
      request: sampleOf(pick(actionKindSchema.options)!, {
        prompt: `prompt ${Math.floor(random() * 3)}`,
        seed: Math.floor(random() * 3),
      }),
    }),
    setActiveTake: () => {
      const made = pick(clips.filter((one) => one.generation)) ?? clip;
      return {
        sequenceId,
        clipId: made.id,
        takeId: coin(0.2) ? null : (pick(made.generation?.takeIds ?? []) ?? 'none'),
      };
    },
    addMedia: () => ({ items: [sampleMedia(`m${Math.floor(random() * 5)}`, 20)] }),
    relinkMedia: () => ({
      item: {
        ...sampleMedia(pick(Object.keys(document.media)) ?? 'none', 60),
        path: `/moved/${Math.floor(random() * 99)}`,
      },
    }),
    addTake: () => ({
      take: sampleTake(newId()),
      clipId: (pick(clips.filter((one: Clip) => one.generation)) ?? clip).id,
    }),
    setGenerationFailure: () => ({
      clipId: clip.id,
      failure: coin() ? { code: 'internal', message: 'It failed.' } : null,
    }),
  };
  const name = pick(names)!;
  return { name, params: draw[name]() };
}

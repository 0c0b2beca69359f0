/**
 * OpenTimelineIO files as other programs write them, built here so that tests need no samples from elsewhere: 24 fps,
 * every shape a timeline may have (gaps, several tracks, stacks and tracks inside tracks, dissolves, clips with and
 * without `enabled`, generators, the old `Sequence.1` name of tracks, source ranges left out). Source: the schemas of
 * OpenTimelineIO's file format specification.
 */
type Json = Record<string, unknown>;

const time = (value: number): Json => ({ OTIO_SCHEMA: 'RationalTime.1', rate: 24, value });
const timeRange = (start: number, frames: number): Json => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(start),
  duration: time(frames),
});

const missing: Json = { OTIO_SCHEMA: 'MissingReference.1', name: null, metadata: {}, available_range: null };

function media(name: string, frames: number): Json {
  return {
    OTIO_SCHEMA: 'ExternalReference.1',
    name,
    available_range: timeRange(0, frames),
    target_url: `media/${name}.mov`,
    metadata: {},
  };
}

function clip(name: string, range: Json | null, reference: Json = missing, more: Json = {}): Json {
  return {
    OTIO_SCHEMA: 'Clip.1',
    name,
    source_range: range,
    media_reference: reference,
    markers: [],
    effects: [],
    metadata: {},
    ...more,
  };
}

function gap(frames: number, more: Json = {}): Json {
  return { OTIO_SCHEMA: 'Gap.1', name: 'Filler', source_range: timeRange(0, frames), effects: [], ...more };
}

function track(children: readonly Json[], more: Json = {}): Json {
  return { OTIO_SCHEMA: 'Track.1', name: 'Video', kind: 'Video', source_range: null, children, metadata: {}, ...more };
}

function timeline(name: string, tracks: readonly Json[]): string {
  return JSON.stringify({
    OTIO_SCHEMA: 'Timeline.1',
    name,
    global_start_time: null,
    metadata: {},
    tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', source_range: null, children: tracks },
  });
}

const warp: Json = { OTIO_SCHEMA: 'LinearTimeWarp.1', name: 'half', effect_name: 'LinearTimeWarp', time_scalar: 0.5 };
const freeze: Json = { OTIO_SCHEMA: 'FreezeFrame.1', name: 'hold', effect_name: 'FreezeFrame', time_scalar: 0 };

/** name -> text of the file. */
export const otioSamples = {
  'cuts.otio': timeline('Cuts', [
    track([
      clip('harbour', timeRange(5, 7), media('harbour', 40)),
      clip('gulls', timeRange(2, 6), media('gulls', 40)),
      clip('boat', null, media('boat', 9)),
    ]),
  ]),
  'tracks.otio': timeline('Tracks', [
    track([
      clip('street', timeRange(0, 120), missing, { enabled: true }),
      gap(31),
      clip('stall', timeRange(0, 96), missing, { enabled: true }),
      gap(58),
      clip('crowd', timeRange(0, 72), missing, { enabled: true }),
      gap(12),
    ]),
    track([gap(80), clip('hands', timeRange(0, 48), missing, { enabled: true }), gap(200)]),
    track([gap(144), clip('sign', timeRange(0, 64), missing, { enabled: true })]),
  ]),
  'nested.otio': timeline('Nested', [
    track([
      clip('before', timeRange(30, 40)),
      {
        OTIO_SCHEMA: 'Stack.1',
        name: 'pair',
        source_range: timeRange(0, 20),
        children: [clip('in a stack', timeRange(90, 24))],
      },
      clip('between', timeRange(10, 16)),
      {
        OTIO_SCHEMA: 'Stack.1',
        name: 'slowed pair',
        source_range: timeRange(0, 18),
        children: [clip('in a slowed stack', timeRange(60, 14))],
        effects: [warp],
      },
      track([clip('in a track', timeRange(70, 1))], { name: 'held', source_range: timeRange(0, 4), effects: [freeze] }),
      clip('after', timeRange(200, 50)),
    ]),
  ]),
  'dissolve.otio': timeline('Dissolve', [
    track([
      clip('dawn', timeRange(4, 4), media('dawn', 30)),
      clip('field', timeRange(3, 8), media('field', 30)),
      {
        OTIO_SCHEMA: 'Transition.1',
        name: 'dissolve',
        transition_type: 'SMPTE_Dissolve',
        in_offset: time(3),
        out_offset: time(5),
        metadata: {},
      },
      clip('noon', timeRange(6, 4), media('noon', 30)),
    ]),
  ]),
  'enabled.otio': timeline('Enabled', [
    track([
      clip('on', timeRange(0, 5), missing, { enabled: true }),
      clip('off', timeRange(0, 5), missing, { enabled: false }),
    ]),
    track([gap(5), clip('does not say', timeRange(5, 5))]),
  ]),
  'generator.otio': timeline('Generator', [
    track(
      [
        clip('bars', timeRange(0, 50), {
          OTIO_SCHEMA: 'GeneratorReference.1',
          name: 'bars',
          generator_kind: 'SMPTEBars',
          parameters: {},
          available_range: timeRange(0, 50),
        }),
      ],
      { OTIO_SCHEMA: 'Sequence.1' },
    ),
  ]),
} as const;

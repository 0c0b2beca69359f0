import { describe, expect, it } from 'vitest';
import { sampleProject, seconds } from '../../testing/sampleProject.ts';
import { blackRanges, exportRange, findIssues, type CheckFacts } from './checks.ts';
import { presetRow, sizeWithin } from './presets.ts';

const document = sampleProject();
const sequence = document.sequences[document.activeSequenceId]!;
const facts: CheckFacts = { jobs: [], missingTakeIds: [], staleClips: {}, missingMediaIds: [] };
const kinds = (given: Partial<CheckFacts>, range = exportRange(sequence, 'whole')) =>
  findIssues(document, sequence, range, { ...facts, ...given }).map((issue) => issue.kind);

describe('before an export', () => {
  it('finds black where neither picture nor overlay stands', () => {
    // picture ends at 22 and overlay goes on to 23.5; then 30 to 30.5 is empty
    expect(blackRanges(sequence, exportRange(sequence, 'whole'))).toEqual([
      { startTicks: seconds(23.5), durationTicks: seconds(0.5) },
      { startTicks: seconds(30), durationTicks: seconds(0.5) },
    ]);
  });

  it('looks at the chosen range only', () => {
    expect(kinds({}, exportRange(sequence, 'inOut'))).not.toContain('gap');
    expect(exportRange(sequence, 'inOut')).toEqual({ startTicks: seconds(7), durationTicks: seconds(15) });
  });

  it('names stale clips, clips with nothing to show, and missing files; says so when all files are there', () => {
    expect(kinds({ staleClips: { 'stale-1': true } })).toEqual(['nothing', 'stale', 'gap', 'held', 'inPlace']);
    const missing = findIssues(document, sequence, exportRange(sequence, 'whole'), {
      ...facts,
      missingMediaIds: ['cupsA', 'unused'],
    });
    expect(missing[0]).toEqual({ kind: 'missing', names: ['cups_camA_002.mp4'] });
    expect(missing.some((issue) => issue.kind === 'inPlace')).toBe(false);
  });

  it('a clip that is being made is not also one with nothing to show', () => {
    const job = (id: string, clipId: string) => ({
      id,
      state: 'running' as const,
      spec: { kind: 'generation', clipId },
      createdAt: '1',
      failure: null,
    });
    expect(kinds({ jobs: [job('a', 'running-1'), job('b', 'queued-1')] })).toEqual([
      'making',
      'gap',
      'held',
      'inPlace',
    ]);
  });
});

describe('export sizes', () => {
  it("fit the preset's box, turned for upright pictures, with even sides", () => {
    expect(sizeWithin(presetRow('h264-1080p'), { width: 1280, height: 720 })).toEqual({ width: 1920, height: 1080 });
    expect(sizeWithin(presetRow('h264-720p'), { width: 1080, height: 1920 })).toEqual({ width: 720, height: 1280 });
    expect(sizeWithin(presetRow('prores-422'), { width: 853, height: 480 })).toEqual({ width: 854, height: 480 });
  });
});

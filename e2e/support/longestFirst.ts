/**
 * The order of the unit tests: the longest begin first, so that no core waits at the end for one long file. A fresh
 * clone has no times of an earlier run, and vitest then goes by the size of files, which says little.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** CPU seconds of the longest files with the programs that they start, as measured on two cores at 2.3 GHz. */
export const costs: Readonly<Record<string, number>> = {
  'core/engine/torture/sample.node.test.ts': 42,
  'core/host/cliGeneration.node.test.ts': 20,
  'core/engine/generation/standalone.node.test.ts': 20,
  'core/host/fuzz.node.test.ts': 17,
  'electron/packaging.node.test.ts': 15,
  'core/engine/generation/losslessFiles.node.test.ts': 12,
  'core/host/cli.node.test.ts': 12,
  'core/engine/project/hostile/projects.node.test.ts': 12,
  'core/engine/render/export.node.test.ts': 11,
  'core/engine/generation/encodePatch.node.test.ts': 10,
  'core/engine/render/soundPlaces.node.test.ts': 9,
  'core/engine/engine.node.test.ts': 9,
  'core/engine/media/streamTime.node.test.ts': 8,
  'core/engine/media/ownMedia.node.test.ts': 8,
  'core/engine/footage/plate/removalCases.node.test.ts': 8,
  'core/engine/media/readDamage.node.test.ts': 7,
  'core/engine/media/interlaced.node.test.ts': 7,
  'core/engine/footage/joins/runJoin.node.test.ts': 7,
  'core/engine/generation/peakSafeAac.node.test.ts': 6,
  'models/planners/soundscape/starter.node.test.ts': 6,
  'core/engine/render/exactFrames.node.test.ts': 6,
  'core/engine/inference/providers.node.test.ts': 6,
  'core/engine/footage/interpolate/interpolate.node.test.ts': 6,
  'models/planners/storybook/starter.node.test.ts': 6,
  'core/engine/footage/looks/looks.node.test.ts': 6,
  'core/engine/media/mediaService.node.test.ts': 6,
  'core/engine/generation/starterPack.node.test.ts': 5,
  'core/engine/footage/enhance/enhance.node.test.ts': 5,
  'models/families/soundtrack/pipeline.test.ts': 5,
  'core/engine/media/decodeSound.node.test.ts': 5,
  'core/engine/footage/plate/plateThread.node.test.ts': 5,
  'core/engine/render/patchExport.node.test.ts': 5,
  'core/engine/media/stills.node.test.ts': 4,
  'core/engine/media/colours.node.test.ts': 4,
};

/** CPU seconds of a file, by its path from the root; 0 for those that are not listed. */
const costOf = (path: string): number => costs[path.replaceAll('\\', '/')] ?? 0;

/** Paths with the longest first; all others keep their order. */
export function longestFirst<F>(files: readonly F[], pathOf: (file: F) => string): F[] {
  return files.toSorted((a, b) => costOf(pathOf(b)) - costOf(pathOf(a)));
}

/** Projects one after the other, as vitest sorts them, since files of one share their processes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) =>
      longestFirst(
        sorted.filter((file) => file.project === project),
        (file) => relative(this.ctx.config.root, file.moduleId),
      ),
    );
  }
}

/** `framewright cache`: what can be made again (proxies, waveforms, filmstrips, renders). */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CacheFolder, cacheLimitBytes } from '../../disk/cacheFolder.node.ts';
import { removeOldCache } from '../../disk/oldCache.node.ts';
import { enginePaths } from '../paths.node.ts';
import { runCommand } from './runCommand.node.ts';

interface CacheOptions {
  readonly json?: boolean;
  readonly project?: string;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Adds `cache status` and `cache clear`. */
export function addCacheCommands(program: Command): void {
  const commands = program.command('cache').description('proxies, waveforms and renders, which can be made again');
  commands
    .command('status')
    .description('where the cache is and how large')
    .option('--json', 'print one JSON object')
    .action((options: CacheOptions) =>
      runCommand(options.json === true, async () => {
        const cache = new CacheFolder(enginePaths().cache);
        const entries = await cache.entries();
        const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
        const answer = { folder: cache.root, sizeBytes, limitBytes: cacheLimitBytes, entries: entries.length };
        return { answer, text: `${cache.root}  ${megabytes(sizeBytes)} of at most ${megabytes(cacheLimitBytes)}` };
      }),
    );
  commands
    .command('clear')
    .description('remove the cache of this machine')
    .option('--project <folder>', 'remove the cache that an earlier version left inside this project instead')
    .option('--json', 'print one JSON object')
    .action((options: CacheOptions) =>
      runCommand(options.json === true, async () => {
        const freedBytes =
          options.project === undefined
            ? await new CacheFolder(enginePaths().cache).clear()
            : await removeOldCache(resolve(options.project));
        return { answer: { freedBytes }, text: `${megabytes(freedBytes)} freed` };
      }),
    );
}

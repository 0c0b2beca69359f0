/**
 * The planner of packs that draw a storybook. Rules read a sentence into who does what, where and when. For packs with
 * a cast it places and paints the figures; for packs with only a vocabulary it rewrites the sentence in words that
 * their text encoder has seen.
 */
import type { VideoFamily } from '../../families/pack.ts';
import type { PackReader } from '../../families/pipeline.ts';
import { plainPlanner, type VideoPlan, type VideoPlanner, type VideoWords } from '../../families/video/planner.ts';
import type { WordReading } from '../../families/wordReading.ts';
import { readCast, type Cast } from './cast.ts';
import { rewritePrompt } from './reading/prompt.ts';
import { readScene } from './reading/readScene.ts';
import type { SaidScene } from './reading/said.ts';
import { maskOfOrder } from './staging/masks.ts';
import { figurePlane } from './staging/plane.ts';
import { prepareScene } from './staging/scene.ts';
import { secondsUntilRest } from './staging/camera.ts';

/** The planner that a pack's manifest asks for. `readText` reads a file of the pack. */
export function plannerOf(family: VideoFamily, readText: PackReader['readText']): VideoPlanner {
  if (family.figures)
    return createCastPlanner(
      family,
      once(() => openCast(family, readText)),
    );
  const { vocabulary } = family;
  if (vocabulary === undefined) return plainPlanner;
  return createVocabularyPlanner(once(async () => new Set((await readText(vocabulary)).split(/\s+/).filter(Boolean))));
}

/** Reads the cast that a pack's manifest names. */
export async function openCast({ figures }: VideoFamily, readText: PackReader['readText']): Promise<Cast> {
  if (!figures) throw new TypeError('The pack has no cast.');
  return readCast(await readText(figures.cast));
}

/** Caches the result of `read`; after a failure the next caller tries again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= read().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
}

function createVocabularyPlanner(vocabulary: () => Promise<ReadonlySet<string>>): VideoPlanner {
  const read = async (prompt: string): Promise<WordReading> => rewritePrompt(prompt, await vocabulary());
  return {
    read: ({ prompt }) => read(prompt),
    plan: async (request, context) => ({
      ...(await plainPlanner.plan(request, context)),
      reading: await read(request.prompt),
    }),
  };
}

function createCastPlanner(family: VideoFamily, openedCast: () => Promise<Cast>): VideoPlanner {
  return {
    read: async (words) => readWords(words, await openedCast()).reading,
    plan: async (request, context): Promise<VideoPlan> => {
      const cast = await openedCast();
      const mask = request.known && (request.mask ?? (await maskOfOrder(request, cast, family, context)));
      const words = {
        prompt: request.prompt,
        edit: request.edit,
        about: request.about,
        isFresh: request.known === null,
        referenceCount: request.references.length,
      };
      const scene = await prepareScene(request, readWords(words, cast), mask, cast, family, context);
      const fromSeconds = secondsUntilRest(scene.camera);
      return {
        reading: scene.said.reading,
        mask,
        atRest: fromSeconds > 0 ? { fromSeconds, text: scene.said.textAtRest } : null,
        moves: scene.figures.length > 0 || fromSeconds > 0,
        figures: {
          channels: family.figures!.channels,
          in: (window) => figurePlane(scene, window, request.frameCount, family, context),
        },
        uncutReferences: scene.uncutReferences,
      };
    },
  };
}

function readWords({ prompt, edit, about, isFresh, referenceCount }: VideoWords, cast: Cast): SaidScene {
  return readScene(prompt, cast, {
    // A scene without known frames holds nothing to edit.
    order: isFresh ? null : (edit ?? null),
    about: about ?? null,
    isFresh,
    referenceCount,
  });
}

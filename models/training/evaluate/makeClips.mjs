/**
 * Runs the shipped pipeline from Node outside the app: what is measured and looked at is what users get.
 *
 *   node models/training/evaluate/makeClips.mjs PACK JOBS.json OUT
 *
 * PACK holds video/family.json. JOBS.json: [{ name, prompt, frameCount, seed, steps?, guidance?, known?, mask?, references? }] with files
 * of raw frames: { path, frameCount, width, height }, RGB, a mask one byte a pixel. Writes OUT/<name>.rgb and OUT/clips.json: the
 * sentence as rewritten, the words not used, each figure's box in every frame ([x0, y0, x1, y1] in pixels), and the seconds it took.
 */
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as ort from '../../runtime/onnxRuntime.mjs';

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [pack, jobsFile, out] = process.argv.slice(2);
const threads = Number(process.env.THREADS ?? 2);

async function loadFamily() {
  const contents = ['families/video/pipeline', ...['planner', 'cast', 'reading/readScene', 'staging/masks', 'staging/placement', 'staging/placeFigures'].map((file) => `planners/storybook/${file}`)].map((file) => `export * from '${folder}/${file}.ts';`).join('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'video-')), 'family.mjs');
  await build({ stdin: { contents, resolveDir: folder }, bundle: true, format: 'esm', platform: 'node', outfile: file, logLevel: 'error' });
  return import(pathToFileURL(file).href);
}

const sessions = new Map();
const reader = {
  async session(path) {
    if (!sessions.has(path)) {
      const inner = await ort.InferenceSession.create(join(pack, path), { intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', extra: { session: { intra_op: { allow_spinning: '0' } } } });
      sessions.set(path, {
        inputNames: inner.inputNames,
        outputNames: inner.outputNames,
        async run(feeds) {
          const made = await inner.run(Object.fromEntries(Object.entries(feeds).map(([k, t]) => [k, new ort.Tensor(t.type, t.data, t.dims)])));
          return Object.fromEntries(Object.entries(made).map(([k, t]) => [k, { type: t.type, data: t.data, dims: t.dims }]));
        },
      });
    }
    return sessions.get(path);
  },
  readText: async (path) => readFileSync(join(pack, path), 'utf8'),
  release: async () => undefined,
};

const family = JSON.parse(readFileSync(join(pack, 'video/family.json'), 'utf8'));
const context = { pack: reader, checkCancelled() {}, report() {} };
const frames = (file) => file && { ...file, data: new Uint8Array(readFileSync(file.path)) };
const pixels = ([left, top, right, bottom]) => [left * family.width, top * family.height, right * family.width, bottom * family.height].map((value) => Math.round(value * 10) / 10);

const made = await loadFamily();
const planner = made.plannerOf(family, reader.readText);
const cast = family.figures ? await made.openCast(family, reader.readText) : null;
mkdirSync(out, { recursive: true });
const clips = [];
for (const job of JSON.parse(readFileSync(jobsFile, 'utf8'))) {
  const request = { ...job, known: frames(job.known) ?? null, mask: frames(job.mask) ?? null, references: (job.references ?? []).map(frames) };
  const began = performance.now();
  const result = await made.runVideoPipeline(request, family, context, planner);
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(join(out, `${job.name}.rgb`), result.frames.data);
  let boxes = [];
  if (cast && !request.known) {
    const scene = made.placeFigures(made.readScene(job.prompt, cast), cast, job.seed, family.width / family.height);
    boxes = scene.figures.map(({ placed, said }) => ({ said, boxes: Array.from({ length: job.frameCount }, (_, i) => pixels(made.boxOf(made.placementAt(placed, i / family.fps, job.frameCount / family.fps, scene.camera, family.width / family.height)))) }));
  }
  clips.push({ name: job.name, frameCount: result.frames.frameCount, rewritten: result.reading.text, unknown: result.reading.unused, figures: boxes, seconds });
  console.log(`${job.name} ${seconds.toFixed(1)} s  ${result.reading.text}${result.reading.unused.length > 0 ? `  (not used: ${result.reading.unused.join(', ')})` : ''}`);
}
writeFileSync(join(out, 'clips.json'), JSON.stringify(clips));

/**
 * Makes a pack of a Whisper model that the user brought: the weights as they are, two graphs that point into them, the
 * tokens, the licence. Everything is checked against the file; nothing of it is run.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { packManifestVersion, type PackManifest } from '../../../../models/families/pack.ts';
import { tokenTable } from '../../../../models/families/words/tokens.ts';
import { FailureError } from '../../../contract/errors.ts';
import { sentence } from '../../../contract/sentence.ts';
import { listModel } from './ctranslate2.node.ts';
import { describeWhisper } from './describeWhisper.ts';
import { BadModelFile } from './modelListing.ts';
import { readTokens, tokenFiles } from './tokenTexts.ts';
import type { FoundFile, WhisperFiles } from './whisperFiles.node.ts';
import type { WhisperShape } from './whisperGraphs.ts';
import { whisperConfigSchema, whisperGraphs, whisperShape, type WhisperConfig } from './whisperModel.ts';

/** Largest model file that is taken, bytes: Whisper's own largest is 3.1 GB. */
const mostModelBytes = 4 * 1024 ** 3;
/** Largest list of tokens or configuration, bytes. */
const mostTextBytes = 32 * 1024 ** 2;
const modelName = 'model.bin';

/** Bytes that the pack will need. */
export function whisperPackBytes({ model }: WhisperFiles): number {
  return model.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) + mostTextBytes;
}

/** Writes the pack without its manifest into `folder`, which exists. Throws FailureError 'packInvalid'. */
export async function writeWhisperPack(files: WhisperFiles, folder: string): Promise<PackManifest> {
  try {
    return await write(files, folder);
  } catch (error) {
    if (!(error instanceof BadModelFile)) throw error;
    const reason = sentence('packProblem.notWhisper', { reason: error.message });
    throw new FailureError('packInvalid', sentence('pack.unusable', { name: files.name, reason }));
  }
}

async function write(files: WhisperFiles, folder: string): Promise<PackManifest> {
  const config = await readConfig(files);
  const tokens = await readTokenTexts(files);
  const model = await writeModel(files.model, join(folder, modelName));
  const { shape, graphs } = await readModel(join(folder, modelName), model.sizeBytes, config);
  if (tokens.length > shape.tokenCount)
    throw new BadModelFile(`${tokens.length} tokens are named, and it has ${shape.tokenCount}`);
  const table = tokenTable(tokens);
  if (!table || table.firstTime + 1500 > shape.tokenCount) throw new BadModelFile('tokens of another kind');
  const described = describeWhisper(shape, table.languages.size > 0, model);
  const written = await Promise.all(
    Object.entries({
      'encoder.onnx': graphs.encoder,
      'decoder.onnx': graphs.decoder,
      'tokens.json': JSON.stringify(tokens),
      'CARD.md': described.card,
      ...(described.licenceText === null ? {} : { 'Whisper-MIT.txt': described.licenceText }),
    }).map(async ([path, content]) => {
      await writeFile(join(folder, path), content);
      const bytes = Buffer.from(content);
      return { path, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
    }),
  );
  const { width, heads, decoderLayers, melBands, textLength } = shape;
  return {
    manifestVersion: packManifestVersion,
    ...described.texts,
    files: [{ path: modelName, ...model }, ...written],
    madeFor: 'cpu',
    families: [
      {
        family: 'words',
        graphs: { encoder: 'encoder.onnx', decoder: 'decoder.onnx' },
        tokens: 'tokens.json',
        languages: table.languages.size > 0 ? [...table.languages.keys()] : ['en'],
        ...{ decoderLayers, heads, headSize: width / heads, melBands, textLength },
        suppressed: config.suppress_ids ?? [],
        suppressedFirst: config.suppress_ids_begin ?? [],
        lateSeconds: described.lateSeconds,
      },
    ],
  };
}

async function readModel(
  path: string,
  sizeBytes: number,
  config: WhisperConfig,
): Promise<{ readonly shape: WhisperShape; readonly graphs: ReturnType<typeof whisperGraphs> }> {
  const file = await open(path, 'r');
  try {
    const listing = await listModel(file, sizeBytes);
    const shape = whisperShape(listing, config);
    return { shape, graphs: whisperGraphs(shape, listing, modelName) };
  } finally {
    await file.close();
  }
}

/** Parts one after the other. */
async function writeModel(parts: readonly FoundFile[], path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for (const [i, each] of parts.entries()) {
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        if (sizeBytes > mostModelBytes) done(new BadModelFile('larger than 4 GB'));
        else done(null, chunk);
      },
    });
    await pipeline(await each.open(), count, createWriteStream(path, { flags: i === 0 ? 'w' : 'a' }));
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** config.json is optional. */
async function readConfig({ others }: WhisperFiles): Promise<WhisperConfig> {
  const file = others.find(({ name }) => name === 'config.json');
  if (!file) return {};
  const parsed = whisperConfigSchema.safeParse(parseOrNull(await readText(file)));
  if (!parsed.success) throw new BadModelFile('its config.json is of another kind');
  return parsed.data;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readTokenTexts({ others, name: packName }: WhisperFiles): Promise<readonly string[]> {
  for (const name of tokenFiles) {
    const file = others.find((each) => each.name === name);
    if (file) return readTokens(name, await readText(file));
  }
  throw new FailureError(
    'packInvalid',
    sentence('pack.unusable', { name: packName, reason: sentence('packProblem.noTokens') }),
  );
}

async function readText(file: FoundFile): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of await file.open()) {
    const bytes = part as Buffer;
    length += bytes.length;
    if (length > mostTextBytes) throw new BadModelFile(`${file.name} is larger than ${mostTextBytes} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

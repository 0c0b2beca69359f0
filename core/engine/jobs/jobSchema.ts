/** Jobs as stored on disk: those of older versions that no longer parse are dropped. */
import { z } from 'zod';
import type { Job } from '../../contract/jobs.ts';
import { jobSpecSchema } from '../../contract/validate.ts';
import { takeSchema } from '../../document/schema.ts';
import { plainSentence, sentenceSchema } from '../../contract/sentence.ts';

const time = z.string().max(64);
const fraction = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

/** A failure's code is one of a closed list that grows: an unknown one stays what it is, a text. */
const failureSchema = z.custom<NonNullable<Job['failure']>>(
  (value) => z.looseObject({ code: z.string(), message: z.string() }).safeParse(value).success,
);

/** A job as stored in the queue's file. */
export const jobSchema: z.ZodType<Job> = z.object({
  id: z.string().min(1).max(64),
  spec: jobSpecSchema,
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  attempt: count.min(1),
  createdAt: time,
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  fraction,
  stage: z.string().max(100),
  step: count.nullable(),
  stepCount: count.nullable(),
  secondsLeft: z.number().nonnegative().nullable(),
  queuePlace: count.nullable(),
  previewUrl: z.string().nullable(),
  device: z.string().nullable(),
  // queues written before notices were sentences hold plain strings
  notices: z.array(z.union([sentenceSchema, z.string().transform(plainSentence)])),
  failure: failureSchema.nullable(),
  take: takeSchema.nullable(),
  outputPath: z.string().nullable(),
});

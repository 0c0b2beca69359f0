/** Documents from outside: checked by zod, with one clear sentence when they do not fit. */
import type { z } from 'zod';
import { projectDocumentSchema, type ProjectDocument } from './schema.ts';

/** 'sequences.main.tracks.0.name: expected a string' for the first thing that does not fit. */
export function describeZodError(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not fit';
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  const place = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  const message = issue.message.replace(/^Invalid input: /, '').replace(/^./, (letter) => letter.toLowerCase());
  return `${place}${message}${more}`;
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** The value as the schema reads it, or the first reason why it does not fit. */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown): Parsed<T> {
  const result = schema.safeParse(value);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: describeZodError(result.error) };
}

/** Shape only; `documentProblems` checks the rules that a shape cannot say. */
export function parseDocument(value: unknown): Parsed<ProjectDocument> {
  return parseWith(projectDocumentSchema, value);
}

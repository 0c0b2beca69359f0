/**
 * The sequence as it would be once the hand lets go: the pending command applied to a copy. What is shown is then what
 * is done.
 */
import { produce } from 'immer';
import { CommandRefused } from '../../../../core/commands/refusal.ts';
import type { Command, CommandName } from '../../../../core/commands/commands.ts';
import { commands } from '../../../../core/commands/registry.ts';
import type { Sentence } from '../../../../core/contract/sentence.ts';
import type { ProjectDocument } from '../../../../core/document/schema.ts';
import type { PendingCommand } from '../gestures/gesture.ts';

export interface Previewed {
  readonly document: ProjectDocument;
  /** Why the command is refused, with the document unchanged; null when it is not. */
  readonly refused: Sentence | null;
}

/** The document with the pending command applied, or unchanged with the reason for refusal. */
export function previewDocument(document: ProjectDocument, pending: PendingCommand | null): Previewed {
  if (pending === null) return { document, refused: null };
  const command = commands[pending.name] as Command<CommandName>;
  try {
    return { document: produce(document, (draft) => command(draft as ProjectDocument, pending.params)), refused: null };
  } catch (error) {
    if (error instanceof CommandRefused) return { document, refused: error.sentence };
    throw error;
  }
}

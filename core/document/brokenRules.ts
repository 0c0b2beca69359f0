/**
 * The rules a document breaks, in English, by key: core/contract/sentences.ts adds these to the engine's sentences.
 * Each is the rest of a sentence ('The project breaks a rule: …').
 */
import { fillTemplate, type Sentence } from './sentence.ts';

/** area -> name -> template. */
export const ruleSentences = {
  rule: {
    overlap: "on track '{{track}}', clip '{{clip}}' begins before '{{before}}' ends",
    noLength: "clip '{{clip}}' has no length or begins before 0",
    beforeSource: "clip '{{clip}}' begins before its source",
    fadesTooLong: "the fades of clip '{{clip}}' are longer than the clip",
    notTouching: "a transition on track '{{track}}' does not stand between touching clips",
    twoTransitions: "two transitions stand on one cut of track '{{track}}'",
    transitionTooLong: "a transition on track '{{track}}' is longer than its clips",
    idTwice: "the id '{{id}}' is used twice in sequence '{{sequence}}'",
    fileGone: "clip '{{clip}}' shows a file that is not in the project",
    takeGone: "clip '{{clip}}' lists a take that is not in the project",
    activeTakeGone: "the active take of clip '{{clip}}' is not one of its takes",
    loneLink: "the link '{{link}}' ties only one clip",
    markersOutOfOrder: "the markers of sequence '{{sequence}}' are out of order",
    inAfterOut: "the in point of sequence '{{sequence}}' is not before its out point",
    noActiveSequence: 'the active sequence does not exist',
    patchOverNothing: "the take '{{take}}' lies over something that is not in the project",
    filedWrong: "a record is filed under '{{key}}' but calls itself '{{id}}'",
  },
} as const;

/** A rule that is broken, with the names of what breaks it. */
export function broken(rule: keyof typeof ruleSentences.rule, params: Sentence['params']): Sentence {
  return fillTemplate(`rule.${rule}`, ruleSentences.rule[rule], params);
}

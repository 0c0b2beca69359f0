/**
 * Before documentVersion 3 every request had every action's fields, null where an action does not take them, and takes
 * were hashed so. The hash keeps that form: takes made then are not stale because the schema changed.
 */
export const flatFields = {
  firstFrame: null,
  lastFrame: null,
  references: [],
  source: null,
  mask: null,
  edit: null,
  keepShapes: null,
  scope: null,
  direction: null,
  stem: null,
  sequenceRange: null,
  hitTicks: [],
  tempoBpm: null,
} as const;

/** What came later than the flat form: null counts as absent. */
export function laterField<T>(value: T | null | undefined): T | undefined {
  return value ?? undefined;
}

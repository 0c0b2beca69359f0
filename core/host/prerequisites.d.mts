/** Types of prerequisites.mjs, which is plain JavaScript because it runs before anything is installed. */
export const projectRoot: string;
export class MissingPrerequisite extends Error {}
/** Throws MissingPrerequisite. */
export function checkNode(version?: string): void;
export function findProgram(name: string): string | null;
export function runShown(command: string, args: readonly string[], options?: object): Promise<number>;
export function ensurePackages(say: (line: string) => void): Promise<void>;
export function findFfmpeg(): string | null;
export function ensureFfmpeg(say: (line: string) => void): Promise<void>;
export function findChromium(): string | null;
export function ensureChromium(say: (line: string) => void): Promise<string>;

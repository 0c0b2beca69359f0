/**
 * Only core/ffmpeg talks to ffmpeg: nothing else starts it, writes one of its filters as text, or names an option that
 * takes a graph. A pure function over text, so that a test can try it on small examples.
 */

/** Patterns that only core/ffmpeg may contain, and what to use instead. */
const words = [
  [/['"`]-(?:filter_complex|filter_script|filter|vf|af|lavfi)\b/, 'filters stand in a FilterGraph'],
  [/['"`]-(?:i|map|protocol_whitelist|format_whitelist)['"`]/, 'inputs and streams stand in a FilterGraph'],
  [/['"`](?:concat|movie|amovie|subtitles|file|pipe|lavfi)=/, 'filters are made by filter()'],
  [
    /['"`]\[?\$?\{?\w*\}?:?[av]?\]?(?:scale|crop|format|trim|setpts|fps|overlay|fade|volume|aresample|amix|atrim)=/,
    'filters are made by filter()',
  ],
  [/\bffmpegPath\b|\bffprobePath\b/, 'programs are started by core/ffmpeg/run.node.ts'],
  [/['"]fluent-ffmpeg['"]/, 'fluent-ffmpeg is used in core/ffmpeg/capabilities.node.ts alone'],
  [
    /(?:spawn|execFile|execFileSync|spawnSync|exec)\(\s*['"`](?:[^'"`]*\/)?ff(?:mpeg|probe)\b/,
    'programs are started by core/ffmpeg/run.node.ts',
  ],
]; // prettier-ignore

/** Where tests, their media and the training tools may call ffmpeg as a user would. */
const free = [/\.test\.tsx?$/, /\/(testing|hostile|torture)\//, /^e2e\//, /^models\/(training|export|packs)\//];

/**
 * Lines of a source outside core/ffmpeg that talk to ffmpeg.
 * @param {string} path from the repository's root
 * @param {string} text the source
 * @returns {string[]} 'path:line: what to do instead'
 */
export function ffmpegByHand(path, text) {
  if (free.some((pattern) => pattern.test(path))) return [];
  if (path === 'core/ffmpeg/capabilities.node.ts') return [];
  const inRoom = path.startsWith('core/ffmpeg/');
  const rules = inRoom ? words.filter(([, reason]) => reason.startsWith('fluent-ffmpeg')) : words;
  return text.split('\n').flatMap((line, at) => {
    if (/^\s*(\/\/|\*|\/\*)/.test(line)) return [];
    return rules.flatMap(([pattern, reason]) => (pattern.test(line) ? [`${path}:${at + 1}: ${reason}`] : []));
  });
}

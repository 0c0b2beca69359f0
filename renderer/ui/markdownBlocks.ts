/** The part of Markdown that model cards use, as blocks: headings, paragraphs, lists, tables, code. Comments go. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** Words of a line, plain, emphasised or as code. */
export interface Run {
  readonly text: string;
  readonly style: 'plain' | 'strong' | 'emphasis' | 'code';
}

/** Splits Markdown into blocks; HTML comments are dropped. */
export function markdownBlocks(source: string): Block[] {
  const lines = source.replace(/<!--[\s\S]*?-->/g, '').split('\n');
  const blocks: Block[] = [];
  while (lines.length > 0) {
    const block = takeBlock(lines);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** Takes the lines of the first block off; null for an empty line or a picture. */
function takeBlock(lines: string[]): Block | null {
  const first = lines[0]!;
  if (first.trim() === '' || isImage(first)) {
    lines.shift();
    return null;
  }
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading) {
    lines.shift();
    return { kind: 'heading', level: heading[1]!.length, text: heading[2]! };
  }
  if (first.startsWith('```')) return takeCode(lines);
  if (first.startsWith('|')) return tableOf(takeWhile(lines, (line) => line.startsWith('|')));
  if (isItem(first)) return { kind: 'list', items: itemsOf(takeWhile(lines, (line) => line.trim() !== '')) };
  // at least one line, or a line that looks like another block would never be taken
  const rest = [lines.shift()!, ...takeWhile(lines, (line) => line.trim() !== '' && !startsBlock(line))];
  return { kind: 'paragraph', text: rest.map((line) => line.trim()).join(' ') };
}

/** A line with only a picture: pictures of model cards are not shown. */
const isImage = (line: string) => /^!\[[^\]]*\]\([^)]*\)\s*$/.test(line);
const isItem = (line: string) => /^\s*([-*]|\d+\.)\s+/.test(line);
const startsBlock = (line: string) => /^(#{1,6}\s|```|\|)/.test(line) || isItem(line);

function takeWhile(lines: string[], wanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !wanted(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

function takeCode(lines: string[]): Block {
  lines.shift();
  const text = takeWhile(lines, (line) => !line.startsWith('```')).join('\n');
  lines.shift();
  return { kind: 'code', text };
}

/** A line that begins no item goes on with the one before it. */
function itemsOf(lines: readonly string[]): string[] {
  return lines.reduce<string[]>((items, line) => {
    if (isItem(line)) items.push(line.replace(/^\s*([-*]|\d+\.)\s+/, '').trim());
    else items[items.length - 1] += ` ${line.trim()}`;
    return items;
  }, []);
}

function tableOf(lines: readonly string[]): Block {
  const rows = lines.map((line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  );
  const isRule = (row: readonly string[]) => row.every((cell) => /^:?-+:?$/.test(cell));
  const [head = [], ...rest] = rows;
  return { kind: 'table', head, rows: rest.filter((row) => !isRule(row)) };
}

/** Splits a line of Markdown into runs of plain, strong, emphasised and code text. */
export function markdownRuns(text: string): Run[] {
  return text
    .split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.length > 4 && part.startsWith('**') && part.endsWith('**'))
        return { text: part.slice(2, -2), style: 'strong' };
      if (part.length > 2 && part.startsWith('`') && part.endsWith('`'))
        return { text: part.slice(1, -1), style: 'code' };
      if (part.length > 2 && part.startsWith('*') && part.endsWith('*'))
        return { text: part.slice(1, -1), style: 'emphasis' };
      return { text: part, style: 'plain' };
    });
}

/** What Whisper's tokens mean. Texts are those of GPT-2's byte-level vocabulary: one letter stands for one byte. */

/** The tokens of a model and the special ones among them. */
export interface TokenTable {
  readonly texts: readonly string[];
  readonly endOfText: number;
  readonly start: number;
  readonly transcribe: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** The first of the times, 0.00 s; the others follow in steps of 20 ms. */
  readonly firstTime: number;
  /** Code ('en') to token; empty for a model of English only. */
  readonly languages: ReadonlyMap<string, number>;
}

/** Fewest tokens of a model that knows several languages, as OpenAI's own code tells them apart. */
const multilingualFrom = 51_865;

/** null where one of the special tokens is missing. */
export function tokenTable(texts: readonly string[]): TokenTable | null {
  const ids = new Map(texts.map((text, id) => [text, id]));
  const special = (...names: readonly string[]) =>
    names.map((name) => ids.get(`<|${name}|>`)).find((id) => id !== undefined);
  const [endOfText, start, transcribe] = [special('endoftext'), special('startoftranscript'), special('transcribe')];
  const [noSpeech, noTimestamps] = [special('nospeech', 'nocaptions'), special('notimestamps')];
  if (endOfText === undefined || start === undefined || noTimestamps === undefined) return null;
  if (transcribe === undefined || noSpeech === undefined) return null;
  const languages = new Map<string, number>();
  if (texts.length >= multilingualFrom)
    for (let id = start + 1; id < transcribe; id++) {
      const code = /^<\|([a-z]{2,3})\|>$/.exec(texts[id] ?? '')?.[1];
      if (code !== undefined) languages.set(code, id);
    }
  return { texts, endOfText, start, transcribe, noSpeech, noTimestamps, firstTime: noTimestamps + 1, languages };
}

/** The text of text tokens; bytes that are no UTF-8 become U+FFFD. */
export function textOf(tokens: readonly number[], table: TokenTable): string {
  const bytes = tokens.flatMap((token) => (token < table.endOfText ? bytesOf(table.texts[token] ?? '') : []));
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function bytesOf(text: string): readonly number[] {
  return Array.from(text, (letter) => byteOfLetter.get(letter) ?? 0x3f);
}

/** GPT-2's `bytes_to_unicode`: printable bytes stand for themselves, the others for letters from U+0100 on. */
const byteOfLetter: ReadonlyMap<string, number> = (() => {
  const printable = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
  const letters = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++) letters.set(String.fromCodePoint(printable(byte) ? byte : next++), byte);
  return letters;
})();

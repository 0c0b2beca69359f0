/** The text of a file that some program wrote in an encoding of its own. */

/** UTF-8 or UTF-16, with or without a byte order mark; of text that begins with an ASCII character. */
export function decodeText(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0))
    return withoutMark(bytes.toString('utf16le'));
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
    const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
    return withoutMark(even.swap16().toString('utf16le'));
  }
  return withoutMark(bytes.toString('utf8'));
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

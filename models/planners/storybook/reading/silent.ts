/** Words without visual meaning, neither used nor reported. */

/** Words that may stand before a noun. */
export const articles: ReadonlySet<string> = new Set(
  'a an the another one his her its their my your our this that these those some'.split(' '),
);

/** Words that show nothing by themselves. */
export const silentWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been being but by can could did do does for from had has have here how if in into is it ' +
    'its me my of off on onto or our out over please so some across around down against along past during between ' +
    'inside outside within then that the their then there these this those through to under up upon us very was ' +
    'wearing wears dressed were what when where which while who whose will with would you your show make create ' +
    'generate video clip picture image scene film shot him them'
  ).split(' '),
);

/** Whether a word is left out of the account. */
export const isSilent = (word: string): boolean => silentWords.has(word) || articles.has(word);

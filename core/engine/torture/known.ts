/** Files of the set that are known to come out wrong, and why: the bench lists them, `npm test` leaves them out. */
export const knownFaults: Readonly<Record<string, string>> = {};

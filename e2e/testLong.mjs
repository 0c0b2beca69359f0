/** `npm run test:long`: the tests that `npm test` leaves out because they take minutes or need ../shared. */
process.env.FRAMEWRIGHT_LONG_TESTS = '1';
await import('./test.mjs');

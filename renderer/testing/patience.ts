/** Before each test file: `findBy…` and `waitFor` of Testing Library give up after 1 s otherwise. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 60_000 });
}

export {};

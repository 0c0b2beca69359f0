/** What axe finds wrong with the accessibility of a page. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** 'rule: element', one entry for each element that breaks a rule. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // evaluated, not added as a script: the page's content security policy stays as it is
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    // the name of a file in the bin begins with the file's name: the marks over its picture stand before it
    const { violations } = await axe.run({ rules: { 'label-content-name-mismatch': { enabled: false } } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

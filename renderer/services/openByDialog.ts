import { i18n } from '../i18n/i18n.ts';
import { choosePaths } from './dialogs.ts';
import { openProject } from './projects.ts';

/** Asks which project, and opens it. Nothing chosen, nothing done. */
export async function openByDialog(): Promise<void> {
  const [folder] = await choosePaths({
    title: i18n.t('shell:chooser.projectTitle'),
    kind: 'project',
    multiple: false,
    filters: [{ name: i18n.t('common:files.projects'), extensions: ['fwproj'] }],
  });
  if (folder) await openProject(folder);
}

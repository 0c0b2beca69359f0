/**
 * Browser defaults that the editor overrides: opening dropped files, leaving with unsaved changes, one title for every
 * tab.
 */
import { start } from '../services/errors.ts';
import { importFiles } from '../services/imports.ts';
import { useEditor } from '../services/store.ts';

/** Answers the function that stops it. */
export function keepWindowHabits(): () => void {
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (event.defaultPrevented || files.length === 0) return;
    event.preventDefault();
    // dropped beside bin and timeline: into the bin, where everything starts
    if (useEditor.getState().screen === 'editor') start(importFiles(files));
  };
  const onLeave = (event: BeforeUnloadEvent) => {
    if (useEditor.getState().unsavedCount > 0) event.preventDefault();
  };
  const showTitle = () => {
    const { document: project } = useEditor.getState();
    const title = project ? `${project.name} · Framewright` : 'Framewright';
    if (document.title !== title) document.title = title;
  };
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('drop', onDrop);
  window.addEventListener('beforeunload', onLeave);
  const stop = useEditor.subscribe(showTitle);
  showTitle();
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('drop', onDrop);
    window.removeEventListener('beforeunload', onLeave);
    stop();
  };
}

import { useEffect, useState } from 'react';
import type { ExportPresetId, ExportSettings } from '../../../core/contract/jobs.ts';
import type { Sequence } from '../../../core/document/schema.ts';
import { fileNameOf } from '../../../core/document/nameLength.ts';
import { engine } from '../../services/connection.ts';
import { joinPath, parentFolder } from '../../services/format.ts';
import { useEditor } from '../../services/store.ts';
import { exportRange } from './checks.ts';
import { presetRow, sizeWithin } from './presets.ts';

export type SizeChoice = 'preset' | 'sequence' | 'half';

export interface ExportForm {
  readonly preset: ExportPresetId;
  readonly name: string;
  readonly folder: string;
  readonly range: 'whole' | 'inOut';
  readonly size: SizeChoice;
  /** null = the preset's. */
  readonly crf: number | null;
}

/** The last choice stays while the window does; a project brings its own name and folder. */
let remembered: Pick<ExportForm, 'preset' | 'size' | 'crf'> = { preset: 'h264-1080p', size: 'preset', crf: null };

/** State of the export form; `settings` is null until a folder is known, `exists` means the file would be replaced. */
export function useExportForm(sequence: Sequence): {
  form: ExportForm;
  change: (patch: Partial<ExportForm>) => void;
  settings: ExportSettings | null;
  exists: boolean;
} {
  const projectName = useEditor((state) => state.document?.name ?? '');
  const projectFolder = useEditor((state) => state.folder ?? '');
  const [form, setForm] = useState<ExportForm>({
    ...remembered,
    name: fileNameOf(projectName, ' v99.mp4').slice(0, -' v99.mp4'.length),
    folder: parentFolder(projectFolder),
    range: 'whole',
  });
  const names = useFolderNames(form.folder);
  const row = presetRow(form.preset);
  // a default name gives way to existing files
  const [typed, setTyped] = useState(false);
  const free = typed || !names.includes(form.name + row.ending) ? form.name : nextFree(form.name, row.ending, names);
  const shown = { ...form, name: free };
  const range = exportRange(sequence, shown.range);
  const fileName = free.trim() + row.ending;
  const settings: ExportSettings | null =
    free.trim() === '' || /[\\/]/.test(free) || shown.folder === '' || range.durationTicks <= 0
      ? null
      : {
          preset: shown.preset,
          outputPath: joinPath(shown.folder, fileName),
          sequenceId: sequence.id,
          range: shown.range === 'whole' ? null : range,
          ...pictureSize(shown, sequence),
          crf: row.defaultCrf === null ? null : shown.crf,
        };
  return {
    form: shown,
    change: (patch) => {
      if (patch.name !== undefined) setTyped(true);
      const next = {
        ...form,
        ...patch,
        ...(patch.preset !== undefined && patch.preset !== form.preset ? { crf: null } : {}),
      };
      remembered = { preset: next.preset, size: next.size, crf: next.crf };
      setForm(next);
    },
    settings,
    exists: names.includes(fileName),
  };
}

/** px of the picture for a choice; both null where the preset decides. */
function pictureSize(form: ExportForm, sequence: Sequence): { width: number | null; height: number | null } {
  if (presetRow(form.preset).box === null || form.size === 'preset') return { width: null, height: null };
  return chosenSize(form.preset, form.size, sequence);
}

/** Picture size of an export in px, always even. */
export function chosenSize(
  preset: ExportPresetId,
  choice: SizeChoice,
  sequence: Sequence,
): { width: number; height: number } {
  const even = (px: number) => Math.max(16, Math.round(px / 2) * 2);
  if (choice === 'preset') return sizeWithin(presetRow(preset), sequence);
  const scale = choice === 'half' ? 0.5 : 1;
  return { width: even(sequence.width * scale), height: even(sequence.height * scale) };
}

/** 'Film', 'Film v2', 'Film v3': the first that is not there yet. */
export function nextFree(name: string, ending: string, names: readonly string[]): string {
  const base = name.replace(/ v\d+$/, '');
  for (let version = 2; ; version++) {
    const next = `${base} v${version}`;
    if (!names.includes(next + ending)) return next;
  }
}

function useFolderNames(folder: string): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (folder === '') return;
    let wanted = true;
    // a folder that cannot be listed may still be written to: the export itself will say
    engine()
      .call('files.list', { folder })
      .then(
        (listing) => {
          if (wanted) setNames(listing.entries.map((entry) => entry.name));
        },
        () => {
          if (wanted) setNames([]);
        },
      );
    return () => {
      wanted = false;
    };
  }, [folder]);
  return names;
}

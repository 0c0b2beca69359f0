/** OpenTimelineIO, both ways. */
export { exportOtio, patchedClips } from './otioExport.ts';
export { importOtio, importOtioWithNotices, type KnownMedia } from './otioImport.ts';
export { InterchangeError, type Imported } from './interchangeError.ts';

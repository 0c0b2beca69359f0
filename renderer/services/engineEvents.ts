/** Events of the engine, applied to the store. */
import type { MediaAssets } from '../../core/contract/contract.ts';
import { takesOver } from '../../core/document/fileUnder.ts';
import { loadMediaAssets, loadTakeAssets } from './assets.ts';
import { engine } from './connection.ts';
import { takeJob } from './jobs.ts';
import { refreshMachine, refreshPacks, refreshSoundFont } from './machine.ts';
import { resumeProject } from './projects.ts';
import { start } from './errors.ts';
import { useEditor } from './store.ts';

/** Less than an eye notices, more than the engine takes from one part to the next. */
const assetsTogetherMs = 80;

/** Applies the engine's events to the store. */
export function listenToEngine(): void {
  const line = engine();
  const mine = (projectId: string) => useEditor.getState().projectId === projectId;

  line.on('job.changed', ({ job }) => takeJob(job));
  // importing many files sends many events: they are applied together, for one render
  const arrived = new Map<string, MediaAssets>();
  line.on('media.assetsChanged', ({ projectId, assets }) => {
    if (!mine(projectId)) return;
    if (arrived.size === 0) {
      setTimeout(() => {
        if (mine(projectId))
          useEditor.setState((state) => ({ mediaAssets: { ...state.mediaAssets, ...Object.fromEntries(arrived) } }));
        arrived.clear();
      }, assetsTogetherMs);
    }
    arrived.set(assets.mediaId, assets);
  });
  line.on('media.missingChanged', ({ projectId, missingMediaIds }) => {
    if (!mine(projectId)) return;
    const before = useEditor.getState().missingMediaIds;
    useEditor.setState({ missingMediaIds });
    const gone = missingMediaIds.filter((id) => !before.includes(id));
    const back = before.filter((id) => !missingMediaIds.includes(id));
    loadMediaAssets([...gone, ...back]);
    // what is laid over footage is drawn again once that is back
    loadTakeAssets(takesOver(useEditor.getState().document?.takes ?? {}, back));
  });
  line.on('project.saved', ({ projectId, savedAt }) => {
    if (mine(projectId)) useEditor.setState({ savedAt });
  });
  line.on('project.lost', ({ projectId }) => {
    if (mine(projectId)) useEditor.setState({ readOnly: true, playing: 0 });
  });
  line.on('soundFont.changed', ({ status }) => useEditor.setState({ soundFont: status }));
  line.on('notice', ({ level, sentence }) => useEditor.getState().notify(level, { kind: 'sentence', sentence }));

  const onState = (state: typeof line.state) => {
    useEditor.setState({ connection: state });
    if (state !== 'open') return;
    refreshMachine();
    refreshPacks();
    refreshSoundFont();
    start(resumeProject());
  };
  line.onState(onState);
  onState(line.state);
}

/** What the engine tells by itself, put into the store. Called once at start. */
import { engine } from './connection.ts';
import { takeJob } from './jobs.ts';
import { refreshMachine, refreshPacks } from './machine.ts';
import { resumeProject } from './projects.ts';
import { start } from './errors.ts';
import { useEditor } from './store.ts';

export function listenToEngine(): void {
  const line = engine();
  const mine = (projectId: string) => useEditor.getState().projectId === projectId;

  line.on('job.changed', ({ job }) => takeJob(job));
  line.on('media.assetsChanged', ({ projectId, assets }) => {
    if (mine(projectId)) useEditor.setState((state) => ({ mediaAssets: { ...state.mediaAssets, [assets.mediaId]: assets } }));
  });
  line.on('media.missingChanged', ({ projectId, missingMediaIds }) => {
    if (mine(projectId)) useEditor.setState({ missingMediaIds });
  });
  line.on('project.saved', ({ projectId, savedAt }) => {
    if (mine(projectId)) useEditor.setState({ savedAt });
  });
  line.on('project.lost', ({ projectId }) => {
    if (mine(projectId)) useEditor.setState({ readOnly: true, playing: 0 });
  });
  line.on('notice', ({ level, message }) => useEditor.getState().notify(level, message));

  const onState = (state: typeof line.state) => {
    useEditor.setState({ connection: state });
    if (state !== 'open') return;
    refreshMachine();
    refreshPacks();
    start(resumeProject());
  };
  line.onState(onState);
  onState(line.state);
}

/**
 * The timeline alone, without an engine: `?clips=1000` a long cut, else the cut of the design's mock. `?media=/x/` is
 * where filmstrips and peaks are fetched from; `?theme=light`, `?lang=zh`. For screenshots and for the timeline's
 * bench.
 */
import '@fontsource-variable/inter';
import '../../../ui/tokens.css';
import '../../../ui/base.css';
import { createRoot } from 'react-dom/client';
import type { EngineConnection } from '../../../../core/contract/contract.ts';
import { startI18n, type Language } from '../../../i18n/i18n.ts';
import { replaceConnection } from '../../../services/connection.ts';
import { useEditor } from '../../../services/store.ts';
import { TooltipProvider } from '../../../ui/Tooltip.tsx';
import { Timeline } from '../Timeline.tsx';
import { longCut } from './longCut.ts';
import { mockCut } from './mockCut.ts';

const address = new URLSearchParams(location.search);
const theme = address.get('theme') === 'light' ? 'light' : 'dark';
const media = address.get('media') ?? '/media/';

/** A connection that answers nothing: tests only fetch files by URL. */
const silent: EngineConnection = {
  call: () => new Promise(() => undefined),
  on: () => () => undefined,
  url: (path) => new URL(path, new URL(media, location.href)).href,
  upload: () => Promise.reject(new Error('no engine')),
  state: 'open',
  onState: () => () => undefined,
};

async function main(): Promise<void> {
  document.documentElement.dataset['theme'] = theme;
  await startI18n((address.get('lang') ?? 'en') as Language);
  replaceConnection(silent);
  const clipCount = Number(address.get('clips') ?? 0);
  useEditor.setState({
    theme,
    screen: 'editor',
    connection: 'open',
    ...(clipCount > 0 ? longCut(clipCount) : mockCut()),
  });
  Object.assign(window, { useEditor });
  createRoot(document.getElementById('root')!).render(
    <TooltipProvider>
      <div
        style={{ position: 'absolute', left: 0, right: 0, bottom: 24, height: Number(address.get('height') ?? 368) }}
      >
        <Timeline />
      </div>
    </TooltipProvider>,
  );
}

void main();

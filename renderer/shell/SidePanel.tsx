import { ChevronLeft, UnfoldVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../actions/ActionButton.tsx';
import { AiPanel } from '../features/aiPanel/AiPanel.tsx';
import { HistoryPanel } from '../features/history/HistoryPanel.tsx';
import { Inspector } from '../features/inspector/Inspector.tsx';
import { TranscriptPanel } from '../features/transcript/TranscriptPanel.tsx';
import { openAiPanel } from '../services/openAi.ts';
import { aiShown } from '../services/selectors.ts';
import { useEditor } from '../services/store.ts';
import type { SidePanel as PanelName } from '../services/editor.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { PanelHead } from '../ui/PanelHead.tsx';
import { Tabs } from '../ui/Tabs.tsx';

const panels = {
  inspect: <Inspector />,
  ai: <AiPanel />,
  transcript: <TranscriptPanel />,
  history: <HistoryPanel />,
} as const satisfies Record<PanelName, ReactNode>;

/**
 * The right-hand panel: its head with the tabs, and the feature that is chosen. Features draw what stands below the
 * head.
 */
export function SidePanel() {
  const { t } = useTranslation('shell');
  const withAi = useEditor(aiShown);
  const chosen = useEditor((state) => state.sidePanel);
  const shown: PanelName = (chosen === 'ai' || chosen === 'transcript') && !withAi ? 'inspect' : chosen;
  const setSession = useEditor((state) => state.setSession);
  return (
    <>
      <PanelHead>
        {shown === 'history' ? (
          <>
            <IconButton
              icon={ChevronLeft}
              label={t('tabs.inspect')}
              size="s"
              onClick={() => setSession({ sidePanel: 'inspect' })}
            />
            <span className="strong">{t('tabs.history')}</span>
          </>
        ) : (
          <Tabs
            label={t('tabs.label')}
            value={shown}
            onChange={(sidePanel) => (sidePanel === 'ai' ? openAiPanel() : setSession({ sidePanel }))}
            options={[
              { value: 'inspect', label: t('tabs.inspect') },
              ...(withAi
                ? [
                    { value: 'ai' as const, label: t('tabs.ai') },
                    { value: 'transcript' as const, label: t('tabs.transcript') },
                  ]
                : []),
            ]}
          />
        )}
        <span className="grow" />
        <ActionButton action="view.tallInspector" icon={UnfoldVertical} />
      </PanelHead>
      {panels[shown]}
    </>
  );
}

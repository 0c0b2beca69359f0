import { useTranslation } from 'react-i18next';
import { CircleAlert, Cpu, Gauge, MemoryStick, Package, Timer } from 'lucide-react';
import type { PackInfo } from '../../../core/contract/contract.ts';
import type { Failure } from '../../../core/contract/errors.ts';
import type { BusyMachine, Estimate } from '../../../core/contract/jobs.ts';
import type { AiAction } from '../../services/editor.ts';
import { failureSentence } from '../../services/errors.ts';
import { formatAbout, gigabytes } from '../../services/format.ts';
import { usePackText } from '../../services/packTexts.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { classes } from '../../ui/classes.ts';
import { longestPrompt } from '../../../core/actions/requestBase.ts';
import type { Need } from './build.ts';
import type { Built } from './buildRequest.ts';
import { setSettings, useDraft, type Draft } from '../../services/aiDraft.ts';
import { packsFor } from './usePack.ts';
import type { AiPanelState } from './useAiPanel.ts';
import type { FootageWay } from './restyle/footage.ts';
import styles from './AiPanel.module.css';

/** Characters of the words that a note repeats. */
const longestShown = 60;
const takeCounts = ['1', '2', '3', '4'] as const;

/** What the foot shows, and what its button does. */
export interface FootProps {
  readonly action: AiAction;
  readonly built: Built;
  readonly method: FootageWay | null;
  readonly estimate: Estimate | null;
  /** Why the engine has no estimate. */
  readonly failure: Failure | null;
  readonly pack: PackInfo | null;
  readonly made: AiPanelState['made'];
  onGo(): void;
}

/** The cost first, then the one button; or the one thing that is still needed. */
export function Foot({ action, built, method, estimate, failure, pack, made, onGo }: FootProps) {
  const { t } = useTranslation('aiPanel');
  const edit = useDraft((draft) => draft.edit);
  const takeCount = useDraft((draft) => draft.settings[action].takeCount);
  const readOnly = useEditor((state) => state.readOnly);
  // without a clip there is nothing that a pack would run on
  const idle = !built.ok && built.need === 'clip';
  return (
    <div className={styles.foot}>
      {built.ok ? <Cost estimate={estimate} failure={failure} /> : <NeedNote action={action} need={built.need} />}
      <div className={styles.go}>
        <Button variant="primary" size="l" grow shortcut="Ctrl ↵" disabled={!built.ok || readOnly} onClick={onGo}>
          {t(`go.${method === 'addition' && edit !== 'remove' ? pictureVerbs[edit] : verbOf(action, built, edit)}`)}
        </Button>
        {method || idle ? null : (
          <Select
            className={styles.count}
            label={t('takeCountLabel')}
            value={String(takeCount) as (typeof takeCounts)[number]}
            options={takeCounts.map((value) => ({ value, label: t('takeCount', { count: Number(value) }) }))}
            onChange={(value) => setSettings(action, { takeCount: Number(value) })}
          />
        )}
      </div>
      {method ? (
        <MethodLine method={method} />
      ) : pack && !idle ? (
        <PackLine action={action} pack={pack} made={made} />
      ) : null}
    </div>
  );
}

const pictureVerbs = { add: 'addPicture', replace: 'replacePicture' } as const;

/** What the button does, as a key of its words. */
function verbOf(action: AiAction, built: Built, edit: Draft['edit']) {
  if (action === 'inpaint') return edit;
  if (built.ok && built.goal.kind === 'stems') return built.goal.part ? 'part' : 'again';
  if (action !== 'generate') return action;
  if (!built.ok) return 'generate';
  if (built.request.action === 'extend' && built.request.way !== undefined) return 'extend';
  return built.goal.kind === 'gap' ? 'fill' : built.goal.kind === 'takeOf' ? 'again' : 'generate';
}

function NeedNote({ action, need }: { action: AiAction; need: Need }) {
  const { t, i18n } = useTranslation('aiPanel');
  const prompt = useDraft((draft) => draft.prompts[action].trim());
  return (
    <p className={styles.note} role="status">
      <Icon of={CircleAlert} size={12} />
      <span>
        {t(`need.${need}`, {
          words: prompt.length > longestShown ? `${prompt.slice(0, longestShown)}…` : prompt,
          length: prompt.length.toLocaleString(i18n.language),
          most: longestPrompt.toLocaleString(i18n.language),
        })}
      </span>
    </p>
  );
}

const methodWords = {
  look: 'looks.method',
  removal: 'removalMethod',
  addition: 'addition.method',
  join: 'joins.method',
} as const;

/** In place of a pack: how looks and removals are made. */
function MethodLine({ method }: { method: FootageWay }) {
  const { t } = useTranslation('aiPanel');
  const keepFaces = useDraft((draft) => draft.keepFaces);
  return (
    <div className={styles.packLine}>
      <Icon of={Package} size={14} />
      <span className="grow">{t(method === 'look' && keepFaces ? 'looks.methodFaces' : methodWords[method])}</span>
    </div>
  );
}

/** Which pack runs; a choice where several can. */
function PackLine({ action, pack, made }: { action: AiAction; pack: PackInfo; made: AiPanelState['made'] }) {
  const { t } = useTranslation('aiPanel');
  const packs = useEditor((state) => state.packs);
  const text = usePackText();
  const able = packsFor(packs, action);
  const facts =
    action === 'soundtrack' || !pack.video
      ? t('packSound')
      : t('packVideo', {
          width: made?.width ?? pack.video.width,
          height: made?.height ?? pack.video.height,
          fps: made?.fps ?? pack.video.fps,
        });
  return (
    <div className={styles.packLine}>
      <Icon of={Package} size={14} />
      <span className="grow">{t('pack', { name: text(pack.name), facts })}</span>
      {able.length > 1 ? (
        <Select
          size="s"
          quiet
          label={t('change')}
          value={pack.id}
          options={able.map((each) => ({ value: each.id, label: text(each.name) }))}
          onChange={(packId) => setSettings(action, { packId })}
        />
      ) : null}
    </div>
  );
}

function Cost({ estimate, failure }: Pick<FootProps, 'estimate' | 'failure'>) {
  const { t } = useTranslation('aiPanel');
  if (failure)
    return (
      <p className={classes(styles.note, styles.bad)} role="alert">
        <Icon of={CircleAlert} size={12} />
        <span>{failureSentence(failure)}</span>
      </p>
    );
  if (!estimate) return <div className={styles.estimate}>{t('estimate.none')}</div>;
  return (
    <>
      {estimate.busy ? <BusyNote {...estimate.busy} /> : null}
      <Facts estimate={estimate} />
    </>
  );
}

/** Instead of a time that would not hold. */
function BusyNote({ load, cores }: BusyMachine) {
  const { t } = useTranslation('aiPanel');
  return (
    <p className={classes(styles.note, styles.warn)} role="status">
      <Icon of={Gauge} size={12} />
      <span>{t('estimate.busy', { load: load.toFixed(1), cores })}</span>
    </p>
  );
}

function Facts({ estimate }: { estimate: Estimate }) {
  const { t } = useTranslation('aiPanel');
  return (
    <div className={styles.estimate}>
      {estimate.busy ? null : (
        <span title={estimate.measured ? undefined : t('estimate.guess')}>
          <Icon of={Timer} size={14} />
          <b>{t('estimate.time', { time: formatAbout(estimate.seconds) })}</b>
        </span>
      )}
      <span>
        <Icon of={MemoryStick} size={14} />
        {t('estimate.memory', { memory: gigabytes(estimate.memoryBytes), free: gigabytes(estimate.freeMemoryBytes) })}
      </span>
      <span className={styles.device}>
        <Icon of={Cpu} size={14} />
        {t('estimate.device', { device: estimate.device })}
      </span>
    </div>
  );
}

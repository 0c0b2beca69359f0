import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Sparkles, SquareSplitHorizontal } from 'lucide-react';
import type { EnhanceRequest } from '../../../core/actions/enhance/schema.ts';
import type { Estimate } from '../../../core/contract/jobs.ts';
import type { ClipPlace } from '../../../core/document/query.ts';
import {
  cleanPicture,
  comparePicture,
  noChoice,
  pictureOffer,
  pictureRequest,
  type PictureChoice,
} from '../../services/cleanPicture.ts';
import { engine } from '../../services/connection.ts';
import { formatAbout } from '../../services/format.ts';
import { useEditor } from '../../services/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { FigureRow, Section } from './Section.tsx';
import styles from './Inspector.module.css';

/** While a choice changes, nothing is asked for, ms. */
const settleMs = 350;

/** Enlarging, grain and flicker: what is ticked is made as one take, and compared with what was filmed. */
export function CleanPictureSection({ place }: { place: ClipPlace }) {
  const { t } = useTranslation('inspector');
  // what the offer is made from; jobs change often, but only while something is made
  useEditor((state) => state.packs);
  useEditor((state) => state.jobs);
  useEditor((state) => state.document);
  const [chosen, choose] = useState<PictureChoice | null>(null);
  const offer = pictureOffer(useEditor.getState(), place);
  const choice = chosen ?? offer?.cleaned ?? noChoice;
  const request = offer && pictureRequest(place, offer, choice);
  const time = useTime(request, offer?.waits ?? true);
  if (!offer) return null;
  if (offer.packId === null)
    return (
      <Section title={t('picture.title')}>
        <p className={styles.note}>{t('picture.noPack')}</p>
      </Section>
    );
  const change = (changes: Partial<PictureChoice>) => choose({ ...choice, ...changes });
  return (
    <Section title={t('picture.title')} onReset={() => choose(noChoice)}>
      {offer.madeBefore ? <p className={styles.remark}>{t('picture.ofTake')}</p> : null}
      <SizeRow choice={choice} onChange={change} />
      <SwitchRow label={t('picture.deblock')} checked={choice.deblock} onChange={(deblock) => change({ deblock })} />
      {offer.still ? null : <FilmRows choice={choice} onChange={change} />}
      <div className={styles.row}>
        <span className={styles.label}>{time}</span>
        <div className={styles.buttons}>
          <Button
            icon={Sparkles}
            disabled={request === null || offer.waits}
            onClick={() => request && cleanPicture(place, request)}
          >
            {t('picture.make')}
          </Button>
          {offer.cleaned ? (
            <Button icon={SquareSplitHorizontal} onClick={() => comparePicture(place)}>
              {t('picture.compare')}
            </Button>
          ) : null}
        </div>
      </div>
    </Section>
  );
}

interface RowsProps {
  readonly choice: PictureChoice;
  readonly onChange: (changes: Partial<PictureChoice>) => void;
}

/** What is found over time. */
function FilmRows({ choice, onChange }: RowsProps) {
  const { t } = useTranslation('inspector');
  return (
    <>
      <FigureRow
        label={t('picture.denoise')}
        value={Math.round(choice.denoise * 100)}
        min={0}
        max={100}
        unit="%"
        origin={0}
        onCommit={(percent) => onChange({ denoise: percent / 100 })}
      />
      <SwitchRow
        label={t('picture.deflicker')}
        checked={choice.deflicker}
        onChange={(deflicker) => onChange({ deflicker })}
      />
    </>
  );
}

function SizeRow({ choice, onChange }: RowsProps) {
  const { t } = useTranslation('inspector');
  const scales = [1, 2, 4] as const;
  return (
    <>
      <div className={styles.row}>
        <span className={styles.label}>{t('picture.size')}</span>
        <Select
          className={styles.wide}
          size="s"
          label={t('picture.size')}
          value={String(choice.scale)}
          options={scales.map((scale) => ({
            value: String(scale),
            label: scale === 1 ? t('picture.sameSize') : t('picture.times', { scale }),
          }))}
          onChange={(value) => onChange({ scale: scales.find((scale) => String(scale) === value) ?? 1 })}
        />
      </div>
      {choice.scale === 1 ? null : (
        <SwitchRow
          label={t('picture.compressed')}
          checked={choice.compressed}
          onChange={(compressed) => onChange({ compressed })}
        />
      )}
    </>
  );
}

function SwitchRow({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <div className={styles.wide}>
        <Switch label={label} checked={checked} onChange={onChange} />
      </div>
    </div>
  );
}

/** How long it would take on this machine; '' while that is not known. */
function useTime(request: EnhanceRequest | null, waits: boolean): string {
  const { t } = useTranslation('inspector');
  const projectId = useEditor((state) => state.projectId);
  const key = request ? JSON.stringify(request) : '';
  const [answered, setAnswered] = useState<{ key: string; estimate: Estimate | null }>({ key: '', estimate: null });
  useEffect(() => {
    if (!projectId || key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      engine()
        .call('generation.estimate', { projectId, request: JSON.parse(key) as EnhanceRequest })
        .then((estimate) => current && setAnswered({ key, estimate }))
        .catch(() => undefined); // the button says what is wrong once it is pressed
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // what was just made says how long the next one takes
  }, [projectId, key, waits]);
  const { estimate } = answered;
  if (key === '' || answered.key !== key || !estimate) return '';
  // a guess may be off by a factor of ten: only what was measured here is a promise
  if (!estimate.measured) return t('picture.timeUnknown');
  return estimate.busy ? t('picture.busy') : t('picture.time', { time: formatAbout(estimate.seconds) });
}

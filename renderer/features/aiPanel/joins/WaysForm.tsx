import { useTranslation } from 'react-i18next';
import { pictureWays } from '../../../../core/actions/extend/ways.ts';
import { bridgeWays } from '../../../../core/actions/fillGap/ways.ts';
import type { RequestOf } from '../../../../core/actions/schema.ts';
import type { JoinPreview } from '../../../../core/contract/joins.ts';
import { setDraft, useDraft } from '../../../services/aiDraft.ts';
import { failureSentence, sentenceText } from '../../../services/errors.ts';
import { useJoinPreviews } from '../../../services/joinPreviews.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import panel from '../AiPanel.module.css';
import styles from './WaysForm.module.css';

type Way = (typeof pictureWays)[number] | (typeof bridgeWays)[number];

/** The ways of continuing footage or bridging two shots, each with its own small film; and what is heard. */
export function WaysForm({ request }: { request: RequestOf<'extend' | 'fillGap'> }) {
  const { t } = useTranslation('aiPanel');
  const { extendWay, extendSound, bridgeWay } = useDraft();
  const { previews, isWaiting, failure } = useJoinPreviews(request);
  const isBridge = request.action === 'fillGap';
  const ways: readonly Way[] = isBridge ? bridgeWays : pictureWays;
  const chosen = isBridge ? bridgeWay : extendWay;
  return (
    <>
      <div>
        <div className={panel.label}>{t(isBridge ? 'joins.bridge' : 'joins.extend')}</div>
        <div className={styles.ways}>
          {ways.map((way) => (
            <WayButton
              key={way}
              way={way}
              isChosen={way === chosen}
              isWaiting={isWaiting}
              preview={previews.find((each) => each.way === way) ?? null}
              onChoose={() =>
                setDraft(isBridge ? { bridgeWay: way as typeof bridgeWay } : { extendWay: way as typeof extendWay })
              }
            />
          ))}
        </div>
        {failure ? <p className={styles.note}>{failureSentence(failure)}</p> : null}
      </div>
      <p className={styles.note}>{t(`joins.about.${chosen}`)}</p>
      {isBridge ? null : (
        <div className={panel.kv}>
          <span className={panel.k}>{t('joins.sound')}</span>
          <Segmented
            className={panel.span}
            size="s"
            label={t('joins.sound')}
            value={extendSound}
            options={(['silence', 'roomTone'] as const).map((value) => ({ value, label: t(`joins.${value}`) }))}
            onChange={(value) => setDraft({ extendSound: value })}
          />
        </div>
      )}
    </>
  );
}

/** One way; where it is refused, the reason stands in the film's place. */
function WayButton({
  way,
  isChosen,
  isWaiting,
  preview,
  onChoose,
}: {
  way: Way;
  isChosen: boolean;
  isWaiting: boolean;
  preview: JoinPreview | null;
  onChoose: () => void;
}) {
  const { t } = useTranslation('aiPanel');
  const refusal = preview?.refusal ?? null;
  const name = t(`joins.way.${way}`);
  return (
    <button
      type="button"
      className={styles.way}
      aria-pressed={isChosen}
      disabled={refusal !== null}
      title={t(`joins.about.${way}`)}
      onClick={onChoose}
    >
      <span className={styles.film}>
        {refusal ? (
          sentenceText(refusal)
        ) : preview?.film ? (
          <img src={preview.film} alt="" />
        ) : isWaiting ? (
          <Spinner />
        ) : null}
      </span>
      <span className={styles.name}>{name}</span>
    </button>
  );
}

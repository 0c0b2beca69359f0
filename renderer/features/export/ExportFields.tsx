import { FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Sequence } from '../../../core/document/schema.ts';
import { formatDuration } from '../../../core/time/timecode.ts';
import { formatRate, secondsFromTicks } from '../../../core/time/ticks.ts';
import { chooseSavePath, choosePaths } from '../../services/dialogs.ts';
import { start } from '../../services/errors.ts';
import { baseName, parentFolder } from '../../services/format.ts';
import { useEditor } from '../../services/store.ts';
import { i18n } from '../../i18n/i18n.ts';
import { Button } from '../../ui/Button.tsx';
import { FormLine } from '../../ui/FormLine.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { exportRange } from './checks.ts';
import { presetRow } from './presets.ts';
import styles from './ExportDialog.module.css';
import { chosenSize, type ExportForm, type SizeChoice } from './useExportForm.ts';

/** CRF: lower is better. The slider runs the other way, from smaller files to higher quality. */
const crfRange = { min: 10, max: 40 } as const;

export interface ExportFieldsProps {
  readonly form: ExportForm;
  readonly change: (patch: Partial<ExportForm>) => void;
  readonly sequence: Sequence;
  readonly exists: boolean;
  readonly refusal: string | null;
}

/** The settings of one export: file, range, picture, quality and sound. */
export function ExportFields({ form, change, sequence, exists, refusal }: ExportFieldsProps) {
  const { t } = useTranslation('export');
  const row = presetRow(form.preset);
  const crf = form.crf ?? row.defaultCrf;
  return (
    <div className={styles.form}>
      <FileField form={form} change={change} exists={exists} />
      <RangeField form={form} change={change} sequence={sequence} />
      {row.box !== null ? (
        <>
          <hr className={styles.rule} />
          <SizeField form={form} change={change} sequence={sequence} />
          {crf !== null ? <QualityField crf={crf} defaultCrf={row.defaultCrf!} change={change} /> : null}
          <EncoderField encoder={row.encoder} />
        </>
      ) : null}
      {row.sound ? (
        <>
          <hr className={styles.rule} />
          <FormLine label={t('sound')}>
            <span className={styles.fact}>{row.sound}</span>
          </FormLine>
        </>
      ) : null}
      {refusal ? (
        <p role="alert" className={styles.refusal}>
          {refusal}
        </p>
      ) : null}
    </div>
  );
}

/** Asks for a file, or a folder for presets that write many files; null when cancelled. */
async function browse(form: ExportForm): Promise<Partial<ExportForm> | null> {
  const row = presetRow(form.preset);
  if (row.ending === '') {
    const title = i18n.t('export:folderTitle');
    const [folder] = await choosePaths({ title, kind: 'folder', multiple: false, filters: [] });
    return folder ? { folder } : null;
  }
  const path = await chooseSavePath({
    title: i18n.t('export:title'),
    filters: [{ name: row.name, extensions: [row.ending.slice(1)] }],
    suggestedName: form.name + row.ending,
  });
  if (!path) return null;
  const name = baseName(path);
  return {
    folder: parentFolder(path),
    name: name.toLowerCase().endsWith(row.ending) ? name.slice(0, -row.ending.length) : name,
  };
}

function FileField({ form, change, exists }: Pick<ExportFieldsProps, 'form' | 'change' | 'exists'>) {
  const { t } = useTranslation('export');
  const row = presetRow(form.preset);
  const choose = async () => {
    const chosen = await browse(form);
    if (chosen) change(chosen);
  };
  return (
    <FormLine label={t('file')} hint={exists ? t('exists') : null}>
      <span className="flex gap2">
        <TextField
          className="grow"
          label={t('file')}
          value={form.name}
          onChange={(name) => change({ name })}
          suffix={row.ending || t('folderSuffix')}
          invalid={form.name.trim() === '' || /[\\/]/.test(form.name)}
          data-autofocus
        />
        <Button icon={FolderOpen} title={form.folder} onClick={() => start(choose())}>
          <span className={styles.folderName}>{baseName(form.folder) || t('chooseFolder')}</span>
        </Button>
      </span>
    </FormLine>
  );
}

type FieldProps = Pick<ExportFieldsProps, 'form' | 'change' | 'sequence'>;

function RangeField({ form, change, sequence }: FieldProps) {
  const { t } = useTranslation('export');
  const lengthOf = (which: 'whole' | 'inOut') =>
    formatDuration(secondsFromTicks(exportRange(sequence, which).durationTicks));
  const hasInOut = sequence.inTicks !== null || sequence.outTicks !== null;
  return (
    <FormLine label={t('range')}>
      <Segmented
        label={t('range')}
        value={form.range}
        onChange={(range) => change({ range })}
        options={[
          {
            value: 'whole',
            label: (
              <span className="n">
                {t('wholeCut')} · {lengthOf('whole')}
              </span>
            ),
          },
          {
            value: 'inOut',
            label: (
              <span className="n">
                {t('inOut')}
                {hasInOut ? ` · ${lengthOf('inOut')}` : ''}
              </span>
            ),
            disabled: !hasInOut,
          },
        ]}
      />
    </FormLine>
  );
}

const sizes: readonly SizeChoice[] = ['preset', 'sequence', 'half'];

function SizeField({ form, change, sequence }: FieldProps) {
  const { t } = useTranslation('export');
  const sizeLabel = (choice: SizeChoice) => {
    const { width, height } = chosenSize(form.preset, choice, sequence);
    return `${width} × ${height}`;
  };
  return (
    <FormLine label={t('picture')}>
      <span className="flex gap2">
        <span className="grow">
          <Select
            label={t('picture')}
            value={form.size}
            onChange={(size) => change({ size })}
            options={sizes.map((value) => ({ value, label: sizeLabel(value), hint: t(`sizes.${value}`) }))}
          />
        </span>
        <span className={styles.fact}>{formatRate(sequence.rate)} fps</span>
      </span>
    </FormLine>
  );
}

interface QualityFieldProps extends Pick<ExportFieldsProps, 'change'> {
  readonly crf: number;
  readonly defaultCrf: number;
}

function QualityField({ crf, defaultCrf, change }: QualityFieldProps) {
  const { t } = useTranslation('export');
  return (
    <FormLine label={t('quality')}>
      <span className="flex gap3">
        <span className="small faint">{t('smaller')}</span>
        <Slider
          label={t('quality')}
          value={crfRange.max + crfRange.min - crf}
          min={crfRange.min}
          max={crfRange.max}
          valueText={`CRF ${crf}`}
          resetTo={crfRange.max + crfRange.min - defaultCrf}
          onChange={(value) => change({ crf: crfRange.max + crfRange.min - value })}
        />
        <span className="small faint">{t('finer')}</span>
        <span style={{ width: 72 }}>
          <NumberField
            size="s"
            label="CRF"
            prefix="CRF"
            value={crf}
            min={crfRange.min}
            max={crfRange.max}
            onCommit={(value) => change({ crf: Math.round(value) })}
          />
        </span>
      </span>
    </FormLine>
  );
}

/** The encoder that the preset uses, and a link to what this machine can encode. */
function EncoderField({ encoder }: { readonly encoder: ReturnType<typeof presetRow>['encoder'] }) {
  const { t } = useTranslation('export');
  return (
    <FormLine
      label={t('encoder')}
      hint={
        <>
          {t('encoderHint')}{' '}
          <button type="button" className={styles.link} onClick={() => useEditor.setState({ dialog: 'about' })}>
            {t('encoderWhy')}
          </button>
        </>
      }
    >
      <span className={styles.fact}>{encoder}</span>
    </FormLine>
  );
}

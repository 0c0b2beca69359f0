import { Link, PackagePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ModelsScreen.module.css';
import type { AddingPack } from './useAddPack.ts';

/** A place to drop a pack, and a line for its path. */
export function AddPack({ adding }: { adding: AddingPack }) {
  const { t } = useTranslation('models');
  const [path, setPath] = useState('');
  const [over, setOver] = useState(false);
  return (
    <>
      <form
        className={classes(styles.drop, over && styles.over)}
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim()) void adding.add(path.trim()).then(() => setPath(''));
        }}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes('Files')) {
            event.preventDefault();
            setOver(true);
          }
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) void adding.addFile(file);
        }}
      >
        <Icon of={PackagePlus} size={20} />
        <span>{t('drop')}</span>
        <span className="faint">{t('dropOr')}</span>
        <TextField
          className="grow"
          label={t('pathHint')}
          placeholder={t('pathHint')}
          icon={Link}
          value={path}
          onChange={setPath}
          disabled={adding.busy}
        />
        <Button type="submit" disabled={adding.busy || path.trim() === ''}>
          {adding.busy ? t('adding') : t('add')}
        </Button>
      </form>
      {adding.refusal ? (
        <p role="alert" className={styles.refusal}>
          {adding.refusal}
        </p>
      ) : null}
    </>
  );
}

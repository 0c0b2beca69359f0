import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';

export interface DialogFootProps {
  /** What the one button does, in words. */
  readonly action: string;
  /** Nothing to do yet. */
  readonly disabled: boolean;
  onAction(): void;
  onCancel(): void;
  /** A remark on the left. */
  readonly note?: ReactNode;
}

/** The foot of a dialog that does one thing: 'Cancel', and the button that does it. */
export function DialogFoot({ action, disabled, onAction, onCancel, note }: DialogFootProps) {
  const { t } = useTranslation('common');
  return (
    <>
      <span className="small faint grow">{note}</span>
      <Button variant="quiet" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button variant="primary" disabled={disabled} onClick={onAction}>
        {action}
      </Button>
    </>
  );
}

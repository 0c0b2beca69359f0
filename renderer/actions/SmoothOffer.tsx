import { useTranslation } from 'react-i18next';
import { Gauge } from 'lucide-react';
import type { ClipPlace } from '../../core/document/query.ts';
import { acceptSmooth, smoothNumbers, smoothOffer } from '../services/smooth.ts';
import { useEditor } from '../services/store.ts';
import { Offer } from '../ui/Offer.tsx';

/** Frames in between, for a clip that would judder without them; nothing for any other. */
export function SmoothOffer({ place }: { place: ClipPlace }) {
  const { t } = useTranslation('generation');
  // what the offer is made from; jobs change often, but only while something is made
  useEditor((state) => state.packs);
  useEditor((state) => state.jobs);
  useEditor((state) => state.document);
  const offer = smoothOffer(useEditor.getState(), place);
  if (!offer) return null;
  return (
    <Offer
      icon={Gauge}
      label={t('smooth.accept')}
      disabled={offer.waits}
      problem={offer.packId === null ? t('smooth.noPack') : null}
      onAccept={() => acceptSmooth(place, offer)}
    >
      {t(`smooth.${offer.why}`, smoothNumbers(offer))}
    </Offer>
  );
}

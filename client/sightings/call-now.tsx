/** Life in danger: the call comes before anything else, with the place in words and in digits to be read out. */
import { IconPhoneCall } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Position } from '../../shared/geo/position.ts';
import classes from './call-now.module.css';
import { usePlaceWords } from './use-place-words.ts';

/** The ambulance, all over the country; the city's own hotline is not for this. */
export const ambulanceNumber = '120';

export interface CallNowProps {
  cityId: string | null;
  /** as measured or picked; null = only words are known, if any */
  position: Position | null;
  addressText: string;
  /** moves the focus here when it appears */
  heading?: Ref<HTMLHeadingElement>;
}

/** About a metre. */
const decimals = 5;

export function CallNow(props: CallNowProps) {
  const { t } = useTranslation('personState');
  const { position, addressText } = props;
  const { text, asking } = usePlaceWords(props.cityId, position);
  const words = [addressText, text].filter((part) => part !== null && part !== '').join(' · ');
  // Said as it appears, and what is added to it; a position that trembles by a metre is not said again each time.
  return (
    <section
      className={classes['panel']}
      role="alert"
      aria-atomic="false"
      aria-relevant="additions"
    >
      <h2 ref={props.heading} tabIndex={-1} className={classes['title']}>
        {t('call.title')}
      </h2>
      <p className={classes['text']}>{t('call.text')}</p>
      <a className={classes['dial']} href={`tel:${ambulanceNumber}`}>
        <IconPhoneCall size={34} aria-hidden />
        {t('call.dial')}
      </a>
      <div className={classes['read']}>
        {words === '' && position === null ? (
          <p className={classes['text']}>{t('call.noPosition')}</p>
        ) : (
          <>
            <p className={classes['text']}>{t('call.read')}</p>
            {words !== '' && <p className={classes['words']}>{words}</p>}
            {asking && <p className={classes['text']}>{t('call.finding')}</p>}
            {position !== null && <Coordinates position={position} />}
          </>
        )}
      </div>
      <p className={classes['text']}>{t('call.stay')}</p>
    </section>
  );
}

function Coordinates({ position: { lon, lat } }: { position: Position }) {
  const { t } = useTranslation('personState');
  return (
    <dl className={classes['digits']}>
      <dt>{t(lat < 0 ? 'call.south' : 'call.lat')}</dt>
      <dd dir="ltr">{Math.abs(lat).toFixed(decimals)}</dd>
      <dt>{t(lon < 0 ? 'call.west' : 'call.lon')}</dt>
      <dd dir="ltr">{Math.abs(lon).toFixed(decimals)}</dd>
    </dl>
  );
}

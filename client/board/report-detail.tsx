/** The whole of one report, read when asked for: reading it is written down. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SightingDetail } from '../../shared/sightings/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { formatPosition } from '../kernel/format.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { MediaGallery } from '../media/media-gallery.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './report-rows.module.css';

export function ReportDetail(props: { sightingId: string }) {
  const { t } = useTranslation(['board', 'sightings']);
  const { sentence } = useFaultWords();
  const [detail, setDetail] = useState<SightingDetail | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setFault(null);
    api.sightings.read.query({ id: props.sightingId }).then(
      (found) => !gone && setDetail(found),
      (error: unknown) => !gone && setFault(faultOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [props.sightingId, round]);
  if (fault !== null)
    return (
      <StateBlock
        kind="error"
        compact
        text={sentence(fault)}
        onRetry={() => setRound((count) => count + 1)}
      />
    );
  if (detail === null) return <StateBlock kind="loading" compact />;
  const rows: [string, string][] = [
    [t('board:sightings.note'), detail.note === '' ? t('board:sightings.noNote') : detail.note],
    ...(detail.addressText === ''
      ? []
      : ([[t(`sightings:source.${detail.positionSource}`), detail.addressText]] as [
          string,
          string,
        ][])),
    [t(`sightings:source.${detail.positionSource}`), formatPosition(detail)],
    ...(detail.reporterName === null
      ? []
      : ([[t('board:sightings.reporter'), detail.reporterName]] as [string, string][])),
  ];
  return (
    <dl className={classes['detail']}>
      {rows.map(([term, text]) => (
        <div key={`${term}${text}`}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      <MediaGallery subjectKind="sighting" subjectIds={[detail.id]} />
      {detail.contactPhone !== '' && (
        <div>
          <dt>{t('board:sightings.phone')}</dt>
          <dd>
            <a href={`tel:${detail.contactPhone}`}>{detail.contactPhone}</a>
          </dd>
        </div>
      )}
    </dl>
  );
}

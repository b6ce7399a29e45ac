/** The whole of one report, read when asked for: reading it is written down. */
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api.ts';
import { formatPosition } from '../kernel/format.ts';
import { useAsked } from '../kernel/use-asked.ts';
import { MediaGallery } from '../media/media-gallery.tsx';
import { AskedState } from '../ui/asked-state.tsx';
import classes from './report-rows.module.css';

export function ReportDetail(props: { sightingId: string }) {
  const { t } = useTranslation(['board', 'sightings']);
  const { sightingId } = props;
  const {
    answer: detail,
    fault,
    reload,
  } = useAsked(() => api.sightings.read.query({ id: sightingId }), sightingId);
  if (detail === null || fault !== null) return <AskedState fault={fault} onRetry={reload} />;
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
    <>
      <dl className={classes['detail']}>
        {rows.map(([term, text]) => (
          <div key={`${term}${text}`}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {detail.contactPhone !== '' && (
          <div>
            <dt>{t('board:sightings.phone')}</dt>
            <dd>
              <a href={`tel:${detail.contactPhone}`}>{detail.contactPhone}</a>
            </dd>
          </div>
        )}
      </dl>
      <MediaGallery subjectKind="sighting" subjectIds={[detail.id]} />
    </>
  );
}

/** Codes to print, and the phones that joined by them. */
import { IconQrcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { EnrolmentView } from '../../shared/accounts/enrolment.ts';
import { api } from '../kernel/api.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import { EnrolmentDevices } from './enrolment-devices.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import classes from './page.module.css';
import { AddLink, Gone, Page, Row } from './page.tsx';
import { useAsked } from '../kernel/use-asked.ts';

const enrolmentHome = '/admin/enrolment';

export function EnrolmentPages() {
  const { t } = useTranslation('enrolment');
  const { sentence } = useFaultWords();
  const { answer: codes, fault, reload } = useAsked(() => api.accounts.listEnrolments.query());
  if (codes === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
    );
  return (
    <Switch>
      <Route path={`${enrolmentHome}/new`}>
        <Page title={t('new')} back={enrolmentHome}>
          <EnrolmentForm onCreated={reload} />
        </Page>
      </Route>
      <Route path={`${enrolmentHome}/:id`}>
        {({ id }) => <CodePage code={codes.find((code) => code.id === id)} onChanged={reload} />}
      </Route>
      <Route>
        <CodeList codes={codes} />
      </Route>
    </Switch>
  );
}

function useAbout() {
  const { t } = useTranslation(['enrolment', 'sightings']);
  const format = useFormat();
  const mark = (code: EnrolmentView): string | null => {
    if (code.revokedAt !== null) return t('enrolment:revoked');
    if (Date.parse(code.expiresAt) <= Date.now()) return t('enrolment:expired');
    return code.devices >= code.mostDevices ? t('enrolment:usedUp') : null;
  };
  const about = (code: EnrolmentView): string =>
    [
      t(`sightings:kind.${code.reporterKind}`),
      t('enrolment:used', { devices: code.devices, most: code.mostDevices }),
      t('enrolment:until', { date: format.date(code.expiresAt) }),
    ].join(' · ');
  return { mark, about };
}

function CodeList({ codes }: { codes: readonly EnrolmentView[] }) {
  const { t } = useTranslation(['enrolment', 'admin']);
  const { mark, about } = useAbout();
  return (
    <Page
      title={t('admin:section.enrolment')}
      lead={t('enrolment:lead')}
      action={<AddLink href={`${enrolmentHome}/new`}>{t('enrolment:add')}</AddLink>}
    >
      {codes.length === 0 && (
        <StateBlock kind="empty" title={t('enrolment:empty')} text={t('enrolment:emptyText')} />
      )}
      <ul className={classes['list']}>
        {codes.map((code) => (
          <Row
            key={code.id}
            href={`${enrolmentHome}/${code.id}`}
            before={<IconQrcode size={28} aria-hidden />}
            name={code.label}
            about={about(code)}
            mark={mark(code)}
            off={mark(code) !== null && mark(code) !== t('enrolment:usedUp')}
          />
        ))}
      </ul>
    </Page>
  );
}

function CodePage(props: { code: EnrolmentView | undefined; onChanged: () => void }) {
  const { about } = useAbout();
  const { code } = props;
  if (!code) return <Gone back={enrolmentHome} />;
  return (
    <Page title={code.label} lead={about(code)} back={enrolmentHome}>
      <EnrolmentDevices code={code} onChanged={props.onChanged} />
    </Page>
  );
}

/** Who did what to accounts and settings, and who read what is sensitive: newest first, page by page. */
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditPageSize } from '../../shared/accounts/schema.ts';
import type { AuditEntry, UserView } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useAuditWords } from './audit-words.ts';
import classes from './page.module.css';
import { Page } from './page.tsx';
import { useAsked } from '../kernel/use-asked.ts';

const nobody: UserView[] = [];

/** Times travel in milliseconds though the database knows finer: a page begins a millisecond late and drops what is there. */
const justAfter = (at: string) => new Date(Date.parse(at) + 1).toISOString();

function useAudit() {
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState(false);
  const load = useCallback(async (known: readonly AuditEntry[]) => {
    setBusy(true);
    setFault(null);
    const last = known.at(-1);
    try {
      const page = await api.accounts.readAudit.query(last ? { before: justAfter(last.at) } : {});
      const ids = new Set(known.map(({ id }) => id));
      const fresh = page.filter(({ id }) => !ids.has(id));
      setEntries([...known, ...fresh]);
      setEnded(page.length < auditPageSize || fresh.length === 0);
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  }, []);
  useEffect(() => void load([]), [load]);
  return { entries, fault, busy, ended, more: () => void load(entries ?? []) };
}

export function AuditPage() {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { entries, fault, busy, ended, more } = useAudit();
  const users = useAsked(() => api.accounts.listUsers.query()).answer ?? nobody;
  return (
    <Page title={t('section.audit')} lead={t('audit.lead')}>
      {entries === null && fault === null && <StateBlock kind="loading" />}
      {entries?.length === 0 && <StateBlock kind="empty" title={t('audit.empty')} />}
      {entries !== null && entries.length > 0 && <Log entries={entries} users={users} />}
      {fault !== null && <StateBlock kind="error" text={sentence(fault)} onRetry={more} />}
      {entries !== null && entries.length > 0 && fault === null && (
        <>
          {ended ? (
            <p className={classes['end']}>{t('audit.end')}</p>
          ) : (
            <BigButton loading={busy} onClick={more}>
              {t('audit.more')}
            </BigButton>
          )}
        </>
      )}
    </Page>
  );
}

function Log(props: { entries: readonly AuditEntry[]; users: readonly UserView[] }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const words = useAuditWords(props.users);
  return (
    <div>
      <div className={classes['log']} data-head aria-hidden>
        <span>{t('audit.time')}</span>
        <span>{t('audit.who')}</span>
        <span>{t('audit.what')}</span>
      </div>
      <ol className={classes['plain']}>
        {props.entries.map((entry) => {
          const { what, more } = words(entry);
          return (
            <li key={entry.id} className={classes['log']}>
              <time dateTime={entry.at}>{format.exact(entry.at)}</time>
              <strong>{entry.userName ?? t('audit.system')}</strong>
              <span className={classes['what']}>
                {what}
                {more !== '' && <span className={classes['quiet']}> · {more}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** A file of key points: read here, looked at, then sent in pieces. Nothing of it is lost when the network is. */
import { Button, NativeSelect } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCity } from '../kernel/city.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { readKeyPointFile } from './key-point-file.ts';
import type { ImportRow, ReadFile, ReadOptions } from './key-point-file.ts';
import { SendProgress } from './key-point-progress.tsx';
import classes from './page.module.css';
import { useSendKeyPoints } from './send-key-points.ts';

type System = ReadOptions['system'];

export function KeyPointImport() {
  const { t } = useTranslation('admin');
  const { city } = useCity();
  const [file, setFile] = useState<File | null>(null);
  const [system, setSystem] = useState<System>('wgs84');
  const [read, setRead] = useState<ReadFile | null>(null);
  const { sent, send, forget } = useSendKeyPoints('imported');
  const picker = useRef<HTMLInputElement>(null);
  if (city === null) return null;

  const look = async (chosen: File, as: System) => {
    forget();
    setFile(chosen);
    setSystem(as);
    setRead(await readKeyPointFile(chosen, { system: as, bounds: city.bounds }));
  };
  const locked = sent.sending || sent.done > 0;
  return (
    <>
      <section className={classes['card']}>
        <NativeSelect
          label={t('keyPoints.file.system')}
          size="lg"
          className={classes['narrow'] ?? ''}
          value={system}
          disabled={locked}
          onChange={(event) => {
            const as = event.currentTarget.value as System;
            if (file) void look(file, as);
            else setSystem(as);
          }}
          data={(['wgs84', 'gcj02'] as const).map((value) => ({
            value,
            label: t(`keyPoints.file.${value}`),
          }))}
        />
        <input
          ref={picker}
          type="file"
          hidden
          accept=".csv,.txt,.json,.geojson,text/csv,application/json,application/geo+json"
          aria-label={t('keyPoints.file.choose')}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (chosen) void look(chosen, system);
          }}
        />
        <span>
          <Button
            h={48}
            variant={file === null ? 'filled' : 'default'}
            disabled={sent.sending}
            leftSection={<IconFileUpload size={20} aria-hidden />}
            onClick={() => picker.current?.click()}
          >
            {t(file === null ? 'keyPoints.file.choose' : 'keyPoints.file.another')}
          </Button>
        </span>
        {file !== null && <p role="status">{file.name}</p>}
        {read !== null && 'fault' in read && (
          <p className={classes['error']} role="alert">
            {t(`keyPoints.file.fault.${read.fault}`)}
          </p>
        )}
        <details>
          <summary className={classes['summary']}>{t('keyPoints.file.columns')}</summary>
          <p>{t('keyPoints.file.columnsText')}</p>
          <p>{t('keyPoints.file.refText')}</p>
        </details>
      </section>
      {read !== null && 'rows' in read && <Preview rows={read.rows} sent={sent} send={send} />}
    </>
  );
}

const faultsAtOnce = 50;

function Preview(props: {
  rows: readonly ImportRow[];
  sent: ReturnType<typeof useSendKeyPoints>['sent'];
  send: ReturnType<typeof useSendKeyPoints>['send'];
}) {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { sent } = props;
  const [shown, setShown] = useState(faultsAtOnce);
  const good = props.rows.flatMap(({ draft }) => (draft === null ? [] : [draft]));
  const bad = props.rows.filter(({ draft }) => draft === null);
  const left = good.length - sent.done;
  return (
    <section className={classes['card']}>
      <h3>{t('keyPoints.file.good', { count: good.length })}</h3>
      {bad.length > 0 && (
        <>
          <p className={classes['error']} role="alert">
            {t('keyPoints.file.bad', { count: bad.length })}
          </p>
          <ul className={classes['list']}>
            {bad.slice(0, shown).map((row) => (
              <li key={row.line}>
                {t('keyPoints.file.line', { line: row.line })} ·{' '}
                {row.name || t('keyPoints.file.nameless')}:{' '}
                {row.faults.map((fault) => t(`keyPoints.file.row.${fault}`)).join('; ')}
              </li>
            ))}
          </ul>
          {bad.length > shown && (
            <BigButton onClick={() => setShown(shown + faultsAtOnce)}>
              {t('keyPoints.more')}
            </BigButton>
          )}
        </>
      )}
      {sent.fault !== null && (
        <p className={classes['error']} role="alert">
          {sentence(sent.fault)}
        </p>
      )}
      <SendProgress sent={sent} />
      {left > 0 && (
        <span>
          <BigButton
            tone="main"
            full={false}
            loading={sent.sending}
            onClick={() => void props.send(good)}
          >
            {t(sent.done > 0 ? 'keyPoints.file.resume' : 'keyPoints.file.send', { count: left })}
          </BigButton>
        </span>
      )}
    </section>
  );
}

import { Button, NativeSelect, TextInput, useMantineColorScheme } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { keyPointKinds } from '../../shared/key-points/schema.ts';
import type { KeyPointKind, KeyPointView } from '../../shared/key-points/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { pictureOf } from '../key-points/pictures.tsx';
import { useFormat } from '../kernel/use-format.ts';
import { CityMap } from '../map/city-map.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { tokensOf } from '../ui/tokens.ts';
import { KeyPointDots } from './key-point-dots.tsx';
import classes from './page.module.css';
import { AddLink, Page, Row } from './page.tsx';

const home = '/admin/key-points';
const rowsAtOnce = 100;

export function KeyPointList({ keyPoints }: { keyPoints: readonly KeyPointView[] }) {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const [wanted, setWanted] = useState('');
  const [kind, setKind] = useState<KeyPointKind | ''>('');
  const needle = useDeferredValue(wanted).trim().toLowerCase();
  const found = useMemo(
    () =>
      keyPoints.filter(
        (keyPoint) =>
          (kind === '' || keyPoint.kind === kind) &&
          `${keyPoint.name} ${keyPoint.note}`.toLowerCase().includes(needle),
      ),
    [keyPoints, kind, needle],
  );
  const counted = useMemo(() => {
    const counts = new Map<KeyPointKind, number>();
    for (const each of keyPoints) counts.set(each.kind, (counts.get(each.kind) ?? 0) + 1);
    return counts;
  }, [keyPoints]);
  return (
    <Page
      title={t('admin:section.keyPoints')}
      lead={t('admin:keyPoints.lead')}
      action={<Ways />}
      wide
    >
      <div className={classes['split']}>
        <div className={classes['stack']}>
          <TextInput
            type="search"
            size="lg"
            aria-label={t('admin:keyPoints.find')}
            placeholder={t('admin:keyPoints.find')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <NativeSelect
            size="lg"
            aria-label={t('admin:keyPoints.kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as KeyPointKind | '')}
            data={[
              { value: '', label: `${t('admin:keyPoints.allKinds')} (${keyPoints.length})` },
              ...keyPointKinds.map((each) => ({
                value: each,
                label: `${t(`keyPoints:kind.${each}`)} (${counted.get(each) ?? 0})`,
              })),
            ]}
          />
          <p className={classes['end']} role="status">
            {t('admin:keyPoints.count', { count: found.length })}
          </p>
          <Found found={found} none={keyPoints.length === 0} />
        </div>
        <ListMap found={found} />
      </div>
    </Page>
  );
}

function Ways() {
  const { t } = useTranslation('admin');
  return (
    <span className={classes['actions']}>
      <Button
        component={Link}
        href={`${home}/from-map`}
        variant="default"
        h={48}
        className={classes['cancel'] ?? ''}
      >
        {t('keyPoints.fromMap')}
      </Button>
      <Button
        component={Link}
        href={`${home}/import`}
        variant="default"
        h={48}
        className={classes['cancel'] ?? ''}
      >
        {t('keyPoints.import')}
      </Button>
      <AddLink href={`${home}/new`}>{t('keyPoints.add')}</AddLink>
    </span>
  );
}

function Found({ found, none }: { found: readonly KeyPointView[]; none: boolean }) {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const { duration } = useFormat();
  const [shown, setShown] = useState(rowsAtOnce);
  const hours = ({ fromHour, toHour }: KeyPointView) =>
    fromHour === toHour
      ? t('keyPoints:allDay')
      : t('keyPoints:hours', { from: fromHour, to: toHour });
  const about = (keyPoint: KeyPointView) =>
    [
      t(`keyPoints:kind.${keyPoint.kind}`),
      hours(keyPoint),
      t('keyPoints:every', { duration: duration(keyPoint.normalEveryMinutes * 60_000) }),
    ].join(' · ');
  if (found.length === 0)
    return none ? (
      <StateBlock
        kind="empty"
        title={t('admin:keyPoints.empty')}
        text={t('admin:keyPoints.emptyText')}
      />
    ) : (
      <StateBlock kind="empty" title={t('admin:keyPoints.noMatch')} />
    );
  return (
    <>
      <ul className={classes['list']}>
        {found.slice(0, shown).map((keyPoint) => {
          const Picture = pictureOf[keyPoint.kind];
          return (
            <Row
              key={keyPoint.id}
              href={`${home}/${keyPoint.id}`}
              before={<Picture size={24} />}
              name={keyPoint.name}
              about={about(keyPoint)}
            />
          );
        })}
      </ul>
      {found.length > shown && (
        <BigButton onClick={() => setShown(shown + rowsAtOnce)}>
          {t('admin:keyPoints.more')}
        </BigButton>
      )}
    </>
  );
}

function ListMap({ found }: { found: readonly KeyPointView[] }) {
  const { city } = useCity();
  const [, go] = useLocation();
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  if (city === null) return null;
  return (
    <div className={classes['map']}>
      <CityMap city={city}>
        <KeyPointDots
          id="key-points"
          dots={found}
          color={tokens.action}
          tokens={tokens}
          onSelect={(id) => go(`${home}/${id}`)}
        />
      </CityMap>
    </div>
  );
}

/** Key points out of the city's own map: chosen by kind and area, taken all at once or one by one. */
import { Checkbox, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import type { KeyPointCandidate, KeyPointKind } from '../../shared/key-points/schema.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { useLanguage } from '../kernel/i18n.ts';
import { newId } from '../kernel/id.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { CityMap } from '../map/city-map.tsx';
import { useAreas } from '../patrols/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { tokensOf } from '../ui/tokens.ts';
import { KeyPointDots } from './key-point-dots.tsx';
import { SendProgress } from './key-point-progress.tsx';
import classes from './page.module.css';
import { useSendKeyPoints } from './send-key-points.ts';
import type { Sendable } from './send-key-points.ts';
import { useAsked } from '../kernel/use-asked.ts';

/** What a map can know of; the others are drawn or imported. */
const kindsOfMaps: readonly KeyPointKind[] = [
  'underpass',
  'bridge',
  'station',
  'cash_machine',
  'park',
  'hospital',
];
const rowsAtOnce = 100;

const toggled = <K,>(set: ReadonlySet<K>, key: K): Set<K> => {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
};

export function KeyPointCandidates() {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const [kinds, setKinds] = useState<ReadonlySet<KeyPointKind>>(new Set(['underpass']));
  const [areaId, setAreaId] = useState('');
  const areas = useAreas();
  return (
    <>
      <ChipToggles
        label={t('admin:keyPoints.kind')}
        chips={kindsOfMaps.map((kind) => ({ key: kind, label: t(`keyPoints:kind.${kind}`) }))}
        chosen={kinds}
        onToggle={(kind) => setKinds(toggled(kinds, kind))}
      />
      <NativeSelect
        label={t('admin:keyPoints.map.area')}
        size="lg"
        className={classes['narrow'] ?? ''}
        value={areaId}
        onChange={(event) => setAreaId(event.currentTarget.value)}
        data={[
          { value: '', label: t('admin:keyPoints.map.wholeCity') },
          ...areas
            .filter(({ removed }) => !removed)
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Offered key={`${areaId}/${[...kinds].join()}`} kinds={[...kinds]} areaId={areaId || null} />
    </>
  );
}

function Offered(props: { kinds: KeyPointKind[]; areaId: string | null }) {
  const { sentence } = useFaultWords();
  const { t } = useTranslation('admin');
  const { answer, fault, reload } = useAsked(() => api.keyPoints.candidates.query(props));
  if (fault !== null) return <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />;
  if (answer === null) return <StateBlock kind="loading" />;
  if (answer.length === 0) return <StateBlock kind="empty" title={t('keyPoints.map.none')} />;
  return <Choice candidates={answer} />;
}

function useNames() {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const english = useLanguage() === 'en';
  return ({ nameZh, nameEn, kind }: KeyPointCandidate): string => {
    const name = english ? nameEn || nameZh : nameZh || nameEn;
    return name || t('admin:keyPoints.map.nameless', { kind: t(`keyPoints:kind.${kind}`) });
  };
}

const draftOf = (candidate: KeyPointCandidate, name: string): Sendable => ({
  id: newId(),
  sourceRef: candidate.sourceRef,
  name: name.slice(0, 100),
  kind: candidate.kind,
  position: { lon: candidate.lon, lat: candidate.lat },
  ...keyPointDefaults[candidate.kind],
  note: '',
});

function Choice({ candidates }: { candidates: readonly KeyPointCandidate[] }) {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const nameOf = useNames();
  const { sent, send } = useSendKeyPoints('map');
  const free = useMemo(() => candidates.filter(({ taken }) => !taken), [candidates]);
  const sorted = useMemo(
    () => candidates.toSorted((a, b) => Number(a.taken) - Number(b.taken)),
    [candidates],
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** what is being sent: kept, so that going on after an error sends the rest of the same */
  const [rows, setRows] = useState<readonly Sendable[] | null>(null);
  const take = () => {
    const wanted =
      rows ??
      free
        .filter(({ sourceRef }) => chosen.has(sourceRef))
        .map((candidate) => draftOf(candidate, nameOf(candidate)));
    setRows(wanted);
    void send(wanted);
  };
  const left = rows === null ? chosen.size : rows.length - sent.done;
  return (
    <div className={classes['split']}>
      <div className={classes['stack']}>
        {free.length === 0 && <p role="status">{t('keyPoints.map.allTaken')}</p>}
        {free.length > 0 && (
          <span className={classes['actions']}>
            <BigButton
              full={false}
              disabled={rows !== null}
              onClick={() => setChosen(new Set(free.map(({ sourceRef }) => sourceRef)))}
            >
              {t('keyPoints.map.all', { count: free.length })}
            </BigButton>
            <BigButton
              full={false}
              tone="quiet"
              disabled={rows !== null}
              onClick={() => setChosen(new Set())}
            >
              {t('keyPoints.map.clear')}
            </BigButton>
          </span>
        )}
        {sent.fault !== null && (
          <p className={classes['error']} role="alert">
            {sentence(sent.fault)}
          </p>
        )}
        <SendProgress sent={sent} />
        {left > 0 && (
          <BigButton tone="main" loading={sent.sending} onClick={take}>
            {t(sent.done > 0 ? 'keyPoints.file.resume' : 'keyPoints.map.take', { count: left })}
          </BigButton>
        )}
        <Rows
          candidates={sorted}
          chosen={chosen}
          locked={rows !== null}
          nameOf={nameOf}
          onToggle={(ref) => setChosen(toggled(chosen, ref))}
        />
      </div>
      <ChoiceMap
        free={free}
        chosen={chosen}
        onToggle={(ref) => rows === null && setChosen(toggled(chosen, ref))}
      />
    </div>
  );
}

function Rows(props: {
  candidates: readonly KeyPointCandidate[];
  chosen: ReadonlySet<string>;
  locked: boolean;
  nameOf: (candidate: KeyPointCandidate) => string;
  onToggle: (ref: string) => void;
}) {
  const { t } = useTranslation(['admin', 'keyPoints']);
  const [shown, setShown] = useState(rowsAtOnce);
  const { candidates, chosen, nameOf } = props;
  return (
    <>
      <ul className={classes['list']}>
        {candidates.slice(0, shown).map((candidate) => (
          <li key={candidate.sourceRef} className={classes['row']}>
            {candidate.taken ? (
              <>
                <span className={classes['words']}>
                  <span>{nameOf(candidate)}</span>
                  <span className={classes['quiet']}>{t(`keyPoints:kind.${candidate.kind}`)}</span>
                </span>
                <span className={classes['mark']}>{t('admin:keyPoints.map.taken')}</span>
              </>
            ) : (
              <Checkbox
                size="md"
                checked={chosen.has(candidate.sourceRef)}
                disabled={props.locked}
                onChange={() => props.onToggle(candidate.sourceRef)}
                label={nameOf(candidate)}
                description={t(`keyPoints:kind.${candidate.kind}`)}
              />
            )}
          </li>
        ))}
      </ul>
      {candidates.length > shown && (
        <BigButton onClick={() => setShown(shown + rowsAtOnce)}>
          {t('admin:keyPoints.more')}
        </BigButton>
      )}
    </>
  );
}

function ChoiceMap(props: {
  free: readonly KeyPointCandidate[];
  chosen: ReadonlySet<string>;
  onToggle: (ref: string) => void;
}) {
  const { city } = useCity();
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const { free, chosen } = props;
  const dots = useMemo(
    () => free.map(({ sourceRef, lon, lat }) => ({ id: sourceRef, lon, lat })),
    [free],
  );
  const picked = useMemo(() => dots.filter(({ id }) => chosen.has(id)), [dots, chosen]);
  const rest = useMemo(() => dots.filter(({ id }) => !chosen.has(id)), [dots, chosen]);
  if (city === null) return null;
  return (
    <div className={classes['map']}>
      <CityMap city={city}>
        <KeyPointDots
          id="rest"
          dots={rest}
          color={tokens.quiet}
          tokens={tokens}
          onSelect={props.onToggle}
        />
        <KeyPointDots
          id="picked"
          dots={picked}
          color={tokens.action}
          tokens={tokens}
          onSelect={props.onToggle}
        />
      </CityMap>
    </div>
  );
}

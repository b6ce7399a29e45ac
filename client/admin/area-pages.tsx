/** Areas: the part of the city a team looks after, drawn on the map. */
import { useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import type { AreaView } from '../../shared/patrols/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { CityMap } from '../map/city-map.tsx';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import { useAreas, useTeams } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { tokensOf } from '../ui/tokens.ts';
import { AreaForm } from './area-form.tsx';
import classes from './page.module.css';
import { AddLink, Gone, Page, Row } from './page.tsx';

const home = '/admin/areas';

/** The areas that exist, by name. */
function useKnownAreas(): AreaView[] {
  const areas = useAreas();
  return useMemo(
    () =>
      areas
        .filter((area) => !area.removed)
        .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true })),
    [areas],
  );
}

export function AreaPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const areas = useKnownAreas();
  if (!seen) return <StateBlock kind="loading" />;
  const page = (id: string) => {
    const area = areas.find((candidate) => candidate.id === id);
    if (!area) return <Gone back={home} />;
    return (
      <Page title={t('areas.change')} lead={area.name} back={home} wide>
        <AreaForm key={id} area={area} areas={areas} />
      </Page>
    );
  };
  return (
    <Switch>
      <Route path="/admin/areas/new">
        <Page title={t('areas.new')} back={home} wide>
          <AreaForm area={null} areas={areas} />
        </Page>
      </Route>
      <Route path="/admin/areas/:id">{({ id }) => page(id)}</Route>
      <Route>
        <AreaList areas={areas} />
      </Route>
    </Switch>
  );
}

function AreaList({ areas }: { areas: readonly AreaView[] }) {
  const { t } = useTranslation('admin');
  const { city } = useCity();
  const teams = useTeams();
  const [, go] = useLocation();
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const about = (area: AreaView) => {
    const own = teams.filter((team) => team.areaId === area.id);
    return own.length === 0 ? t('areas.noTeams') : own.map((team) => team.name).join(' · ');
  };
  return (
    <Page
      title={t('section.areas')}
      lead={t('areas.lead')}
      action={<AddLink href={`${home}/new`}>{t('areas.add')}</AddLink>}
      wide
    >
      <div className={classes['split']}>
        <ul className={classes['list']}>
          {areas.length === 0 && (
            <li>
              <StateBlock kind="empty" title={t('areas.empty')} text={t('areas.emptyText')} />
            </li>
          )}
          {areas.map((area) => (
            <Row key={area.id} href={`${home}/${area.id}`} name={area.name} about={about(area)} />
          ))}
        </ul>
        {city && (
          <div className={classes['map']}>
            <CityMap city={city}>
              <DrawnLayer
                id="areas"
                shapes={areas}
                color={tokens.team}
                tokens={tokens}
                onSelect={(id) => go(`${home}/${id}`)}
              />
            </CityMap>
          </div>
        )}
      </div>
    </Page>
  );
}

/** What a city sets for itself: each number with a sentence about what it changes. */
import { useTranslation } from 'react-i18next';
import type { CityConfiguration } from '../../shared/cities/schema.ts';
import { api } from '../kernel/api.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { StateBlock } from '../ui/state-block.tsx';
import { Page } from './page.tsx';
import { SettingsForm } from './settings-form.tsx';
import { PlanningForm } from './settings-planning-form.tsx';
import type { PlanningSetup } from './settings-planning-form.tsx';
import { useAsked } from '../kernel/use-asked.ts';

/** Saved apart: who lets plans send by themselves is kept with it. */
function PlanningSettings() {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { answer, fault, reload } = useAsked<PlanningSetup>(() =>
    api.planning.readSettings.query(),
  );
  return (
    <>
      <h2>{t('planning.title')}</h2>
      <p>{t('planning.lead')}</p>
      {answer === null && fault === null && <StateBlock kind="loading" />}
      {answer === null && fault !== null && (
        <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
      )}
      {answer !== null && (
        <PlanningForm key={JSON.stringify(answer)} before={answer} onSaved={reload} />
      )}
    </>
  );
}

export function SettingsPage() {
  const { t } = useTranslation('admin');
  const { sentence } = useFaultWords();
  const { answer, fault, reload } = useAsked<CityConfiguration>(() =>
    api.cities.readSettings.query(),
  );
  return (
    <Page title={t('section.settings')} lead={t('settings.lead')}>
      {answer === null && fault === null && <StateBlock kind="loading" />}
      {answer === null && fault !== null && (
        <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
      )}
      {answer !== null && (
        <SettingsForm key={JSON.stringify(answer)} before={answer} onSaved={reload} />
      )}
      <PlanningSettings />
    </Page>
  );
}

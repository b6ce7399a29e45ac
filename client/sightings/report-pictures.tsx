/** The four pictures, and the closer question behind the two that mean two things. */
import { IconBandage, IconFriends, IconShirt, IconZzz } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { PictureToggles } from '../ui/picture-toggle.tsx';
import classes from './report-form-view.module.css';
import type { ReportFormState } from './use-report-form.ts';

const size = { size: 38, stroke: 1.6 };

export function ReportPictures({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const chosen = new Set(state.form.choices);
  return (
    <>
      <PictureToggles
        label={t('report.what')}
        chosen={chosen}
        onToggle={state.toggleChoice}
        pictures={[
          { key: 'cold', label: t('report.cold'), picture: <IconShirt {...size} /> },
          { key: 'ill', label: t('report.ill'), picture: <IconBandage {...size} /> },
          { key: 'frail', label: t('report.frail'), picture: <IconFriends {...size} /> },
          {
            key: 'unresponsive',
            label: t('report.unresponsive'),
            picture: <IconZzz {...size} />,
            danger: true,
          },
        ]}
      />
      {(chosen.has('ill') || chosen.has('frail')) && <Which state={state} />}
    </>
  );
}

function Which({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const { choices, flags } = state.form;
  const ill = choices.includes('ill') ? (['ill', 'injured'] as const) : [];
  const frail = choices.includes('frail') ? (['elderly', 'minor'] as const) : [];
  return (
    <div className={classes['which']}>
      <p className={classes['hint']}>{t('report.which')}</p>
      <ChipToggles
        label={t('report.which')}
        chosen={new Set(flags)}
        onToggle={state.toggleFlag}
        chips={[
          ...ill.map((key) => ({ key, label: t(`report.whichIll.${key}`) })),
          ...frail.map((key) => ({ key, label: t(`report.whichFrail.${key}`) })),
        ]}
      />
    </div>
  );
}

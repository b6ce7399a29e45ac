/** The four pictures, and the closer question behind the two that mean two things. */
import { useTranslation } from 'react-i18next';
import { ChipToggles } from '../ui/chip-toggle.tsx';
import { PictureToggles } from '../ui/picture-toggle.tsx';
import { ChoicePicture } from './choice-pictures.tsx';
import { choices } from './report-form.ts';
import classes from './report-form-view.module.css';
import type { ReportFormState } from './use-report-form.ts';

const pictureSize = 40;

export function ReportPictures({ state }: { state: ReportFormState }) {
  const { t } = useTranslation('sightings');
  const chosen = new Set(state.form.choices);
  return (
    <>
      <PictureToggles
        label={t('report.what')}
        chosen={chosen}
        onToggle={state.toggleChoice}
        pictures={choices.map((key) => ({
          key,
          label: t(`report.${key}`),
          picture: <ChoicePicture choice={key} size={pictureSize} />,
          danger: key === 'unresponsive',
        }))}
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

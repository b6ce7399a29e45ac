/** The rules that propose a level: a set to begin with, the hours that are judged, and one row for each rule. */
import { NumberInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { presets, rulePresets } from '../../shared/response/presets.ts';
import type { Preset } from '../../shared/response/presets.ts';
import { responseRulesSchema } from '../../shared/response/settings.ts';
import type { ResponseRules, ResponseSettings } from '../../shared/response/settings.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import night from './night-pages.module.css';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { beginOf, ruleInput } from './rule-draft.ts';
import type { RuleDraft } from './rule-draft.ts';
import { RuleRow } from './rule-row.tsx';
import { useForm } from './use-form.ts';

type Typed = number | string;
interface Draft extends Record<string, unknown> {
  preset: ResponseSettings['preset'];
  rules: RuleDraft[];
  night: { fromHour: Typed; toHour: Typed };
  leadHours: Typed;
  calmHours: Typed;
}
type State = ReturnType<typeof useForm<Draft>>;

const draftOf = (preset: ResponseSettings['preset'], rules: ResponseRules): Draft => ({
  preset,
  ...rules,
});

export function RulesForm(props: {
  settings: ResponseSettings;
  save: (settings: ResponseSettings) => Promise<unknown>;
  onSaved: () => void;
  home: string;
}) {
  const { t } = useTranslation('adminNight');
  const { settings } = props;
  const form = useForm<Draft>(draftOf(settings.preset, settings.rules));
  const { draft } = form;
  const save = async () => {
    const { preset, rules, ...rest } = draft;
    const saved = await form.send(
      responseRulesSchema,
      { ...rest, rules: rules.map(ruleInput) },
      (valid) => props.save({ ...settings, preset, rules: valid }),
    );
    if (saved === null) return;
    notifyDone(t('response.savedRules'));
    props.onSaved();
  };
  /** Anything that is changed makes the set the city's own. */
  const change = (part: Partial<Draft>) => form.change({ preset: 'own', ...part });
  return (
    <Form
      onSubmit={() => void save()}
      fault={form.fault}
      problem={form.problem}
      busy={form.busy}
      save={t('response.saveRules')}
      back={props.home}
      sticky
    >
      <Presets form={form} />
      <HoursCard form={form} onChange={change} />
      <Rules form={form} onChange={change} />
    </Form>
  );
}

function Rules({ form, onChange }: { form: State; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation('adminNight');
  const { draft } = form;
  return (
    <section className={classes['card']}>
      <h3>{t('response.rules')}</h3>
      {draft.rules.length === 0 && <p className={classes['hint']}>{t('response.noRules')}</p>}
      {draft.rules.map((rule, index) => (
        <RuleRow
          key={index}
          rule={rule}
          index={index}
          at={form.at}
          onChange={(next) =>
            onChange({ rules: draft.rules.map((one, other) => (other === index ? next : one)) })
          }
          onDrop={() => onChange({ rules: draft.rules.filter((_, other) => other !== index) })}
        />
      ))}
      {draft.rules.length < 40 && (
        <span>
          <BigButton
            full={false}
            icon={<IconPlus size={20} aria-hidden />}
            onClick={() =>
              onChange({
                rules: [...draft.rules, { level: 'blue', condition: beginOf.felt_below }],
              })
            }
          >
            {t('response.addRule')}
          </BigButton>
        </span>
      )}
    </section>
  );
}

function Presets({ form }: { form: State }) {
  const { t } = useTranslation('adminNight');
  const { draft, change } = form;
  const take = async (preset: Preset) => {
    const sure =
      draft.preset !== 'own' ||
      (await askToConfirm({
        title: t('response.replaceTitle', { preset: t(`response.preset.${preset}`) }),
        text: t('response.replaceText', { count: draft.rules.length }),
        confirm: t('response.replace'),
      }));
    if (sure) change(draftOf(preset, rulePresets[preset]));
  };
  return (
    <section className={classes['card']}>
      <h3>{t('response.choosePreset')}</h3>
      <div className={night['presets']}>
        {presets.map((preset) => (
          <button
            key={preset}
            type="button"
            className={night['preset']}
            aria-pressed={draft.preset === preset}
            onClick={() => void take(preset)}
          >
            <strong>{t(`response.preset.${preset}`)}</strong>
            <small>{t(`response.presetHint.${preset}`)}</small>
          </button>
        ))}
      </div>
      {draft.preset === 'own' && <p>{t('response.presetHint.own')}</p>}
    </section>
  );
}

function HoursCard({ form, onChange }: { form: State; onChange: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation('adminNight');
  const { draft, at } = form;
  const wrong = (min: number, max: number) => t('response.wrongNumber', { min, max });
  const whole = { size: 'lg', hideControls: true, clampBehavior: 'none' } as const;
  return (
    <section className={classes['card']}>
      <h3>{t('response.night')}</h3>
      <p>{t('response.nightHint')}</p>
      <div className={classes['two']}>
        {(['fromHour', 'toHour'] as const).map((end) => (
          <NumberInput
            {...whole}
            key={end}
            allowDecimal={false}
            label={t(`response.${end}`)}
            min={0}
            max={23}
            value={draft.night[end]}
            error={at(`night.${end}`, wrong(0, 23))}
            onChange={(value) => onChange({ night: { ...draft.night, [end]: value } })}
          />
        ))}
      </div>
      <NumberInput
        {...whole}
        label={t('response.leadHours')}
        description={t('response.leadHoursHint')}
        className={classes['narrow'] ?? ''}
        min={0}
        max={72}
        value={draft.leadHours}
        error={at('leadHours', wrong(0, 72))}
        onChange={(leadHours) => onChange({ leadHours })}
      />
      <NumberInput
        {...whole}
        allowDecimal={false}
        label={t('response.calmHours')}
        description={t('response.calmHoursHint')}
        className={classes['narrow'] ?? ''}
        min={1}
        max={48}
        value={draft.calmHours}
        error={at('calmHours', wrong(1, 48))}
        onChange={(calmHours) => onChange({ calmHours })}
      />
    </section>
  );
}

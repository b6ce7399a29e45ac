/** One area: its name and its outline, drawn on the map or typed corner by corner. */
import { Textarea, TextInput, useMantineColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Polygon } from '../../shared/geo/position.ts';
import { areaDraftSchema } from '../../shared/patrols/schema.ts';
import type { AreaView } from '../../shared/patrols/schema.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { newId } from '../kernel/id.ts';
import { CityMap } from '../map/city-map.tsx';
import { DrawPolygon } from '../map/draw-polygon.tsx';
import { DrawnLayer } from '../map/drawn-layer.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { tokensOf } from '../ui/tokens.ts';
import { readCorners, writeCorners } from './corners.ts';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { RemoveCard } from './remove-card.tsx';
import { useForm } from './use-form.ts';

const home = '/admin/areas';

function useAreaForm(area: AreaView | null) {
  const { t } = useTranslation('admin');
  const [, go] = useLocation();
  const [id] = useState(() => area?.id ?? newId());
  const [drawing, setDrawing] = useState(area === null);
  const form = useForm<{ name: string; boundary: Polygon | null }>({
    name: area?.name ?? '',
    boundary: area?.boundary ?? null,
  });
  const { draft, change } = form;
  const take = (boundary: Polygon | null) => {
    change({ boundary });
    setDrawing(false);
  };
  const save = async () => {
    const saved = await form.send(areaDraftSchema, { id, ...draft }, (valid) =>
      api.patrols.saveArea.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('areas.saved'));
    go(home);
  };
  return { id, form, drawing, setDrawing, take, save };
}

export function AreaForm(props: { area: AreaView | null; areas: readonly AreaView[] }) {
  const { t } = useTranslation(['admin', 'common']);
  const { area } = props;
  const { id, form, drawing, setDrawing, take, save } = useAreaForm(area);
  const { draft, change, at } = form;
  const wrongOutline =
    draft.boundary === null && at('boundary') !== null ? t('admin:areas.missing') : at('boundary');
  return (
    <div className={classes['split']}>
      <div className={classes['stack']}>
        <section className={classes['card']}>
          <Form
            onSubmit={() => void save()}
            fault={form.fault}
            problem={wrongOutline === null ? form.problem : null}
            busy={form.busy}
            save={t('common:save')}
            back={home}
          >
            <TextInput
              label={t('admin:areas.name')}
              size="lg"
              maxLength={100}
              autoComplete="off"
              value={draft.name}
              error={at('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <Outline
              boundary={draft.boundary}
              drawing={drawing}
              wrong={wrongOutline}
              onDrawing={setDrawing}
              onTake={take}
            />
          </Form>
        </section>
        {area && (
          <RemoveCard
            name={area.name}
            words="areas"
            home={home}
            call={() => api.patrols.removeArea.mutate({ id })}
          />
        )}
      </div>
      <AreaMap id={id} draft={draft} areas={props.areas} drawing={drawing} onDrawn={take} />
    </div>
  );
}

function Outline(props: {
  boundary: Polygon | null;
  drawing: boolean;
  wrong: string | null;
  onDrawing: (drawing: boolean) => void;
  onTake: (polygon: Polygon) => void;
}) {
  const { t } = useTranslation('admin');
  const { boundary, drawing, wrong, onDrawing } = props;
  return (
    <>
      {(drawing || wrong === null) && (
        <p className={classes['hint']} data-done={!drawing || undefined} role="status">
          {t(drawing ? 'areas.drawHint' : 'areas.drawn')}
        </p>
      )}
      {wrong !== null && (
        <p className={classes['error']} role="alert">
          {wrong}
        </p>
      )}
      {!drawing && <BigButton onClick={() => onDrawing(true)}>{t('areas.redraw')}</BigButton>}
      {drawing && boundary !== null && (
        <BigButton onClick={() => onDrawing(false)}>{t('areas.keep')}</BigButton>
      )}
      <Corners boundary={boundary} onTake={props.onTake} />
    </>
  );
}

function AreaMap(props: {
  id: string;
  draft: { name: string; boundary: Polygon | null };
  areas: readonly AreaView[];
  drawing: boolean;
  onDrawn: (polygon: Polygon) => void;
}) {
  const { city } = useCity();
  const { colorScheme } = useMantineColorScheme();
  const tokens = tokensOf(colorScheme === 'light' ? 'light' : 'dark');
  const { id, areas } = props;
  const { name, boundary } = props.draft;
  const others = useMemo(() => areas.filter((area) => area.id !== id), [areas, id]);
  const own = useMemo(() => (boundary ? [{ id, name, boundary }] : []), [id, name, boundary]);
  if (city === null) return null;
  return (
    <div className={classes['map']}>
      <CityMap city={city}>
        <DrawnLayer id="other-areas" shapes={others} color={tokens.quiet} tokens={tokens} />
        {!props.drawing && (
          <DrawnLayer id="own-area" shapes={own} color={tokens.team} tokens={tokens} />
        )}
        {props.drawing && <DrawPolygon color={tokens.team} onFinish={props.onDrawn} />}
      </CityMap>
    </div>
  );
}

function Corners(props: { boundary: Polygon | null; onTake: (polygon: Polygon) => void }) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const shown = text ?? writeCorners(props.boundary);
  const take = () => {
    const polygon = readCorners(shown);
    setWrong(polygon === null);
    if (polygon === null) return;
    setText(null);
    props.onTake(polygon);
  };
  return (
    <details>
      <summary className={classes['summary']}>{t('areas.corners')}</summary>
      <div className={classes['stack']}>
        <Textarea
          aria-label={t('areas.corners')}
          description={t('areas.cornersHint')}
          size="lg"
          rows={5}
          spellCheck={false}
          value={shown}
          error={wrong ? t('areas.cornersWrong') : null}
          onChange={(event) => {
            setWrong(false);
            setText(event.currentTarget.value);
          }}
        />
        <BigButton onClick={take}>{t('areas.useCorners')}</BigButton>
      </div>
    </details>
  );
}

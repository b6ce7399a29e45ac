import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { userChangeSchema } from '../../shared/accounts/schema.ts';
import type { UserView } from '../../shared/accounts/schema.ts';
import { api } from '../kernel/api.ts';
import { useSession } from '../kernel/session.tsx';
import { notifyDone } from '../ui/notify.tsx';
import classes from './page.module.css';
import { Form } from './page.tsx';
import { faultAt, useForm } from './use-form.ts';
import { standingInput, standingOf, UserFields } from './user-fields.tsx';

/** Name, role and where the person belongs. The server keeps the last administrator from being lost. */
export function UserChangeForm(props: { user: UserView; onChanged: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const { session, reload } = useSession();
  const { user } = props;
  const { draft, change, at, busy, send, refuse, fault, problem } = useForm({
    displayName: user.displayName,
    ...standingOf(user),
  });
  const isLast = fault?.code === 'not_allowed' && fault.field === 'role';
  const save = async () => {
    const standing = standingInput(draft);
    if (standing.role === 'reporter' && standing.reporterKind === null)
      return refuse(faultAt('reporterKind'));
    const { id, disabled } = user;
    const input = { id, disabled, displayName: draft.displayName, ...standing };
    const saved = await send(userChangeSchema, input, (valid) =>
      api.accounts.changeUser.mutate(valid),
    );
    if (saved === null) return;
    notifyDone(t('admin:users.saved'));
    if (user.id === session?.user.id) reload();
    props.onChanged();
  };
  return (
    <section className={classes['card']}>
      <Form
        onSubmit={() => void save()}
        fault={fault}
        problem={isLast ? t('admin:users.lastAdministrator') : problem}
        busy={busy}
        save={t('common:save')}
        back="/admin/users"
        note={draft.role !== user.role && <p>{t('admin:users.roleNote')}</p>}
      >
        <TextInput
          label={t('admin:users.displayName')}
          description={t('admin:users.displayNameHint')}
          size="lg"
          className={classes['narrow'] ?? ''}
          maxLength={60}
          autoComplete="off"
          value={draft.displayName}
          error={at('displayName')}
          onChange={(event) => change({ displayName: event.currentTarget.value })}
        />
        <UserFields
          standing={draft}
          onChange={change}
          at={(field) => (field === 'role' && isLast ? null : at(field))}
        />
      </Form>
    </section>
  );
}

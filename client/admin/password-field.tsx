import { PasswordInput } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BigButton } from '../ui/big-button.tsx';
import { makePassword } from './make-password.ts';
import classes from './page.module.css';

/** A password for somebody else: typed, or made up and then shown, since it has to be handed over. */
export function PasswordField(props: {
  label: string;
  value: string;
  onChange: (password: string) => void;
  error: string | null;
}) {
  const { t } = useTranslation(['admin', 'accounts']);
  const [visible, setVisible] = useState(false);
  return (
    <div className={classes['pair']}>
      <PasswordInput
        label={props.label}
        description={t('admin:users.passwordHint')}
        size="lg"
        autoComplete="new-password"
        maxLength={200}
        value={props.value}
        error={props.error}
        aria-invalid={props.error === null ? undefined : true}
        visible={visible}
        onVisibilityChange={setVisible}
        rightSectionWidth={52}
        visibilityToggleButtonProps={{
          'aria-label': t('accounts:login.show'),
          className: classes['eye'] ?? '',
        }}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <span>
        <BigButton
          full={false}
          icon={<IconSparkles size={20} aria-hidden />}
          onClick={() => {
            setVisible(true);
            props.onChange(makePassword());
          }}
        >
          {t('admin:users.generate')}
        </BigButton>
      </span>
    </div>
  );
}

/** The shapes that every administration page is made of: its head, its rows, its form with the way back. */
import { IconArrowLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Fault } from '../kernel/fault.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';

export function Page(props: {
  title: string;
  lead?: string;
  /** the way back to the list */
  back?: string;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('admin');
  return (
    <div className={classes['page']} data-wide={props.wide || undefined}>
      {props.back !== undefined && (
        <Link href={props.back} className={classes['back'] ?? ''}>
          <IconArrowLeft size={20} aria-hidden />
          {t('back')}
        </Link>
      )}
      <div className={classes['top']}>
        <div>
          <h2 className={classes['heading']}>{props.title}</h2>
          {props.lead !== undefined && <p className={classes['lead']}>{props.lead}</p>}
        </div>
        {props.action}
      </div>
      {props.children}
    </div>
  );
}

export function AddLink(props: { href: string; children: ReactNode }) {
  return (
    <Button
      component={Link}
      href={props.href}
      h={48}
      className={classes['add'] ?? ''}
      leftSection={<IconPlus size={20} aria-hidden />}
    >
      {props.children}
    </Button>
  );
}

/** A thing in a list; with `href` it opens. */
export function Row(props: {
  href?: string;
  name: string;
  about: string;
  before?: ReactNode;
  mark?: string | null;
  off?: boolean;
}) {
  const inside = (
    <>
      {props.before}
      <span className={classes['words']}>
        <span className={classes['name']}>{props.name}</span>
        <span className={classes['quiet']}>{props.about}</span>
      </span>
      {props.mark && <span className={classes['mark']}>{props.mark}</span>}
      {props.href !== undefined && (
        <IconChevronRight size={20} className={classes['go']} aria-hidden />
      )}
    </>
  );
  const off = props.off || undefined;
  return (
    <li>
      {props.href === undefined ? (
        <div className={classes['row']} data-off={off}>
          {inside}
        </div>
      ) : (
        <Link href={props.href} className={classes['row'] ?? ''} data-off={off}>
          {inside}
        </Link>
      )}
    </li>
  );
}

interface FormProps {
  onSubmit: () => void;
  fault: Fault | null;
  problem: string | null;
  busy: boolean;
  save: string;
  back?: string;
  note?: ReactNode;
  /** not the main thing of its page */
  aside?: boolean;
  /** the button stays in view */
  sticky?: boolean;
  children: ReactNode;
}

/** After a refusal the first field in question gets the focus. */
export function Form(props: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { fault } = props;
  useEffect(() => {
    if (fault !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [fault]);
  return (
    <form
      ref={form}
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
      <Foot {...props} />
    </form>
  );
}

function Foot(props: FormProps) {
  const { t } = useTranslation('common');
  return (
    <div className={classes['foot']} data-sticky={props.sticky || undefined}>
      {props.note}
      {props.problem !== null && (
        <p className={classes['error']} role="alert">
          {props.problem}
        </p>
      )}
      <div className={classes['actions']}>
        <BigButton
          tone={props.aside ? 'plain' : 'main'}
          type="submit"
          full={false}
          loading={props.busy}
        >
          {props.save}
        </BigButton>
        {props.back !== undefined && (
          <Button
            component={Link}
            href={props.back}
            variant="default"
            h={48}
            className={classes['cancel'] ?? ''}
          >
            {t('cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What an address names was removed, or never was. */
export function Gone(props: { back: string }) {
  const { t } = useTranslation('admin');
  return (
    <Page title={t('title')} back={props.back}>
      <StateBlock kind="empty" title={t('notHere')} />
    </Page>
  );
}

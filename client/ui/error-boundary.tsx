/** Catches a part that breaks and says so in words; the rest of the page stays. */
import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import i18next from 'i18next';
import { BigButton } from './big-button.tsx';
import { StateBlock } from './state-block.tsx';

interface Props {
  children: ReactNode;
  /** instead of "this page has failed, load it again" */
  fallback?: ReactNode;
}

export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    if (this.props.fallback !== undefined) return this.props.fallback;
    return (
      <StateBlock
        kind="error"
        text={i18next.t('errors:crashed')}
        action={
          <BigButton full={false} onClick={() => window.location.reload()}>
            {i18next.t('errors:reload')}
          </BigButton>
        }
      />
    );
  }
}

/** What the working screens stand in: the component library, in the product's colours. */
import '@mantine/core/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import type { MantineColorSchemeManager } from '@mantine/core';
import type { ReactNode } from 'react';
import { colourScheme, setColourScheme, subscribeToColourScheme } from './colour-scheme.ts';
import { cssVariables, theme } from './theme.ts';

/** The library follows the page's own switch, and turns it. */
function schemeManager(): MantineColorSchemeManager {
  let unsubscribe = () => {};
  return {
    get: colourScheme,
    set: (scheme) => setColourScheme(scheme === 'light' ? 'light' : 'dark'),
    subscribe: (onUpdate) => {
      unsubscribe = subscribeToColourScheme(onUpdate);
    },
    unsubscribe: () => unsubscribe(),
    clear: () => setColourScheme('dark'),
  };
}

const manager = schemeManager();

export function Shell(props: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={manager}
      defaultColorScheme="dark"
    >
      {props.children}
    </MantineProvider>
  );
}

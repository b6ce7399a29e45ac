/** Renders a component as the app would: words, theme, a city, a session; no network. */
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { Language, SessionView } from '../../shared/accounts/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import { CityContext } from '../kernel/city.tsx';
import { startWords } from '../kernel/i18n.ts';
import { SessionContext } from '../kernel/session.tsx';
import { cssVariables, theme } from '../ui/theme.ts';
import { namespaces } from '../words.ts';

/** What jsdom lacks of a browser and Mantine asks for. */
function completeBrowser(): void {
  window.matchMedia ??= (media: string) =>
    ({
      media,
      matches: false,
      onchange: null,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
      dispatchEvent: () => false,
    }) as MediaQueryList;
  window.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  window.scrollTo = () => undefined;
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  if (!('fonts' in document))
    Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
}

export const testCity: CityView = {
  id: 'demo',
  nameZh: '演示城',
  nameEn: 'Demo City',
  timeZone: 'Asia/Shanghai',
  center: { lon: 116.4, lat: 39.9 },
  bounds: [116.2, 39.8, 116.6, 40],
  hotline: '010-12345',
  demo: false,
  basemap: { kind: 'none' },
};

export interface Surroundings {
  language?: Language;
  session?: SessionView | null;
  city?: CityView;
}

export function renderWithin(element: ReactElement, around: Surroundings = {}) {
  const { language = 'en', session = null, city = testCity } = around;
  completeBrowser();
  startWords(namespaces, language);
  const role = session?.user.role ?? null;
  return render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <SessionContext
        value={{
          session,
          role,
          fault: null,
          told: true,
          signedIn: () => undefined,
          signOut: () => Promise.resolve(),
          reload: () => undefined,
        }}
      >
        <CityContext
          value={{
            city,
            cities: [city],
            loading: false,
            fault: null,
            name: language === 'en' ? city.nameEn : city.nameZh,
            choose: () => undefined,
            reload: () => undefined,
          }}
        >
          {element}
        </CityContext>
      </SessionContext>
    </MantineProvider>,
  );
}

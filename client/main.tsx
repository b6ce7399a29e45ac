import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, beginScreen } from './app.tsx';
import { loadWords, startWords } from './kernel/i18n.ts';
import { startWorker, whenIdle } from './service-worker/page.ts';
import { showColourScheme } from './ui/colour-scheme.ts';
import { drawsChinese } from './ui/drawn-chinese.ts';

/** Without its words nothing can be said: on a line that broke just then, the browser's own page says so. */
const againMs = 3_000;

async function begin(place: HTMLElement): Promise<void> {
  startWords({});
  beginScreen(window.location.pathname);
  await loadWords({
    'zh-CN': () => import('./core-words.ts?zh'),
    en: () => import('./core-words.ts?en'),
  });
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  startWorker();
  // After the first paint: until then, and for good when they fail, the system's faces serve.
  if (!drawsChinese()) whenIdle(() => void import('./ui/fonts.ts'));
}

showColourScheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
begin(root).catch(() => setTimeout(() => window.location.reload(), againMs));

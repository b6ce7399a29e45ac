import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { coreWords } from './core-words.ts';
import { startWords } from './kernel/i18n.ts';
import { startWorker, whenIdle } from './service-worker/page.ts';
import { showColourScheme } from './ui/colour-scheme.ts';
import { drawsChinese } from './ui/drawn-chinese.ts';

startWords(coreWords);
showColourScheme();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
startWorker();
// After the first paint: until then, and for good when they fail, the system's faces serve.
if (!drawsChinese()) whenIdle(() => void import('./ui/fonts.ts'));

import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { coreWords } from './core-words.ts';
import { startWords } from './kernel/i18n.ts';
import { showColourScheme } from './ui/colour-scheme.ts';

startWords(coreWords);
showColourScheme();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

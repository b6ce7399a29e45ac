import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startWords } from './kernel/i18n.ts';
import { namespaces } from './words.ts';

startWords(namespaces);
// The faces come after the first paint: until then, and for good when they fail, the system's fonts serve.
void import('./ui/fonts.ts');

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

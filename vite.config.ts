// The client's build. What the page's content-security policy has to allow follows from here:
// no inline script and no eval (the module-preload polyfill, which would be inline, is off; nothing is
// inlined as data:), fonts and styles from our own address. Mantine writes its variables and responsive
// props into <style> elements and style attributes at run time, so `style-src` needs 'unsafe-inline'
// (for styles alone); MapLibre's worker is a file of ours, so `worker-src 'self'` is enough.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { variablesSheet } from './client/ui/tokens.ts';

const serverAddress = `http://localhost:${process.env['PORT'] ?? '3000'}`;

/** The colours stand in the page itself: its first paint is dark by night, before any script. */
const tokensInPage: Plugin = {
  name: 'nuanxun:tokens',
  transformIndexHtml: () => [
    { tag: 'style', children: variablesSheet(), injectTo: 'head-prepend' },
  ],
};

export default defineConfig({
  root: 'client',
  plugins: [react(), tokensInPage],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre alone is past the default limit; it loads only where a map is shown.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/,
              priority: 3,
            },
            {
              name: 'mantine',
              test: /node_modules[\\/](?:@mantine|@floating-ui)[\\/]/,
              priority: 2,
            },
            {
              name: 'maplibre',
              test: /node_modules[\\/](?:maplibre-gl|@maplibre|pmtiles|terra-draw[^\\/]*)[\\/]/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    // The client imports ../shared.
    fs: { allow: ['..'] },
    proxy: {
      '/api': serverAddress,
      '/cities': serverAddress,
      '/healthz': serverAddress,
      '/readyz': serverAddress,
      '/socket.io': { target: serverAddress, ws: true },
    },
  },
});

// The client's build. What the page's content-security policy has to allow follows from here:
// no inline script and no eval (the module-preload polyfill, which would be inline, is off; nothing is
// inlined as data:), fonts and styles from our own address. Mantine writes its variables and responsive
// props into <style> elements and style attributes at run time, so `style-src` needs 'unsafe-inline'
// (for styles alone); MapLibre's worker is a file of ours, so `worker-src 'self'` is enough.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { night, variablesSheet } from './client/ui/tokens.ts';
import { keepParts } from './scripts/keep-parts.ts';
import { oneLanguage } from './scripts/one-language.ts';
import { pureSchemas } from './scripts/pure-schemas.ts';

const serverAddress = `http://localhost:${process.env['PORT'] ?? '3000'}`;

/** The colours stand in the page itself: its first paint is dark by night, before any script. */
const tokensInPage: Plugin = {
  name: 'nuanxun:tokens',
  transformIndexHtml: () => [{ tag: 'style', children: variablesSheet(), injectTo: 'head' }],
};

const parts = keepParts();

/** One file each, per language: what every screen says, what the street needs, and what a patrol needs besides. */
const wordFiles = {
  core: /client[\\/](?:kernel[\\/](?!work)[\w-]*|response[\\/])words\.ts\?/,
  public: /client[\\/](?:media|report|sightings|tips)[\\/](?:state-)?words\.ts\?/,
  outbox: /client[\\/]outbox[\\/]words\.ts\?/,
  map: /client[\\/]map[\\/]words\.ts\?/,
  field:
    /client[\\/](?:(?:clusters|crew|dispatch|field|key-points|packs|patrols?|shifts|stations|weather|zones)[\\/]|kernel[\\/]work-error-)words\.ts\?/,
};
const wordGroups = (['zh', 'en'] as const).flatMap((language) =>
  Object.entries(wordFiles).map(([name, { source }]) => ({
    name: `words-${name}-${language}`,
    test: new RegExp(`${source}${language}$`),
    priority: 4,
  })),
);

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'service-worker',
  filename: 'sw.ts',
  injectRegister: false,
  manifest: {
    id: '/',
    name: '暖巡 Nuanxun',
    short_name: '暖巡',
    description: '寒夜里，让帮助找到露宿街头的人。',
    lang: 'zh-CN',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    orientation: 'any',
    theme_color: night.base,
    background_color: night.base,
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
  injectManifest: {
    globPatterns: ['index.html', 'icons/icon-192.png', 'assets/*.{js,mjs,css,svg}'],
    dontCacheBustURLsMatching: /^assets\//,
    maximumFileSizeToCacheInBytes: 4_000_000,
    manifestTransforms: [parts.mark],
  },
});

export default defineConfig({
  root: 'client',
  plugins: [react(), oneLanguage, pureSchemas, tokensInPage, parts.plugin, pwa],
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
              // What every screen needs, in one file each: a request costs a thin line as much as 30 kB.
              name: 'libraries',
              test: /node_modules[\\/](?:i18next|react-i18next|wouter|regexparam|zustand|idb|@trpc|uuid)[\\/]/,
              priority: 2,
            },
            ...wordGroups,
            {
              name: 'base',
              test: /client[\\/](?:kernel[\\/](?!use-asked)|ui[\\/](?!shell|theme|fonts|tokens|bottom-sheet|menu|select-field|priority-mark|progress-line|confirm|use-media|ago|asked-state|close-button|light-mark|use-steady-order))/,
              priority: 1,
            },
            {
              name: 'maplibre',
              test: /node_modules[\\/](?:maplibre-gl|@maplibre|pmtiles)[\\/]/,
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
      '/warm-places': serverAddress,
      '/cap': serverAddress,
      '/socket.io': { target: serverAddress, ws: true },
    },
  },
});

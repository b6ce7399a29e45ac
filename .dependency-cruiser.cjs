// Who may import whom: the rules. The edges that they allow are listed in scripts/layer-edges.cjs.
const {
  mayRead,
  mayCall,
  furtherActions,
  openToAll,
  aboveRouter,
  clientLayers,
  clientScreens,
} = require('./scripts/layer-edges.cjs');

const anyOf = (names) => (names.length > 0 ? `(?:${names.join('|')})` : '(?!)');
const tests = '\\.(?:test|pg\\.test|dom\\.test)\\.tsx?$';
const testCode = `${tests}|^server/testing/|^client/testing/|^e2e/|^bench/`;
const serverLayers = ['kernel', 'realtime', 'testing'];
const upperDomains = `^server/${anyOf(aboveRouter)}/`;

const actionFiles = [
  '[^/]+/actions',
  ...Object.entries(furtherActions).map(([domain, files]) => `${domain}/${anyOf(files)}`),
];

/** One rule per pair of domain and kind of file, so that a message names the domain that overreached. */
function domainEdges(edges, file, files) {
  const domains = Object.keys(mayRead);
  return domains.map((domain) => ({
    name: `server-${domain}-${file}-edges`,
    comment: `server/${domain} may import ${file}.ts of: ${(edges[domain] ?? []).join(', ') || 'no other domain'}. A new edge is added to the list in scripts/layer-edges.cjs, if it closes no circle.`,
    severity: 'error',
    from: { path: `^server/${domain}/`, pathNot: tests },
    to: {
      path: `^server/${anyOf(files)}\\.ts$`,
      pathNot: `^server/${anyOf([domain, ...serverLayers, ...(edges[domain] ?? [])])}/`,
    },
  }));
}

function clientLayerRules() {
  return Object.entries(clientLayers).map(([layer, below]) => ({
    name: `client-${layer}-is-low`,
    comment: `client/${layer} may import only ${['itself', ...below].join(', ')} of the client.`,
    severity: 'error',
    from: { path: `^client/${layer}/`, pathNot: tests },
    to: { path: '^client/', pathNot: `^client/${anyOf([layer, ...below, 'testing'])}/` },
  }));
}

const rules = [
  {
    name: 'no-circles',
    comment: 'No circles, types included.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved',
    comment: 'An import that leads nowhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '\\?url$|\\?raw$|\\?worker$' },
  },
  {
    name: 'product-knows-no-tests',
    comment: 'Product code imports no tests, test tools, benches or journeys.',
    severity: 'error',
    from: { path: '^(?:client|server|shared)/', pathNot: testCode },
    to: { path: testCode },
  },
  {
    name: 'shared-imports-no-side',
    comment: 'shared is what both sides agree on: it imports neither of them.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^(?:client|server|scripts|bench|e2e)/' },
  },
  {
    name: 'shared-does-no-io',
    comment: 'shared runs in the browser too: no Node built-ins, no driver, no framework.',
    severity: 'error',
    from: { path: '^shared/', pathNot: tests },
    to: {
      path: '(?:^|/)node_modules/(?:postgres|react|react-dom|socket\\.io|socket\\.io-client|@trpc|@electric-sql)/',
    },
  },
  {
    name: 'shared-uses-no-node',
    comment: 'shared runs in the browser too: no Node built-ins.',
    severity: 'error',
    from: { path: '^shared/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'server-knows-no-client',
    comment: 'The server does not import the client.',
    severity: 'error',
    from: { path: '^server/' },
    to: { path: '^client/' },
  },
  {
    name: 'client-takes-only-the-router-type',
    comment: 'Of the server the client takes only the type of server/router.ts.',
    severity: 'error',
    from: { path: '^client/', pathNot: tests },
    to: { path: '^server/', pathNot: '^server/router\\.ts$' },
  },
  {
    name: 'client-takes-the-router-as-type',
    comment: 'server/router.ts is imported with `import type`: its code never reaches the browser.',
    severity: 'error',
    from: { path: '^client/' },
    to: { path: '^server/router\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'nothing-imports-main',
    comment: 'main wires; nothing imports it.',
    severity: 'error',
    from: { pathNot: testCode },
    to: { path: '^(?:server/main\\.ts|client/main\\.tsx)$' },
  },
  {
    name: 'server-kernel-is-lowest',
    comment: 'server/kernel knows nothing above it.',
    severity: 'error',
    from: { path: '^server/kernel/', pathNot: tests },
    to: { path: '^server/', pathNot: '^server/kernel/' },
  },
  {
    name: 'server-realtime-above-kernel-only',
    comment:
      'server/realtime imports the kernel and shared; what it needs of a domain, main hands to it.',
    severity: 'error',
    from: { path: '^server/realtime/', pathNot: tests },
    to: { path: '^server/', pathNot: '^server/(?:realtime|kernel)/' },
  },
  {
    name: 'server-only-the-top-imports-the-router',
    comment:
      'server/router.ts is merged for main (and for those who act as people do), not for domains.',
    severity: 'error',
    from: { path: '^server/[^/]+/', pathNot: `${testCode}|${upperDomains}` },
    to: { path: '^server/router\\.ts$' },
  },
  {
    name: 'server-domains-import-no-top-file',
    comment: 'Files right under server/ wire or are commands: no domain imports them.',
    severity: 'error',
    from: { path: '^server/[^/]+/', pathNot: `${testCode}|${upperDomains}` },
    to: { path: '^server/[^/]+\\.ts$', pathNot: '^server/router\\.ts$' },
  },
  {
    name: 'server-router-is-thin',
    comment: 'server/router.ts merges routers: of a domain it imports router.ts alone.',
    severity: 'error',
    from: { path: '^server/router\\.ts$' },
    to: { path: '^server/[^/]+/', pathNot: '^server/[^/]+/router\\.ts$|^server/kernel/' },
  },
  {
    name: 'server-domain-router-only-from-above',
    comment: 'A domain router.ts is imported by server/router.ts alone.',
    severity: 'error',
    from: { path: '^server/[^/]+/', pathNot: `${testCode}|${upperDomains}` },
    to: { path: '^server/[^/]+/router\\.ts$' },
  },
  {
    name: 'server-queries-import-no-actions',
    comment: 'In a domain: router → actions → queries.',
    severity: 'error',
    from: { path: '^server/[^/]+/queries\\.ts$' },
    to: { path: '^server/[^/]+/actions\\.ts$' },
  },
  {
    name: 'server-routers-do-no-sql',
    comment:
      'A router parses and calls; it reads through queries.ts and writes through actions.ts.',
    severity: 'error',
    from: { path: '^server/[^/]+/router\\.ts$' },
    to: {
      path: '(?:^|/)node_modules/postgres/|^server/kernel/(?:sql|transaction)\\.ts$',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'server-domains-meet-at-the-door',
    comment: 'A domain reaches another only through its queries.ts and actions.ts.',
    severity: 'error',
    from: {
      path: '^server/([^/]+)/',
      pathNot: `${testCode}|${upperDomains}|^server/${anyOf(serverLayers)}/`,
    },
    to: {
      path: '^server/[^/]+/',
      pathNot: `^server/(?:$1|${serverLayers.join('|')})/|^server/${anyOf(['[^/]+/queries', ...actionFiles, ...openToAll])}\\.ts$`,
    },
  },
  {
    name: 'nothing-below-imports-demo-or-replay',
    comment:
      'The simulated night and the replay stand above the product: only main and commands start them.',
    severity: 'error',
    from: { path: '^server/[^/]+/', pathNot: `${testCode}|${upperDomains}` },
    to: { path: upperDomains },
  },
  ...domainEdges(mayRead, 'queries', ['[^/]+/queries']),
  ...domainEdges(mayCall, 'actions', actionFiles),
  ...clientLayerRules(),
  {
    name: 'client-domains-stand-alone',
    comment: 'Client domains do not import each other: app.tsx composes them.',
    severity: 'error',
    from: {
      path: '^client/([^/]+)/',
      pathNot: `${tests}|^client/testing/|^client/${anyOf([...Object.keys(clientLayers), ...clientScreens])}/`,
    },
    to: {
      path: '^client/',
      pathNot: `^client/(?:$1|${Object.keys(clientLayers).join('|')})/|^client/testing/`,
    },
  },
];

rules.push({
  name: 'client-screens-stand-alone',
  comment: 'A screen composes domains; it imports no other screen and not app.tsx.',
  severity: 'error',
  from: { path: `^client/(${clientScreens.join('|')})/`, pathNot: tests },
  to: { path: `^client/(?:${clientScreens.join('|')})/|^client/[^/]+$`, pathNot: '^client/$1/' },
});

module.exports = {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|^\\.cache/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'browser'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
};

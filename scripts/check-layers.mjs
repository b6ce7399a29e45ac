// The layer rules of .dependency-cruiser.cjs. Fails too when the tool read nothing (it does so silently when
// it finds no TypeScript it can use), when a list of allowed edges has a circle, and for a server domain
// that no list knows.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { root } from './processes.mjs';

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../.dependency-cruiser.cjs');
const lists = require('./layer-edges.cjs');
const places = ['client', 'server', 'shared', 'bench', 'e2e'].filter((place) =>
  existsSync(path.join(root, place)),
);
const layersOfServer = ['kernel', 'realtime', 'testing'];
const problems = [];

function findCircle(edges) {
  const done = new Set();
  const visit = (domain, way) => {
    if (way.includes(domain)) return [...way.slice(way.indexOf(domain)), domain];
    if (done.has(domain)) return undefined;
    for (const next of edges[domain] ?? []) {
      const circle = visit(next, [...way, domain]);
      if (circle) return circle;
    }
    done.add(domain);
    return undefined;
  };
  for (const domain of Object.keys(edges)) {
    const circle = visit(domain, []);
    if (circle) return circle;
  }
  return undefined;
}

for (const name of ['mayRead', 'mayCall']) {
  const circle = findCircle(lists[name]);
  if (circle) problems.push(`The list ${name} has a circle: ${circle.join(' → ')}`);
}

const known = [...Object.keys(lists.mayRead), ...lists.aboveRouter, ...layersOfServer];
for (const entry of readdirSync(path.join(root, 'server'), { withFileTypes: true }))
  if (entry.isDirectory() && !known.includes(entry.name))
    problems.push(`server/${entry.name} is in no list: add the domain to mayRead.`);

process.chdir(root);
const { output } = await cruise(
  places,
  { ...options, ruleSet: { forbidden }, validate: true, outputType: 'json' },
  undefined,
  { tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')) },
);
const { summary, modules } = JSON.parse(output);
const own = modules.filter((module) => places.includes(module.source.split('/')[0]));

for (const side of ['client', 'server', 'shared'])
  if (!own.some((module) => module.source.startsWith(`${side}/`)))
    problems.push(`Nothing was read in ${side}/: the check proves nothing.`);

for (const { rule, from, to, cycle } of summary.violations) {
  const way = cycle ? cycle.map((step) => step.name).join(' → ') : to;
  const { comment } = forbidden.find((candidate) => candidate.name === rule.name);
  problems.push(`${from} → ${way}\n  ${rule.name}: ${comment}`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else
  console.log(`${own.length} modules, ${summary.totalDependenciesCruised} imports: all in order.`);

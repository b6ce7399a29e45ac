// `npm test`: installs what is missing, checks and tests everything, and ends with the counts.
//   --only unit,layers   runs only these steps   --keep-going   runs browser tests though something failed
import './check-node.mjs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { duration, say, stopChildrenOnSignals } from './processes.mjs';
import { closingLine } from './test-reports.mjs';
import { chosenSteps, ranOn } from './test-steps.mjs';

const begun = performance.now();
const results = [];

function printResult({ name, kind }, result, milliseconds) {
  const took = duration(milliseconds).padStart(9);
  if (result.absent) {
    console.log(`– ${name.padEnd(12)} ${took}  ${result.absent}`);
    return;
  }
  const mark = result.failed > 0 ? '✗' : '✓';
  const counts = kind === 'tests' ? closingLine([result]) : '';
  console.log(`${mark} ${name.padEnd(12)} ${took}  ${result.note ?? counts}`);
  if (result.output) console.log(result.output.trimEnd().replaceAll(/^/gm, '    '));
}

async function runStep(step) {
  const started = performance.now();
  if (step.kind === 'tests') say(`${step.name} …`);
  let result;
  try {
    result = await step.run();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, note: error.stack };
  }
  printResult(step, result, performance.now() - started);
  if (!result.absent) results.push({ name: step.name, ...result });
}

/** The cheap checks two at a time, each reported as it ends. */
async function runInPairs(queue) {
  const lane = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) await runStep(step);
  };
  await Promise.all([lane(), lane()]);
}

async function runAll(steps, keepGoing) {
  const checks = steps.filter((step) => step.kind === 'static' && step.name !== 'build');
  await runInPairs(checks.slice());
  for (const step of steps) {
    if (checks.includes(step)) continue;
    const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
    const hopeless = step.name === 'browser' && (broken.includes('build') || !keepGoing);
    if (hopeless && broken.length > 0) {
      ranOn.set('Browser', `not run, because of ${broken.join(', ')} (--keep-going runs it)`);
      console.log(`– browser      not run: ${broken.join(', ')} failed`);
    } else await runStep(step);
  }
}

function printSummary() {
  console.log('');
  for (const [what, words] of ranOn) console.log(`${what}: ${words}`);
  const failed = results.filter((result) => result.failed > 0).map((result) => result.name);
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
  console.log(`Took ${duration(performance.now() - begun)}.`);
  console.log(closingLine(results));
  process.exitCode = failed.length > 0 || results.length === 0 ? 1 : 0;
}

stopChildrenOnSignals();
try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, 'keep-going': { type: 'boolean', default: false } },
  });
  const steps = chosenSteps(values.only);
  await ensureInstalled();
  await runAll(steps, values['keep-going']);
  printSummary();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

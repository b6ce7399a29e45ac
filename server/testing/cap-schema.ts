/** Checks alerts against the standard's own schema, which is not part of this repository. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { repoRoot } from '../kernel/repo-root.ts';

const folder = path.join(repoRoot(), '../shared/data/weather/cap/schema');

/** False where the schemas aren't there: such tests are skipped, and say so. */
export const hasCapSchema = existsSync(path.join(folder, 'cap12.xsd'));
if (!hasCapSchema) console.warn(`No schemas in ${folder}: alerts are not checked against them.`);

/** What speaks against these messages; both the standard's schema and the one with stricter patterns are asked. */
export async function capFaults(messages: readonly string[]): Promise<string[]> {
  const xml = messages.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const faults: string[] = [];
  for (const name of ['cap12.xsd', 'cap12_extended.xsd']) {
    const schema = readFileSync(path.join(folder, name), 'utf8');
    const { errors } = await validateXML({ xml, schema });
    faults.push(...errors.map(({ message }) => `${name}: ${message}`));
  }
  return faults;
}

/** What keeps it from being XML at all. */
export async function xmlFaults(texts: readonly string[]): Promise<string[]> {
  const xml = texts.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { errors } = await validateXML({ xml, normalization: 'format' });
  return errors.map(({ message }) => message);
}

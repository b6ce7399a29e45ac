/** Control characters have no place in XML, not even written as numbers. */
// oxlint-disable-next-line no-control-regex -- it is them that are looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an element or an attribute. */
export const xmlText = (value: string): string =>
  value.replaceAll(unwritable, '').replaceAll(/[&<>"']/g, (sign) => escapes[sign]!);

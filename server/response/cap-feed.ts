/** The list of a city's alerts as an Atom feed (RFC 4287). Addresses in it are relative to its own. */
import type { CityWithoutMap } from '../cities/queries.ts';
import { xmlText } from '../kernel/xml-text.ts';
import type { ListedMessage } from './cap-queries.ts';

const entryOf = ({ identifier, title, sentAt }: ListedMessage): string => `  <entry>
    <id>urn:x-nuanxun:cap:${xmlText(identifier)}</id>
    <title>${xmlText(title)}</title>
    <updated>${sentAt}</updated>
    <published>${sentAt}</published>
    <link rel="alternate" type="application/cap+xml" href="${xmlText(identifier)}.xml"/>
    <summary>${xmlText(title)}</summary>
  </entry>
`;

export function writeFeed(
  { id, nameZh, nameEn }: Pick<CityWithoutMap, 'id' | 'nameZh' | 'nameEn'>,
  messages: readonly ListedMessage[],
): string {
  // Of a city that never told of any night: as good as any moment that doesn't change.
  const updated = messages[0]?.sentAt ?? '2026-01-01T00:00:00.000Z';
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:x-nuanxun:cap:${xmlText(id)}</id>
  <title>${xmlText(`${nameZh} 寒夜响应 · ${nameEn}, cold nights`)}</title>
  <updated>${updated}</updated>
  <author><name>${xmlText(`${nameZh} · ${nameEn}`)}</name></author>
  <link rel="self" type="application/atom+xml" href="feed.atom"/>
${messages.map(entryOf).join('')}</feed>
`;
}

/** What the four pictures of the report show. */
import { IconBandage, IconMoodKid, IconOld, IconShirt, IconSnowflake } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Choice } from './report-form.ts';
import { statePictures } from './state-pictures.tsx';

/** Side by side in a box as high as the others. */
function Pair(props: { children: ReactNode }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'end', gap: 2 }}>{props.children}</span>
  );
}

/** @param size height in px */
export function ChoicePicture({ choice, size }: { choice: Choice; size: number }) {
  const whole = { size, stroke: 1.6, 'aria-hidden': true } as const;
  const small = { ...whole, size: size * 0.66 };
  switch (choice) {
    case 'cold':
      return (
        <Pair>
          <IconShirt {...whole} />
          <IconSnowflake {...small} size={size * 0.5} />
        </Pair>
      );
    case 'ill':
      return <IconBandage {...whole} />;
    case 'frail':
      return (
        <Pair>
          <IconOld {...whole} />
          <IconMoodKid {...small} />
        </Pair>
      );
    case 'unresponsive':
      return (
        <span style={{ display: 'inline-block', width: size * 1.3, height: size * 1.15 }}>
          {statePictures.responds.no}
        </span>
      );
  }
}

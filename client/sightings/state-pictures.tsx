/** Pictures of the answers, drawn so that they differ in outline, not in detail or colour. */
import type { ReactNode } from 'react';
import type { StateChoice, StateQuestion } from '../../shared/sightings/state-wizard.ts';

function Picture(props: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 72 64"
      width="100%"
      height="100%"
      fill="none"
      stroke="currentColor"
      strokeWidth="3.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {props.children}
    </svg>
  );
}

const sitting = (
  <>
    <circle cx="36" cy="17" r="8.5" />
    <path d="M20 56v-10a13 13 0 0 1 13-13h6a13 13 0 0 1 13 13v10" />
  </>
);
const shakes = (
  <>
    <path d="M11 24l4 4-4 4 4 4-4 4 4 4" />
    <path d="M61 24l-4 4 4 4-4 4 4 4-4 4" />
  </>
);
const speech = 'M47 4h20v15H58l-6 6v-6h-5z';

export const statePictures: {
  [Q in StateQuestion]: Record<StateChoice<Q>, ReactNode>;
} = {
  responds: {
    yes: (
      <Picture>
        <circle cx="32" cy="17" r="8.5" />
        <path d="M16 56v-10a13 13 0 0 1 13-13h6c6 0 9-2 12-7l6-10" />
        <path d="M48 56v-12" />
        <path d="M60 8l5-4M62 16h6" />
      </Picture>
    ),
    no: (
      <Picture>
        <circle cx="14" cy="40" r="8.5" />
        <path d="M26 48h20l10-8 8 8" />
        <path d="M26 48c0-8 5-11 11-11h10" />
        <path d="M4 56h64" />
        <path d="M36 6l12 12M48 6l-12 12" />
      </Picture>
    ),
  },
  shivering: {
    yes: (
      <Picture>
        {sitting}
        {shakes}
      </Picture>
    ),
    stopped: (
      <Picture>
        {sitting}
        <g opacity="0.75">{shakes}</g>
        <path d="M6 58L66 8" strokeWidth="4.6" />
      </Picture>
    ),
    never: (
      <Picture>
        {sitting}
        <path d="M11 28v14M61 28v14" />
      </Picture>
    ),
  },
  clear: {
    yes: (
      <Picture>
        <circle cx="26" cy="15" r="8" />
        <path d="M26 25v18M26 43l-8 15M26 43l9 15M14 36l12-8 12 8" />
        <path d={speech} />
        <path d="M52 9h10M52 14h7" strokeWidth="2.4" />
      </Picture>
    ),
    no: (
      <Picture>
        <circle cx="20" cy="18" r="8" />
        <path d="M24 27l8 17M32 44l-13 14M32 44l12 10M14 38l12-6 16 1" />
        <path d={speech} />
        <path d="M50 12c2-5 4 4 6 0s4 4 7 0" strokeWidth="2.4" />
      </Picture>
    ),
  },
  exposed: {
    yes: (
      <Picture>
        <circle cx="16" cy="42" r="8" />
        <path d="M27 49h20l9-7 9 7" />
        <path d="M4 57h64" strokeWidth="4.6" />
        <path d="M22 8c-4 6-5 7-5 10a5 5 0 0 0 10 0c0-3-1-4-5-10zM44 12c-4 6-5 7-5 10a5 5 0 0 0 10 0c0-3-1-4-5-10z" />
      </Picture>
    ),
    no: (
      <Picture>
        <circle cx="36" cy="18" r="8.5" />
        <path d="M22 12a14 14 0 0 1 28 0" />
        <path d="M15 57V44c0-7 6-12 13-12h16c7 0 13 5 13 12v13z" fill="currentColor" />
      </Picture>
    ),
  },
};

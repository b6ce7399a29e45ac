/**
 * The base map's colours. They stay behind everything the product says: no hue here is one that
 * means something (priorities, teams, stations, warning levels).
 */
export type MapTheme = 'night' | 'day';

export interface Palette {
  land: string;
  water: string;
  waterLabel: string;
  green: string;
  built: string;
  campus: string;
  industry: string;
  building: string;
  buildingEdge: string;
  /** Streets from footpath to motorway. */
  path: string;
  service: string;
  minor: string;
  middle: string;
  major: string;
  motorway: string;
  casing: string;
  bridgeCasing: string;
  rail: string;
  railGap: string;
  boundary: string;
  label: string;
  quietLabel: string;
  placeLabel: string;
  halo: string;
  symbol: string;
  grid: string;
}

export const palettes: Record<MapTheme, Palette> = {
  night: {
    land: '#0a1020',
    water: '#0b1f3b',
    waterLabel: '#5f7fae',
    green: '#0d1c22',
    built: '#0d1526',
    campus: '#111a2e',
    industry: '#0c1220',
    building: '#141e33',
    buildingEdge: '#1b2740',
    path: '#1b2740',
    service: '#1a253b',
    minor: '#202c46',
    middle: '#2a3856',
    major: '#344565',
    motorway: '#3d5076',
    casing: '#0a1020',
    bridgeCasing: '#4a5d82',
    rail: '#33415c',
    railGap: '#0f182a',
    boundary: '#3c4a68',
    label: '#8fa0bf',
    quietLabel: '#7384a3',
    placeLabel: '#b4c1d9',
    halo: '#0a1020',
    symbol: '#8fa0bf',
    grid: '#18233a',
  },
  day: {
    land: '#f1f2f4',
    water: '#bcd4e6',
    waterLabel: '#3f6886',
    green: '#dce8d8',
    built: '#ebecee',
    campus: '#e5e8ee',
    industry: '#e6e7e8',
    building: '#dddfe3',
    buildingEdge: '#cdd0d6',
    path: '#cfd3d9',
    service: '#ffffff',
    minor: '#ffffff',
    middle: '#ffffff',
    major: '#ffffff',
    motorway: '#fdfdfd',
    casing: '#cdd1d8',
    bridgeCasing: '#9aa1ad',
    rail: '#b9bec7',
    railGap: '#f1f2f4',
    boundary: '#9aa3b2',
    label: '#454d5a',
    quietLabel: '#5b6470',
    placeLabel: '#2c333e',
    halo: '#f6f7f8',
    symbol: '#5b6470',
    grid: '#dfe2e7',
  },
};

// Who may import whom, written once. The two lists of server domains are the only place where an edge between
// domains is allowed; `scripts/check-layers.mjs` refuses a circle in either and a run that read nothing.

/** domain → the domains whose queries.ts it reads. */
const mayRead = {
  accounts: [],
  cities: ['accounts'],
  basemap: ['cities'],
  weather: ['cities', 'accounts'],
  response: ['cities', 'accounts', 'weather', 'stations'],
  stations: ['cities', 'accounts'],
  patrols: ['cities', 'accounts', 'stations'],
  sightings: ['cities', 'accounts'],
  clusters: ['cities', 'accounts', 'sightings', 'weather', 'response'],
  dispatch: [
    'cities',
    'accounts',
    'sightings',
    'clusters',
    'patrols',
    'stations',
    'weather',
    'response',
  ],
  encounters: [
    'cities',
    'accounts',
    'sightings',
    'clusters',
    'patrols',
    'dispatch',
    'weather',
    'response',
  ],
  streets: ['cities'],
  roads: ['cities', 'accounts'],
  'key-points': ['cities', 'accounts', 'patrols', 'response', 'streets', 'shifts'],
  shifts: ['cities', 'accounts', 'patrols'],
  vehicles: ['cities', 'accounts', 'patrols'],
  supplies: [
    'cities',
    'accounts',
    'patrols',
    'stations',
    'vehicles',
    'shifts',
    'weather',
    'response',
  ],
  crew: ['cities', 'accounts', 'patrols', 'shifts'],
  tracks: ['cities', 'patrols', 'key-points', 'shifts', 'streets', 'response'],
  media: ['cities', 'accounts', 'sightings', 'dispatch', 'key-points'],
  field: [
    'cities',
    'accounts',
    'sightings',
    'clusters',
    'dispatch',
    'patrols',
    'key-points',
    'shifts',
    'crew',
    'tracks',
  ],
  zones: [
    'cities',
    'weather',
    'response',
    'sightings',
    'clusters',
    'patrols',
    'dispatch',
    'encounters',
    'key-points',
  ],
  planning: [
    'cities',
    'accounts',
    'weather',
    'response',
    'clusters',
    'dispatch',
    'patrols',
    'stations',
    'supplies',
    'vehicles',
  ],
  tips: [
    'cities',
    'weather',
    'response',
    'stations',
    'sightings',
    'clusters',
    'dispatch',
    'encounters',
    'zones',
  ],
  // What a screen starts from: reads from all, writes nothing.
  snapshots: [
    'accounts',
    'cities',
    'weather',
    'response',
    'stations',
    'patrols',
    'sightings',
    'clusters',
    'dispatch',
    'encounters',
    'zones',
    'roads',
    'key-points',
    'shifts',
    'crew',
    'field',
    'vehicles',
    'supplies',
    'planning',
  ],
};

/** domain → the domains whose actions.ts it calls: the owner writes, inside the caller's transaction. */
const mayCall = {
  cities: ['clusters'],
  sightings: ['clusters', 'zones'],
  clusters: ['zones'],
  dispatch: ['clusters', 'sightings', 'patrols', 'stations', 'supplies', 'zones'],
  encounters: ['dispatch', 'sightings', 'clusters', 'patrols', 'stations', 'zones'],
  patrols: ['zones'],
  roads: ['zones'],
  weather: ['zones'],
  response: ['cities', 'stations', 'zones'],
  tips: ['sightings'],
  'key-points': ['zones'],
  shifts: ['patrols', 'crew'],
  supplies: [],
  crew: [],
  tracks: ['key-points', 'patrols', 'zones'],
  planning: ['cities', 'dispatch', 'stations', 'roads'],
  field: ['sightings', 'dispatch', 'key-points', 'shifts', 'crew', 'tracks', 'patrols', 'supplies'],
};

/** Files that are part of a domain's actions, split off for their size: the list mayCall holds for them too. */
const furtherActions = {
  sightings: ['intake', 'records'],
  dispatch: ['encounters'],
  zones: ['validity'],
  'key-points': ['ledger'],
  patrols: ['tracker-actions'],
  stations: ['holds', 'shelters'],
  roads: ['travel-table'],
  supplies: ['book', 'forecast'],
};

/** Written to from every domain, inside the transaction of what it records. */
const openToAll = ['accounts/audit'];

/** They act as people and as operators do, through the router and its owners: above all other domains. */
const aboveRouter = ['demo', 'replay'];

/** Client folders that are layers below the domains; what a layer may import of the others. */
const clientLayers = {
  kernel: [],
  ui: ['kernel'],
  realtime: ['kernel'],
  map: ['kernel', 'ui', 'realtime'],
};
/** Client folders that are screens: each composes domains, and app.tsx composes the screens. */
const clientScreens = ['landing', 'board', 'patrol', 'report', 'admin', 'station'];

module.exports = {
  mayRead,
  mayCall,
  furtherActions,
  openToAll,
  aboveRouter,
  clientLayers,
  clientScreens,
};

import { gridDisk } from 'h3-js';
import type { SpreadNotFound } from '../presence/schema.ts';

export const notFoundHalfLifeHours = 6;

export const spreadNotFound: SpreadNotFound = (cell, people, similarPlaces) => {
  const around = gridDisk(cell, 1).filter((other) => other !== cell);
  const near = around.map((other) => ({ cell: other, people: (people * 0.4) / around.length }));
  const similar = similarPlaces.slice(0, 5);
  const far = similar.map((place) => ({
    cell: place.cell,
    people: (people * 0.2) / similar.length,
  }));
  return [...near, ...far];
};

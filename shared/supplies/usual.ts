/** What is usually given out, before the city's own book says more; the numbers are explained in docs/supplies.md. */
import type { ResponseLevel } from '../response/schema.ts';
import type { SupplyItem } from './schema.ts';

/** Pieces per person who is given something, on a night without a signal. */
const perPerson: Record<SupplyItem, number> = {
  coat: 0.25,
  quilt: 0.35,
  food: 0.8,
  hot_water: 0.8,
  contact_card: 0.9,
  medicine: 0.08,
  heat_pack: 0.6,
};
/** What keeps somebody warm is needed more the colder it is. */
const warming: ReadonlySet<SupplyItem> = new Set(['coat', 'quilt', 'hot_water', 'heat_pack']);
const colder: Record<ResponseLevel, number> = { blue: 1.1, yellow: 1.25, orange: 1.5, red: 2 };

export const usualItems = Object.keys(perPerson) as SupplyItem[];

export const usualPerPerson = (item: SupplyItem, level: ResponseLevel | null): number =>
  perPerson[item] * (level !== null && warming.has(item) ? colder[level] : 1);

/** People met per hour and team who are given something. */
const usualPeoplePerHour = 0.6;
/** Hours of the whole city, and of one team, that weigh as much as what is usual. */
const cityPriorHours = 20;
const teamPriorHours = 3;

export interface Given {
  /** pieces, or people */
  count: number;
  /** on duty */
  hours: number;
}
const shrunk = ({ count, hours }: Given, mean: number, priorHours: number): number =>
  (count + mean * priorHours) / (hours + priorHours);

/** Of the whole city tonight: what was given, drawn towards what is usual while little is known. */
export const cityRate = (city: Given, item: SupplyItem, level: ResponseLevel | null): number =>
  shrunk(city, usualPeoplePerHour * usualPerPerson(item, level), cityPriorHours);

/** Of one team tonight, drawn towards the city's mean. Pieces per hour. */
export const teamRate = (team: Given, mean: number): number => shrunk(team, mean, teamPriorHours);

/** People per team and hour who will be given something, from the nights before. */
export const peopleRate = (nights: Given): number =>
  shrunk(nights, usualPeoplePerHour, cityPriorHours);

import { create } from 'zustand';
import type { VehicleView } from '../../shared/vehicles/schema.ts';

export const useVehicleStore = create<{ byId: ReadonlyMap<string, VehicleView> }>(() => ({
  byId: new Map(),
}));

import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import type { Asked } from '../kernel/use-asked.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';

/** The rules and what each level changes, as the city has set them. */
export const useResponseSettings = (): Asked<ResponseSettings> =>
  useAsked(() => api.response.readSettings.query());

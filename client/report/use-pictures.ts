/** Whether the report is shown in pictures; remembered on this phone. */
import { create } from 'zustand';
import { readStored, writeStored } from '../kernel/stored.ts';

const key = 'nuanxun.report.pictures';

export const usePictures = create<{ pictures: boolean }>(() => ({
  pictures: readStored(key) === true,
}));

export function setPictures(pictures: boolean): void {
  writeStored(key, pictures);
  usePictures.setState({ pictures });
}

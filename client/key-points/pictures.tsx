/** One picture per kind of key point: for lists as an icon, for the map as an image drawn from the same lines. */
import {
  IconBuildingBridge2,
  IconBuildingHospital,
  IconBuildingTunnel,
  IconCash,
  IconFlame,
  IconMapPin,
  IconTrain,
  IconTrees,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { KeyPointKind } from '../../shared/key-points/schema.ts';

export const pictureOf: Record<KeyPointKind, ComponentType<{ size?: number }>> = {
  underpass: IconBuildingTunnel,
  bridge: IconBuildingBridge2,
  station: IconTrain,
  cash_machine: IconCash,
  park: IconTrees,
  heating_vent: IconFlame,
  hospital: IconBuildingHospital,
  other: IconMapPin,
};

/** The lines of those icons (Tabler Icons, MIT) in a square of 24, the few that can still be told apart at 16 px. */
const lines: Record<KeyPointKind, string> = {
  underpass: 'M4 21v-9a8 8 0 0 1 16 0v9 M8 21v-9a4 4 0 1 1 8 0v9',
  bridge:
    'M6 7h12a2 2 0 0 1 2 2v9a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1v-2a4 4 0 0 0 -8 0v2a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1v-9a2 2 0 0 1 2 -2',
  station: 'M21 13c0 -3.87 -3.37 -7 -10 -7h-8 M3 15h16a2 2 0 0 0 2 -2 M3 6v5h17.5 M3 11v4 M3 19h18',
  cash_machine:
    'M3 8a2 2 0 0 1 2 -2h14a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2z M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  park: 'M12 13l-3 -3 M12 12l3 -3 M12 21v-13 M9.824 16a3 3 0 0 1 -2.743 -3.69a3 3 0 0 1 .304 -4.833a3 3 0 0 1 4.615 -3.707a3 3 0 0 1 4.614 3.707a3 3 0 0 1 .305 4.833a3 3 0 0 1 -2.919 3.695h-4z',
  heating_vent:
    'M12 10.941c2.333 -3.308 .167 -7.823 -1 -8.941c0 3.395 -2.235 5.299 -3.667 6.706c-1.43 1.408 -2.333 3.294 -2.333 5.588c0 3.704 3.134 6.706 7 6.706c3.866 0 7 -3.002 7 -6.706c0 -1.712 -1.232 -4.403 -2.333 -5.588c-2.084 3.353 -3.257 3.353 -4.667 2.235',
  hospital: 'M12 4v16 M4 12h16',
  other: 'M12 21l-5 -6a7 7 0 1 1 10 0z',
};

export const imageSize = 40;

/** Twice the size it is shown at, for sharp tablets; null where there is no canvas. */
export function drawPicture(kind: KeyPointKind, color: string): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = imageSize;
  canvas.height = imageSize;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.scale(imageSize / 24, imageSize / 24);
  context.strokeStyle = color;
  context.lineWidth = 2.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(lines[kind]));
  return context.getImageData(0, 0, imageSize, imageSize);
}

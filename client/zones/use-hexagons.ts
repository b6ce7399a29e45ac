/** The shapes of a field's cells and of their parents, made piece by piece so that the page stays responsive meanwhile. */
import { useEffect, useMemo, useState } from 'react';
import { buildMesh } from './cell-mesh.ts';
import type { CellMesh } from './cell-mesh.ts';
import { parentSteps, parentsOf } from './coarser.ts';
import type { Parents } from './coarser.ts';
import type { HexagonLevel } from './hexagon-layer.ts';
import type { ColdPicture } from './picture.ts';

/** Each is a seventh of the one before. */
const coarserLevels = 2;

interface Shapes {
  /** the field's own, as they were */
  cells: readonly string[];
  mesh: CellMesh;
  parents: { of: Parents; mesh: CellMesh }[];
}

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Finest first; the last ones that were whole until new shapes are. */
export function useHexagons(picture: ColdPicture | null): readonly HexagonLevel[] {
  const field = picture?.field ?? null;
  const cells = field?.cells ?? null;
  const [shapes, setShapes] = useState<Shapes | null>(null);
  useEffect(() => {
    if (field === null || cells === null) return undefined;
    let here = true;
    const { keys, resolution } = field;
    const build = async () => {
      const mesh = await buildMesh(cells, breathe);
      const parents: Shapes['parents'] = [];
      for (let up = 1; up <= coarserLevels; up++) {
        if (!here) return;
        const of = parentsOf({ keys, resolution }, resolution - up);
        parents.push({ of, mesh: await buildMesh(of.cells, breathe) });
      }
      if (here) setShapes({ cells, mesh, parents });
    };
    void build();
    return () => {
      here = false;
    };
  }, [field, cells]);
  return useLevels(picture, shapes);
}

function useLevels(picture: ColdPicture | null, shapes: Shapes | null): readonly HexagonLevel[] {
  const [last, setLast] = useState<readonly HexagonLevel[]>([]);
  const now = useMemo(() => {
    if (picture === null || shapes === null || shapes.cells !== picture.field.cells) return null;
    const { steps } = picture;
    return [
      { mesh: shapes.mesh, steps },
      ...shapes.parents.map(({ of, mesh }) => ({ mesh, steps: parentSteps(of, steps) })),
    ];
  }, [picture, shapes]);
  if (now !== null && now !== last) setLast(now);
  return now ?? last;
}

/**
 * Cells straight on the graphics card, as a layer of the map that is ours: the shapes are sent once, a change of what
 * they owe is one byte per cell. Fifty thousand cells take a new picture within a frame, where tiles or features would
 * have to be cut anew (docs/cold-cells.md has the figures).
 */
import type {
  CustomLayerInterface,
  CustomRenderMethodInput,
  Map as MapLibreMap,
} from 'maplibre-gl';
import { floatsPerCell, runsInView } from './cell-mesh.ts';
import type { CellMesh } from './cell-mesh.ts';
import { fragmentShader, vertexShader } from './hexagon-shaders.ts';

export interface HexagonLook {
  /** of step 1…4, as #rrggbb */
  colours: readonly [string, string, string, string];
  /** opacity of the surface by step 1…4, near enough to read the streets through it */
  fill: readonly [number, number, number, number];
  /** the same from afar, where a cell is a spot that has to be seen at a glance */
  farFill: readonly [number, number, number, number];
  /** outline by step 1…4 in CSS pixels: the second sign beside the colour */
  outline: readonly [number, number, number, number];
  /** opacity of the outline */
  edge: number;
}

/** One resolution: its shapes and the step of each. */
export interface HexagonLevel {
  mesh: CellMesh;
  steps: Uint8Array;
}

/** A cell is drawn as its parent's once its edge is shorter than this. */
const leastEdgePixels = 11;
/** Edges as long as these wear the look from afar, and the one from near; between them it goes over. */
const farEdgePixels = 18;
const nearEdgePixels = 48;
const tilePixels = 512;
const verticesPerCell = 18;
const floatBytes = 4;

interface OnCard {
  mesh: CellMesh;
  shapes: WebGLBuffer;
  steps: WebGLBuffer;
  /** what the card holds */
  sent: Uint8Array;
}

export class HexagonLayer implements CustomLayerInterface {
  readonly id: string;
  readonly type = 'custom';
  readonly renderingMode = '2d';
  #map: MapLibreMap | null = null;
  #program: WebGLProgram | null = null;
  #levels: readonly HexagonLevel[] = [];
  #onCard: OnCard[] = [];
  #look: HexagonLook;

  constructor(id: string, look: HexagonLook) {
    this.id = id;
    this.#look = look;
  }

  /** @param levels finest first */
  show(levels: readonly HexagonLevel[]): void {
    this.#levels = levels;
    this.#map?.triggerRepaint();
  }

  wear(look: HexagonLook): void {
    this.#look = look;
    this.#map?.triggerRepaint();
  }

  /** Which level is drawn at this zoom: the finest whose cells are large enough to be told apart. */
  levelAt(zoom: number): number {
    const scale = tilePixels * 2 ** zoom;
    const found = this.#levels.findIndex(({ mesh }) => mesh.reach * scale >= leastEdgePixels);
    return found === -1 ? this.#levels.length - 1 : found;
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#program = link(gl);
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    for (const { shapes, steps } of this.#onCard) {
      gl.deleteBuffer(shapes);
      gl.deleteBuffer(steps);
    }
    gl.deleteProgram(this.#program);
    this.#onCard = [];
    this.#program = this.#map = null;
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const map = this.#map;
    const program = this.#program;
    const index = map === null ? -1 : this.levelAt(map.getZoom());
    const level = this.#levels[index];
    if (map === null || program === null || level === undefined || level.mesh.count === 0) return;
    const onCard = this.#send(gl, index, level);
    gl.useProgram(program);
    gl.uniformMatrix4fv(
      gl.getUniformLocation(program, 'u_matrix'),
      false,
      movedTo(defaultProjectionData.mainMatrix, level.mesh.origin),
    );
    const edgePixels = level.mesh.reach * tilePixels * 2 ** map.getZoom();
    this.#dress(gl, program, map.getPixelRatio(), nearness(edgePixels));
    for (const { first, count } of runsInView(level.mesh, viewOf(map))) {
      point(gl, onCard, first);
      gl.drawArraysInstanced(gl.TRIANGLES, 0, verticesPerCell, count);
    }
    for (let at = 0; at <= 4; at++) gl.vertexAttribDivisor(at, 0);
  }

  #send(gl: WebGL2RenderingContext, index: number, { mesh, steps }: HexagonLevel): OnCard {
    let onCard = this.#onCard[index];
    if (onCard?.mesh !== mesh) {
      gl.deleteBuffer(onCard?.shapes ?? null);
      gl.deleteBuffer(onCard?.steps ?? null);
      onCard = { mesh, shapes: gl.createBuffer(), steps: gl.createBuffer(), sent: steps };
      gl.bindBuffer(gl.ARRAY_BUFFER, onCard.shapes);
      gl.bufferData(gl.ARRAY_BUFFER, mesh.shapes, gl.STATIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, onCard.steps);
      gl.bufferData(gl.ARRAY_BUFFER, steps, gl.DYNAMIC_DRAW);
      this.#onCard[index] = onCard;
    } else if (onCard.sent !== steps) {
      gl.bindBuffer(gl.ARRAY_BUFFER, onCard.steps);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, steps);
      onCard.sent = steps;
    }
    return onCard;
  }

  #dress(
    gl: WebGL2RenderingContext,
    program: WebGLProgram,
    pixelRatio: number,
    near: number,
  ): void {
    const at = (name: string) => gl.getUniformLocation(program, name);
    const { colours, fill, farFill, outline, edge } = this.#look;
    const surface = fill.map((opacity, at) => opacity * near + farFill[at]! * (1 - near));
    gl.uniform3fv(at('u_colours'), [0, 0, 0, ...colours.flatMap(channels)]);
    gl.uniform1fv(at('u_fill'), [0, ...surface]);
    gl.uniform1fv(at('u_outline'), [0, ...outline.map((width) => width * pixelRatio)]);
    gl.uniform1f(at('u_edge'), edge);
  }
}

/** 0 from afar … 1 near enough */
const nearness = (edgePixels: number): number =>
  Math.min(Math.max((edgePixels - farEdgePixels) / (nearEdgePixels - farEdgePixels), 0), 1);

const mercatorY = (lat: number): number =>
  (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / 360;

function viewOf(map: MapLibreMap): [number, number, number, number] {
  const box = map.getBounds();
  const x = (lon: number) => (180 + lon) / 360;
  return [x(box.getWest()), mercatorY(box.getNorth()), x(box.getEast()), mercatorY(box.getSouth())];
}

const channels = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);

/** The matrix for shapes that count from `origin`; multiplied here, where numbers are long enough. */
function movedTo(matrix: ArrayLike<number>, { x, y }: { x: number; y: number }): Float32Array {
  const moved = Float32Array.from(matrix);
  for (let row = 0; row < 4; row++)
    moved[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!;
  return moved;
}

/** Points the attributes at the cells from `first` on. */
function point(gl: WebGL2RenderingContext, onCard: OnCard, first: number): void {
  const stride = floatsPerCell * floatBytes;
  gl.bindBuffer(gl.ARRAY_BUFFER, onCard.shapes);
  const sizes = [2, 4, 4, 4];
  let offset = first * stride;
  for (const [at, size] of sizes.entries()) {
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride, offset);
    gl.vertexAttribDivisor(at, 1);
    offset += size * floatBytes;
  }
  gl.bindBuffer(gl.ARRAY_BUFFER, onCard.steps);
  gl.enableVertexAttribArray(sizes.length);
  gl.vertexAttribPointer(sizes.length, 1, gl.UNSIGNED_BYTE, false, 1, first);
  gl.vertexAttribDivisor(sizes.length, 1);
}

/** @throws Error with the card's own words */
function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? 'The cells cannot be drawn.');
  return program;
}

/** The largest set of junctions that can all reach each other, one-ways obeyed (Tarjan, without recursion). */

export interface DirectedEdge {
  from: number;
  to: number;
  oneWay: boolean;
}

/** @returns 1 for each node of the largest component, else 0 */
export function largestStrongComponent(nodeCount: number, edges: DirectedEdge[]): Uint8Array {
  const { starts, targets } = adjacency(nodeCount, edges);
  const order = new Int32Array(nodeCount).fill(-1);
  const low = new Int32Array(nodeCount);
  const onStack = new Uint8Array(nodeCount);
  const cursor = starts.slice(0, nodeCount);
  const stack: number[] = [];
  let counter = 0;
  let best: number[] = [];
  for (let root = 0; root < nodeCount; root++) {
    if (order[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path.at(-1) ?? 0;
      if (order[node] === -1) {
        order[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      const at = cursor[node] ?? 0;
      if (at < (starts[node + 1] ?? 0)) {
        cursor[node] = at + 1;
        const target = targets[at] ?? 0;
        if (order[target] === -1) path.push(target);
        else if (onStack[target]) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      const component: number[] = [];
      for (let member = -1; member !== node;) {
        member = stack.pop() ?? node;
        onStack[member] = 0;
        component.push(member);
      }
      if (component.length > best.length) best = component;
    }
  }
  const kept = new Uint8Array(nodeCount);
  for (const node of best) kept[node] = 1;
  return kept;
}

function adjacency(
  nodeCount: number,
  edges: DirectedEdge[],
): { starts: Int32Array; targets: Int32Array } {
  const starts = new Int32Array(nodeCount + 1);
  const each = (visit: (from: number, to: number) => void): void => {
    for (const { from, to, oneWay } of edges) {
      visit(from, to);
      if (!oneWay) visit(to, from);
    }
  };
  let count = 0;
  each((from) => {
    starts[from + 1] = (starts[from + 1] ?? 0) + 1;
    count++;
  });
  for (let i = 0; i < nodeCount; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const targets = new Int32Array(count);
  const next = starts.slice();
  each((from, to) => {
    const at = next[from] ?? 0;
    targets[at] = to;
    next[from] = at + 1;
  });
  return { starts, targets };
}

/**
 * Photos that are still being shrunk and notes that are still being spoken, or were not put down yet: a form that is
 * sent waits for them, so that nobody has to know of a step that was left out.
 */
type Finish = () => Promise<unknown>;
const works = new Set<Finish>();

/** Until the returned function is called, `finishMedia` calls this one and waits for it. */
export function unfinished(finish: Finish): () => void {
  works.add(finish);
  return () => works.delete(finish);
}

/** Afterwards everything taken or said is with the form it was taken for. */
export async function finishMedia(): Promise<void> {
  await Promise.allSettled([...works].map((finish) => finish()));
}

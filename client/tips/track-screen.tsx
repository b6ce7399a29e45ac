export function TrackScreen(props: { code: string }) {
  return <h1>{props.code}</h1>;
}

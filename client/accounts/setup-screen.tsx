export function SetupScreen(props: { token: string }) {
  return <h1>{props.token}</h1>;
}

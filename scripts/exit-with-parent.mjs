// Preloaded into the server (`node --import`): when the command that started it is gone, even by kill -9,
// the channel between them closes and the server shuts down as on SIGTERM instead of living on unseen.
const graceMs = 15_000;

if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel.unref();
}

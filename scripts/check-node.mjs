// Imported first by every command, so that an old Node is refused in words and not by a stack trace.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Nuanxun needs Node.js 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
  console.error('Install a current version from https://nodejs.org and run the command again.');
  process.exit(1);
}

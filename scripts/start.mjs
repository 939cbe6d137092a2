// `npm start` and `npm run dev`. Plain JavaScript that any Node with modules can read, so that an old one gets a
// sentence instead of a syntax error; everything else is behind the imports below.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Pentimento needs Node 20.19 or newer, and this is ${process.version}: install a newer Node.`,
  );
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
const { supervise } = await import("./supervisor/supervise.ts");
process.exitCode = await supervise({ development: process.argv.includes("--dev") });

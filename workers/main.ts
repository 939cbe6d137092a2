import { readConfig } from "@/lib/server/config";
import { openStudio } from "@/lib/server/open-studio";
import { startWorker } from "./worker";

/** A worker process: started and watched by `npm start`, or by hand with DATABASE_URL set, as many as wanted. */
const config = readConfig();
if (!config.databaseUrl) {
  console.error("DATABASE_URL is not set: start the studio with `npm start`, or name the database.");
  process.exit(1);
}
const studio = await openStudio(config, config.databaseUrl, { name: "pentimento worker", work: true });
const worker = await startWorker(studio);
console.log("ready");

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await worker.stop();
    await studio.close();
    process.exit(0);
  });
}

// `npm run build`: the production build, made only where the sources have changed since the last one.
import { UserError } from "@/lib/domain/errors";
import { buildStudio, isBuilt } from "./supervisor/build";

if (isBuilt()) {
  console.log("The build is up to date.");
} else {
  try {
    await buildStudio(new AbortController().signal);
    console.log("Built.");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

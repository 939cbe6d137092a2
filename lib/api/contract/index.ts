import { anchors, imports } from "./anchors";
import { calibration } from "./calibration";
import { chains } from "./chains";
import { curate } from "./curate";
import { interactive } from "./interactive";
import { judgements } from "./judgements";
import { masks } from "./masks";
import { people } from "./people";
import { project } from "./project";
import { releases } from "./releases";
import { review } from "./review";
import { runs } from "./runs";
import { samples } from "./samples";
import { seeds } from "./seeds";

/** The whole API: browser, command line and Python users speak it; `/api/openapi.json` describes it. */
export const contract = {
  project,
  anchors,
  imports,
  seeds,
  runs,
  samples,
  judgements,
  review,
  masks,
  interactive,
  chains,
  releases,
  people,
  calibration,
  curate,
};
export type Contract = typeof contract;

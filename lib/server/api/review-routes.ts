import { implement } from "@orpc/server";
import { review } from "@/lib/api/contract/review";
import type { Context } from "../context";
import { editTexts, restoreTexts } from "../review/change-texts";
import { claimSamples } from "../review/claim-samples";
import { decide, undo } from "../review/decide";
import { decideMany, undoMany } from "../review/decide-many";
import { listGold, plantGold, retireGold } from "../review/gold";
import { listHolders, listMyClaims } from "../review/list-claims";
import { listReviewers } from "../review/list-reviewers";
import { openSample, sampleStanding } from "../review/open-sample";
import { regenerateSample } from "../review/regenerate-sample";
import { addReason, deleteReason, listReasons, renameReason } from "../review/reject-reasons";
import { releaseClaims } from "../review/release-claims";
import { renewClaims } from "../review/renew-claims";
import { restoreMask } from "../review/restore-mask";
import { getSettings, updateSettings } from "../review/review-settings";
import { sampleLog } from "../review/sample-log";
import { scoreDistributions } from "../review/score-distribution";
import { answerReturn, listReturned, sendBack } from "../review/send-back";
import { explainErrors } from "./explain-errors";
import { refuseNul } from "./refuse-nul";

const os = implement(review).$context<Context>().use(explainErrors).use(refuseNul);

/** The review desk's part of the API. */
export const reviewRoutes = {
  claim: os.claim.handler(({ context, input }) => claimSamples(context, input)),
  mine: os.mine.handler(({ context }) => listMyClaims(context)),
  renew: os.renew.handler(({ context, input }) => renewClaims(context, input)),
  release: os.release.handler(({ context, input }) => releaseClaims(context, input)),
  open: os.open.handler(({ context, input }) => openSample(context, input)),
  standing: os.standing.handler(({ context, input }) => sampleStanding(context, input)),
  decide: os.decide.handler(({ context, input }) => decide(context, input)),
  decideMany: os.decideMany.handler(({ context, input }) => decideMany(context, input)),
  undo: os.undo.handler(({ context, input }) => undo(context, input)),
  undoMany: os.undoMany.handler(({ context, input }) => undoMany(context, input)),
  editTexts: os.editTexts.handler(({ context, input }) => editTexts(context, input)),
  restoreTexts: os.restoreTexts.handler(({ context, input }) => restoreTexts(context, input)),
  restoreMask: os.restoreMask.handler(({ context, input }) => restoreMask(context, input)),
  sendBack: os.sendBack.handler(({ context, input }) => sendBack(context, input)),
  returned: os.returned.handler(({ context, input }) => listReturned(context, input)),
  answerReturn: os.answerReturn.handler(({ context, input }) => answerReturn(context, input)),
  regenerate: os.regenerate.handler(({ context, input }) => regenerateSample(context, input)),
  log: os.log.handler(({ context, input }) => sampleLog(context, input)),
  distribution: os.distribution.handler(({ context, input }) => scoreDistributions(context, input)),
  holders: os.holders.handler(({ context }) => listHolders(context)),
  settings: os.settings.handler(({ context }) => getSettings(context)),
  updateSettings: os.updateSettings.handler(({ context, input }) => updateSettings(context, input)),
  reasons: os.reasons.handler(({ context }) => listReasons(context)),
  addReason: os.addReason.handler(({ context, input }) => addReason(context, input)),
  renameReason: os.renameReason.handler(({ context, input }) => renameReason(context, input)),
  deleteReason: os.deleteReason.handler(({ context, input }) => deleteReason(context, input)),
  plantGold: os.plantGold.handler(({ context, input }) => plantGold(context, input)),
  retireGold: os.retireGold.handler(({ context, input }) => retireGold(context, input)),
  gold: os.gold.handler(({ context, input }) => listGold(context, input)),
  reviewers: os.reviewers.handler(({ context, input }) => listReviewers(context, input)),
};

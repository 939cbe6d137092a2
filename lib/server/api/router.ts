import { implement } from "@orpc/server";
import { contract } from "@/lib/api/contract";
import { getAnchor } from "../anchors/get-anchor";
import { listAnchors } from "../anchors/list-anchors";
import { updateAnchor } from "../anchors/update-anchor";
import { withdrawAnchor } from "../anchors/withdraw-anchor";
import { agreementReport } from "../calibration/agreement-report";
import { applyPolicy, retirePolicy } from "../calibration/apply-policy";
import { fitModel } from "../calibration/fit-model";
import { calibrationOverview, forecastPolicy } from "../calibration/get-overview";
import { chainOfSample } from "../chains/chain-of-sample";
import { listChains } from "../chains/list-chains";
import { startTurn } from "../chains/start-turn";
import { undoTurn } from "../chains/undo-turn";
import { waitingTurns } from "../chains/waiting-turns";
import type { Context } from "../context";
import { applyBulk } from "../curate/apply-bulk";
import { countMatches } from "../curate/count-matches";
import { requestEmbedding } from "../curate/embed-samples";
import { embeddingState } from "../curate/embedding-state";
import { findSimilar } from "../curate/find-similar";
import { listBulks } from "../curate/list-bulks";
import { stopBulk } from "../curate/perform-bulk";
import { sampleCard } from "../curate/sample-card";
import { deleteView, listViews, saveView } from "../curate/saved-views";
import { searchSamples } from "../curate/search-samples";
import { listFacets, listTags } from "../curate/tags";
import { undoBulk } from "../curate/undo-bulk";
import { beginUpload, finishUpload, importFromPath, importStorybook } from "../imports/begin-import";
import { getImport } from "../imports/get-import";
import { listImportNotes } from "../imports/list-import-notes";
import { listImports } from "../imports/list-imports";
import { clickImage, detectInImage, encodeImage } from "../interactive/click-image";
import { embedText } from "../interactive/embed-text";
import { interactiveStatus } from "../interactive/interactive-status";
import { judgementsOfCandidate, judgementsOfSample } from "../judge/list-judgements";
import { annotateMask } from "../masks/annotate-mask";
import { claimRegion, releaseRegions, renewLeases } from "../masks/claim-region";
import { enqueueRegions } from "../masks/enqueue-regions";
import { exportNotes } from "../masks/export-notes";
import { getRegion } from "../masks/get-region";
import { importMaskFolder } from "../masks/import-folder";
import { nextRegions } from "../masks/lease-regions";
import { listLayers } from "../masks/list-layers";
import { listRegions } from "../masks/list-regions";
import { listRevisions } from "../masks/list-revisions";
import { maskProgress } from "../masks/mask-progress";
import { openRegion } from "../masks/open-region";
import { restoreRevision } from "../masks/restore-revision";
import { saveMask } from "../masks/save-mask";
import { finishRegion, reopenRegion, skipRegion } from "../masks/settle-region";
import { addMember, listMembers, readmitMember, revokeMember, updateMember } from "../people/manage-members";
import { saidHere } from "../people/presence";
import { createLink, createToken, endSessions, revokeToken } from "../people/sign-in-links";
import { whoAmI } from "../people/who-am-i";
import { getOverview } from "../project/get-overview";
import { listPacks } from "../project/list-packs";
import { listProviders } from "../project/list-providers";
import { createRelease } from "../releases/create-release";
import { deleteRelease } from "../releases/delete-release";
import { exportRelease } from "../releases/export-release";
import { getRelease, listReleases } from "../releases/list-releases";
import { previewRelease } from "../releases/preview-release";
import { controlRun } from "../runs/control-run";
import { createRun } from "../runs/create-run";
import { forecastRun } from "../runs/forecast-run";
import { getRun } from "../runs/get-run";
import { listDrawn, listEdits } from "../runs/list-edits";
import { listFailures } from "../runs/list-failures";
import { listRuns } from "../runs/list-runs";
import { requeueEdit } from "../runs/requeue-edit";
import { countSamples } from "../samples/count-samples";
import { decideSample } from "../samples/decide-sample";
import { decisionHistory } from "../samples/decision-history";
import { getSample } from "../samples/get-sample";
import { listSamples } from "../samples/list-samples";
import { undoDecision } from "../samples/undo-decision";
import { archiveSeed } from "../seeds/archive-seed";
import { createSeed } from "../seeds/create-seed";
import { importSeeds, previewSeeds } from "../seeds/import-seeds";
import { inspectDraft } from "../seeds/inspect-draft";
import { listSeeds } from "../seeds/list-seeds";
import { nextAnchor } from "../seeds/next-anchor";
import { restoreSeed } from "../seeds/restore-seed";
import { seedCoverage } from "../seeds/seed-coverage";
import { trySeeds } from "../seeds/try-seeds";
import { updateSeed } from "../seeds/update-seed";
import { verbCoverage } from "../seeds/verb-coverage";
import { explainErrors } from "./explain-errors";
import { refuseNul } from "./refuse-nul";
import { reviewRoutes } from "./review-routes";

const os = implement(contract).$context<Context>().use(explainErrors).use(refuseNul);

/** The API: every procedure of the contract, each one call of a service. */
export const router = os.router({
  project: {
    overview: os.project.overview.handler(({ context }) => getOverview(context)),
    packs: os.project.packs.handler(({ context }) => listPacks(context)),
    providers: os.project.providers.handler(({ context }) => listProviders(context)),
  },
  anchors: {
    list: os.anchors.list.handler(({ context, input }) => listAnchors(context, input)),
    get: os.anchors.get.handler(({ context, input }) => getAnchor(context, input.id)),
    update: os.anchors.update.handler(({ context, input }) => updateAnchor(context, input)),
    withdraw: os.anchors.withdraw.handler(({ context, input }) => withdrawAnchor(context, input)),
  },
  imports: {
    list: os.imports.list.handler(({ context, input }) => listImports(context, input)),
    get: os.imports.get.handler(({ context, input }) => getImport(context, input.id)),
    notes: os.imports.notes.handler(({ context, input }) => listImportNotes(context, input)),
    begin: os.imports.begin.handler(({ context, input }) => beginUpload(context, input.source)),
    finish: os.imports.finish.handler(({ context, input }) => finishUpload(context, input.id)),
    fromPath: os.imports.fromPath.handler(({ context, input }) => importFromPath(context, input)),
    storybook: os.imports.storybook.handler(({ context, input }) => importStorybook(context, input)),
  },
  seeds: {
    list: os.seeds.list.handler(({ context, input }) => listSeeds(context, input)),
    coverage: os.seeds.coverage.handler(({ context }) => seedCoverage(context)),
    nextAnchor: os.seeds.nextAnchor.handler(({ context, input }) => nextAnchor(context, input.after)),
    create: os.seeds.create.handler(({ context, input }) => createSeed(context, input)),
    update: os.seeds.update.handler(({ context, input }) => updateSeed(context, input)),
    archive: os.seeds.archive.handler(({ context, input }) => archiveSeed(context, input)),
    restore: os.seeds.restore.handler(({ context, input }) => restoreSeed(context, input)),
    verbs: os.seeds.verbs.handler(({ context }) => verbCoverage(context)),
    inspect: os.seeds.inspect.handler(({ context, input }) => inspectDraft(context, input)),
    tryOut: os.seeds.tryOut.handler(({ context, input }) => trySeeds(context, input)),
    previewLines: os.seeds.previewLines.handler(({ context, input }) =>
      previewSeeds(context, input.text, input.columns),
    ),
    importLines: os.seeds.importLines.handler(({ context, input }) =>
      importSeeds(context, input.text, input.columns),
    ),
  },
  runs: {
    list: os.runs.list.handler(({ context, input }) => listRuns(context, input)),
    get: os.runs.get.handler(({ context, input }) => getRun(context, input.id)),
    create: os.runs.create.handler(({ context, input }) => createRun(context, input)),
    forecast: os.runs.forecast.handler(({ context, input }) => forecastRun(context, input)),
    control: os.runs.control.handler(({ context, input }) => controlRun(context, input)),
    edits: os.runs.edits.handler(({ context, input }) => listEdits(context, input)),
    drawn: os.runs.drawn.handler(({ context, input }) => listDrawn(context, input)),
    requeue: os.runs.requeue.handler(async ({ context, input }) => ({
      editId: await requeueEdit(context, input),
    })),
    failures: os.runs.failures.handler(({ context, input }) => listFailures(context, input)),
  },
  samples: {
    list: os.samples.list.handler(({ context, input }) => listSamples(context, input)),
    get: os.samples.get.handler(({ context, input }) => getSample(context, input.id)),
    counts: os.samples.counts.handler(({ context }) => countSamples(context)),
    decide: os.samples.decide.handler(({ context, input }) => decideSample(context, input)),
    undo: os.samples.undo.handler(({ context, input }) => undoDecision(context, input)),
    history: os.samples.history.handler(({ context, input }) => decisionHistory(context, input.id)),
  },
  judgements: {
    ofSample: os.judgements.ofSample.handler(({ context, input }) => judgementsOfSample(context, input.id)),
    ofCandidate: os.judgements.ofCandidate.handler(({ context, input }) =>
      judgementsOfCandidate(context, input.id),
    ),
  },
  masks: {
    list: os.masks.list.handler(({ context, input }) => listRegions(context, input)),
    get: os.masks.get.handler(({ context, input }) => getRegion(context, input.id, input.session)),
    open: os.masks.open.handler(({ context, input }) => openRegion(context, input)),
    enqueue: os.masks.enqueue.handler(({ context, input }) => enqueueRegions(context, input)),
    save: os.masks.save.handler(({ context, input }) =>
      saveMask(context, { ...input, body: input.png.stream() }),
    ),
    versions: os.masks.versions.handler(({ context, input }) => listRevisions(context, input)),
    restore: os.masks.restore.handler(({ context, input }) => restoreRevision(context, input)),
    layers: os.masks.layers.handler(({ context, input }) => listLayers(context, input.id)),
    next: os.masks.next.handler(({ context, input }) => nextRegions(context, input)),
    claim: os.masks.claim.handler(({ context, input }) => claimRegion(context, input)),
    renew: os.masks.renew.handler(({ context, input }) => renewLeases(context, input)),
    release: os.masks.release.handler(({ context, input }) => releaseRegions(context, input)),
    finish: os.masks.finish.handler(({ context, input }) => finishRegion(context, input)),
    skip: os.masks.skip.handler(({ context, input }) => skipRegion(context, input)),
    reopen: os.masks.reopen.handler(({ context, input }) => reopenRegion(context, input)),
    progress: os.masks.progress.handler(({ context, input }) => maskProgress(context, input)),
    exportNotes: os.masks.exportNotes.handler(({ context, input }) => exportNotes(context, input)),
    annotation: os.masks.annotation.handler(({ context, input }) => annotateMask(context, input)),
    importPath: os.masks.importPath.handler(({ context, input }) => importMaskFolder(context, input)),
  },
  review: reviewRoutes,
  chains: {
    list: os.chains.list.handler(({ context, input }) => listChains(context, input)),
    ofSample: os.chains.ofSample.handler(({ context, input }) => chainOfSample(context, input.id)),
    start: os.chains.start.handler(({ context, input }) => startTurn(context, input)),
    waiting: os.chains.waiting.handler(({ context }) => waitingTurns(context)),
    undo: os.chains.undo.handler(({ context, input }) => undoTurn(context, input)),
  },
  interactive: {
    status: os.interactive.status.handler(({ context }) => interactiveStatus(context)),
    encode: os.interactive.encode.handler(({ context, input }) => encodeImage(context, input)),
    click: os.interactive.click.handler(({ context, input }) => clickImage(context, input)),
    detect: os.interactive.detect.handler(({ context, input }) => detectInImage(context, input)),
    embedText: os.interactive.embedText.handler(({ context, input }) => embedText(context, input)),
  },
  people: {
    me: os.people.me.handler(({ context }) => whoAmI(context)),
    list: os.people.list.handler(({ context }) => listMembers(context)),
    add: os.people.add.handler(({ context, input }) => addMember(context, input)),
    update: os.people.update.handler(({ context, input }) => updateMember(context, input)),
    link: os.people.link.handler(({ context, input }) => createLink(context, input.id)),
    revoke: os.people.revoke.handler(({ context, input }) => revokeMember(context, input)),
    readmit: os.people.readmit.handler(({ context, input }) => readmitMember(context, input)),
    endSessions: os.people.endSessions.handler(({ context, input }) => endSessions(context, input.id)),
    createToken: os.people.createToken.handler(({ context, input }) => createToken(context, input)),
    revokeToken: os.people.revokeToken.handler(({ context, input }) => revokeToken(context, input)),
    here: os.people.here.handler(({ context, input }) => saidHere(context, input)),
  },
  releases: {
    list: os.releases.list.handler(({ context, input }) => listReleases(context, input)),
    get: os.releases.get.handler(({ context, input }) => getRelease(context, input.id)),
    preview: os.releases.preview.handler(({ context, input }) => previewRelease(context, input)),
    create: os.releases.create.handler(({ context, input }) => createRelease(context, input)),
    delete: os.releases.delete.handler(({ context, input }) => deleteRelease(context, input)),
    export: os.releases.export.handler(({ context, input }) => exportRelease(context, input)),
  },
  calibration: {
    overview: os.calibration.overview.handler(({ context }) => calibrationOverview(context)),
    agreement: os.calibration.agreement.handler(({ context, input }) => agreementReport(context, input)),
    fit: os.calibration.fit.handler(({ context }) => fitModel(context)),
    forecast: os.calibration.forecast.handler(({ context, input }) => forecastPolicy(context, input)),
    apply: os.calibration.apply.handler(({ context, input }) => applyPolicy(context, input)),
    retire: os.calibration.retire.handler(({ context, input }) => retirePolicy(context, input)),
  },
  curate: {
    search: os.curate.search.handler(({ context, input }) => searchSamples(context, input)),
    tags: os.curate.tags.handler(({ context }) => listTags(context)),
    views: os.curate.views.handler(({ context }) => listViews(context)),
    saveView: os.curate.saveView.handler(({ context, input }) => saveView(context, input)),
    deleteView: os.curate.deleteView.handler(({ context, input }) => deleteView(context, input)),
    bulk: os.curate.bulk.handler(({ context, input }) => applyBulk(context, input)),
    count: os.curate.count.handler(({ context, input }) => countMatches(context, input)),
    bulks: os.curate.bulks.handler(({ context }) => listBulks(context)),
    stopBulk: os.curate.stopBulk.handler(({ context, input }) => stopBulk(context, input)),
    undoBulk: os.curate.undoBulk.handler(({ context, input }) => undoBulk(context, input)),
    similar: os.curate.similar.handler(({ context, input }) => findSimilar(context, input)),
    embedding: os.curate.embedding.handler(({ context }) => embeddingState(context)),
    embed: os.curate.embed.handler(({ context }) => requestEmbedding(context)),
    facets: os.curate.facets.handler(({ context }) => listFacets(context)),
    mapSample: os.curate.mapSample.handler(({ context, input }) => sampleCard(context, input)),
  },
});

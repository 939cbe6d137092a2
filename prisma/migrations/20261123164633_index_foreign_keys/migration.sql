-- CreateIndex
CREATE INDEX "anchors_import_id_idx" ON "anchors"("import_id");

-- CreateIndex
CREATE INDEX "candidates_render_id_idx" ON "candidates"("render_id");

-- CreateIndex
CREATE INDEX "edits_anchor_id_idx" ON "edits"("anchor_id");

-- CreateIndex
CREATE INDEX "seeds_anchor_id_idx" ON "seeds"("anchor_id");

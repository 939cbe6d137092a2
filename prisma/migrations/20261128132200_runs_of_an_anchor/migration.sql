-- CreateIndex
CREATE INDEX "run_anchors_anchor_id_idx" ON "run_anchors"("anchor_id");

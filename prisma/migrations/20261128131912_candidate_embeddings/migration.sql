-- CreateTable
CREATE TABLE "candidate_embeddings" (
    "candidate_id" UUID NOT NULL,
    "encoder" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,
    "signs" VARBIT(4096) NOT NULL,

    CONSTRAINT "candidate_embeddings_pkey" PRIMARY KEY ("candidate_id")
);

-- AddForeignKey
ALTER TABLE "candidate_embeddings" ADD CONSTRAINT "candidate_embeddings_candidate_id_fkey" FOREIGN KEY ("candidate_id") REFERENCES "candidates"("id") ON DELETE CASCADE ON UPDATE CASCADE;

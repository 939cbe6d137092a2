-- CreateTable
CREATE TABLE "request_paces" (
    "service" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_paces_pkey" PRIMARY KEY ("service")
);

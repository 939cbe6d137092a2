import { createHash, randomBytes } from "node:crypto";

/** 256 random bits that fit into an address. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret. A fast hash is enough: secrets are random, not chosen by people. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

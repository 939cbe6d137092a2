import type { Category } from "./categories";

/** Word lists by category, in the notation explained in living-nouns.ts. */
export type NounLists = Partial<Readonly<Record<Category, string>>>;

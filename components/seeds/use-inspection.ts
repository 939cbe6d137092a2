"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/lib/api/client";
import type { SeedText } from "./seed-draft";

const pauseMs = 400;

/** What the server says of a seed while it is written: similar seeds and unknown words; asked in pauses of typing. */
export function useInspection(seed: SeedText, id?: string) {
  const { sourceCaption, instruction, targetCaption } = seed;
  const settled = useSettled(JSON.stringify({ sourceCaption, instruction, targetCaption }), pauseMs);
  const texts = JSON.parse(settled) as Omit<SeedText, "editType">;
  const { data } = useQuery({
    ...api.seeds.inspect.queryOptions({ input: { ...texts, ...(id && { id }) } }),
    enabled: Object.values(texts).some((text) => text.trim() !== "" && text.length <= 2000),
    placeholderData: keepPreviousData,
  });
  // What has been put right meanwhile is not shown any longer.
  const spelling = data?.spelling.filter(({ field, word }) => wordPattern(word).test(seed[field])) ?? [];
  return { similar: instruction.trim() ? (data?.similar ?? []) : [], spelling };
}

export type Misspelling = ReturnType<typeof useInspection>["spelling"][number];

/** The text with a word put right wherever it stands. */
export function corrected(text: string, word: string, by: string): string {
  return text.replace(wordPattern(word), () => by);
}

function wordPattern(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{M}])${escaped}(?![\\p{L}\\p{M}])`, "gu");
}

/** A value once it has not changed for a while. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  // The clock is the external system.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

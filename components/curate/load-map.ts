import { z } from "zod";
import { fetchColumns } from "@/lib/api/columns";

const facts = z.object({ rows: z.int(), editTypes: z.array(z.string()) });

export interface LoadedMap {
  ids: string[];
  x: Float32Array;
  y: Float32Array;
  states: Uint8Array;
  types: Uint8Array;
  grouped: Uint8Array;
  editTypes: string[];
}

export async function loadMap(): Promise<LoadedMap> {
  const columns = await fetchColumns("/api/embedding-map");
  const { rows, editTypes } = facts.parse(columns.facts);
  const bytes = columns.arrays.ids as Uint8Array;
  return {
    ids: Array.from({ length: rows }, (_, index) => idOf(bytes.subarray(index * 16, index * 16 + 16))),
    x: columns.arrays.x as Float32Array,
    y: columns.arrays.y as Float32Array,
    states: columns.arrays.states as Uint8Array,
    types: columns.arrays.types as Uint8Array,
    grouped: columns.arrays.grouped as Uint8Array,
    editTypes,
  };
}

function idOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

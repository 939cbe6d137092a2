interface Draw {
  drawOrder: "oldest" | "random" | "uncertain" | "editType" | "direct";
  /** In a random order, how many samples could have been drawn. */
  pool: number | null;
  probability: number | null;
  noProbability: "ordered" | "again" | "direct" | "gold" | null;
  blind: boolean;
}

const orders: Record<Draw["drawOrder"], string> = {
  oldest: "Oldest first",
  random: "In random order",
  uncertain: "Uncertain first",
  editType: "By edit type",
  direct: "Opened by hand",
};

/** How a sample came to its reviewer, in a sentence. That it is gold is not said: others could tell by it. */
export function drawText({ drawOrder, pool, probability, noProbability, blind }: Draw): string {
  const chance =
    noProbability === "again"
      ? "a second time"
      : pool !== null
        ? `from ${pool.toLocaleString("en")} that could come`
        : probability !== null && `with a chance of ${Number((100 * probability).toPrecision(2))} %`;
  return `${[orders[drawOrder], chance, blind && "blind"].filter(Boolean).join(", ")}.`;
}

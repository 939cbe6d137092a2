import { z } from "zod";

const unit = z.number().min(0).max(1);

/** How a person likes the desk: kept in this browser, from one image and one day to the next. */
export const deskPreferencesSchema = z.object({
  brush: z.object({
    size: z.number().min(1).max(2048),
    hardness: unit,
    stabiliser: unit,
    pressure: z.boolean(),
  }),
  wand: z.object({ tolerance: z.number().min(0).max(255), contiguous: z.boolean() }),
  view: z.object({
    display: z.enum(["overlay", "outline", "both", "matte"]),
    color: z.string().regex(/^#[0-9a-f]{6}$/),
    opacity: unit,
    outline: z.enum(["solid", "marching"]),
    levels: z.enum(["soft", "hard"]),
    minimap: z.enum(["auto", "on", "off"]),
  }),
});
export type DeskPreferences = z.infer<typeof deskPreferencesSchema>;

export const defaultPreferences: DeskPreferences = {
  brush: { size: 24, hardness: 1, stabiliser: 0.25, pressure: true },
  wand: { tolerance: 24, contiguous: true },
  view: {
    display: "both",
    color: "#ff3d71",
    opacity: 0.42,
    outline: "solid",
    levels: "soft",
    minimap: "auto",
  },
};

const place = "pentimento.mask-desk";

/** The stored preferences; the defaults where there are none or they make no sense any more. */
export function loadPreferences(): DeskPreferences {
  try {
    const stored = deskPreferencesSchema.safeParse(JSON.parse(localStorage.getItem(place) ?? "null"));
    return stored.data ?? defaultPreferences;
  } catch {
    return defaultPreferences;
  }
}

export function storePreferences(preferences: DeskPreferences): void {
  try {
    localStorage.setItem(place, JSON.stringify(preferences));
  } catch {
    // A browser without storage forgets them; nothing else depends on it.
  }
}

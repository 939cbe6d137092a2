import { colourWords } from "@/lib/domain/instruction-cues";

/** Order in which English puts adjectives before a noun; also what an adjective replaces. */
export const modifierKinds = ["state", "size", "age", "colour", "pattern", "material"] as const;
export type ModifierKind = (typeof modifierKinds)[number];

const list = (words: string): string[] => words.split(/\s+/).map((word) => word.replaceAll("_", " "));

const words: Readonly<Record<ModifierKind, readonly string[]>> = {
  size: list(`big large small little tiny huge giant tall short long wide narrow massive enormous miniature gigantic oversized
    thick thin fat skinny slim high low deep towering mini full-sized full-size medium medium-sized life-size`),
  age: list(
    "old young new elderly ancient antique vintage modern older younger newborn adult baby middle-aged aged old-fashioned retro teenage mature",
  ),
  pattern:
    list(`striped spotted plaid polka-dot polka-dotted checkered floral patterned flowered tie-dyed camouflage dotted
    checked zebra-striped leopard-print paisley plain plaid tabby calico brindle tartan quilted multi-patterned`),
  colour: [
    ...colourWords,
    ...list(
      "light dark pale colorful colourful multicolored multi-colored rainbow-colored rainbow bright neon dark-blue light-blue dark-green red-and-white black-and-white tri-colored two-toned off-white",
    ),
  ],
  material:
    list(`wooden metal plastic glass stone brick marble leather silk wool woolen knitted knit steel iron concrete
    paper cardboard ceramic porcelain clay crystal velvet denim fur lace rubber straw wicker bamboo copper brass chrome granite
    cotton rusty-metal icy-crystal ice chocolate origami lego wrought-iron stainless_steel felt tiled tile wood linen satin jade terracotta crocheted`),
  state:
    list(`happy sad smiling angry sleepy sleeping laughing fluffy furry wet dry dirty clean shiny rusty broken cracked empty full open closed
    parked moving fast slow beautiful pretty cute adorable ugly elegant fancy simple ornate decorated decorative
    messy tidy neat busy crowded quiet calm stormy peaceful sunny cloudy rainy snowy foggy misty windy hazy
    overcast clear bright dark dim lit illuminated glowing burning frozen melting fresh ripe rotten raw cooked baked
    grilled fried toasted sliced chopped cut half-eaten delicious tasty hot cold warm cool steaming frosted glazed
    soft hard rough smooth fuzzy hairy shaggy curly bald bearded blond-haired long-haired short-haired
    professional male female asian american african indian chinese japanese mexican italian french british english
    wild domestic tame stray lone single double public private urban rural local commercial residential
    grassy sandy rocky muddy dusty paved unpaved cobblestone snow-covered snow-capped leafy leafless bare
    green-leafed flowering blooming lush barren abandoned deserted vacant old-time grazing running walking flying
    standing sitting lying barking curious playful friendly lazy tired serious shirtless barefoot masked
    homemade traditional classic stylish trendy casual formal electric digital outdoor indoor tropical
    various different several similar same stacked folded rolled hanging tilted leaning upside-down wrapped unwrapped round
    square rectangular circular flat curved pointed sharp bent straight twisted oval spiral steep tropical worn weathered
    crumbling overgrown dilapidated well-lit dimly-lit sunlit moonlit starry golden-lit blurry blurred distant nearby
    main front back rear side upper lower top bottom middle left right inner outer opposite
    assorted mixed chocolate-covered frosty spooky magical futuristic medieval cozy luxurious gleaming sparkling polished
    gnarled scruffy hand-knitted flat-screen wide-eyed well-dressed bushy tangled leafy cascading lit-up rainy`),
};

const kinds = new Map<string, ModifierKind>();
// Later kinds win: "golden" is a colour before it is a state.
for (const kind of ["state", "size", "age", "pattern", "material", "colour"] as const) {
  for (const word of words[kind]) kinds.set(word, kind);
}

/** The kind of an adjective; null where the list does not hold it. */
export function modifierKind(word: string): ModifierKind | null {
  return kinds.get(word) ?? null;
}

/** Plain colours a thing can be given. Common ones, so that captions stay natural. */
export const plainColours = [
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "brown",
  "black",
  "white",
  "gray",
  "turquoise",
  "teal",
] as const;

/** Adverbs that may stand before an adjective inside a noun phrase. */
export const adverbs = new Set([
  "very",
  "really",
  "brightly",
  "freshly",
  "partially",
  "half",
  "fully",
  "mostly",
  "quite",
  "extremely",
  "newly",
  "heavily",
  "dimly",
  "well",
  "highly",
  "neatly",
  "slightly",
  "partly",
]);

/** Materials that show their own colour, whatever the thing was painted before. */
export const solidMaterials = new Set([
  "golden",
  "gold",
  "silver",
  "bronze",
  "stone",
  "marble",
  "crystal",
  "ice",
  "glass",
  "chocolate",
  "gingerbread",
  "copper",
  "jade",
  "porcelain",
  "lego",
  "origami",
  "knitted",
  "clay",
]);

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

export const articles = set("a an the");
export const possessives = set("his her its their my our your");
export const numberWords = set("two three four five six seven eight nine ten eleven twelve");
export const pluralDeterminers = set(
  "these those some several many few both various multiple numerous all most different assorted",
);
export const singularDeterminers = set("this that each every another one either");
export const otherDeterminers = set("the his her its their my our your no any other what");

/** Single-word prepositions of captions. */
export const prepositions =
  set(`in on at by with of from to into onto over under above below beside between behind near
  through across along around down up off out inside outside against toward towards during before after for about as
  beneath underneath past among amongst beyond without upon within amid like next alongside atop aboard`);

/** Longest first. */
export const prepositionGroups: readonly (readonly string[])[] = [
  "on top of",
  "in front of",
  "on the side of",
  "at the top of",
  "in the middle of",
  "on the back of",
  "by the side of",
  "on the edge of",
  "at the end of",
  "in the back of",
  "in the center of",
  "inside of",
  "outside of",
  "next to",
  "close to",
  "out of",
  "up to",
  "away from",
  "on to",
  "in to",
  "down from",
  "up from",
  "off of",
  "out from",
  "along with",
  "together with",
  "as well as",
  "instead of",
  "full of",
  "covered in",
  "covered with",
  "filled with",
  "surrounded by",
  "topped with",
  "up against",
  "over to",
  "across from",
  "adjacent to",
].map((group) => group.split(" "));

export const conjunctions = set("and or but while as with that which who where when because so");
export const finiteBe = set("is are was were has have had does do will can");

/** Verbs of captions in base form; their forms are derived. */
const verbList = `ride sit stand lie lay walk run play hold carry eat drink look watch stare gaze smile jump fly swim surf ski skate
  snowboard skateboard drive park pull push lean rest sleep graze feed wait swing hit throw catch kick bite lick chase cross climb
  hang float sail travel cut serve prepare cook wear dress use talk speak read write type pose stretch reach point wave
  brush comb wash bathe clean blow pet hug kiss touch pick put place take give get make move turn land glide slide soar dive
  perch peek peer nap lounge relax gather line fill cover top surround face stop pass work compete race perform show
  display feature contain have include pour stir mix bake fry grill share chew graze munch nibble sniff drag lead guide
  follow herd enter exit leave board load unload approach head make sell buy shop browse celebrate dance sing crouch kneel
  squat bend balance grind flip roll spin tow fish hunt dig plant grow bloom shine glow burn melt fall rise
  go come do try begin prepare attach mount tie wrap adjust fix repair build paint draw inspect examine wade
  splash bark howl roar yawn stick raise lift bow shake toss bat pitch dribble smoke laugh cry frown gallop trot
  stroll hike camp parade march crowd dock anchor row paddle connect overlook reflect see appear seem slice chop`;
const verbs = [...new Set(verbList.split(/\s+/))];

const doubled = /(?:[^aeiou][aeiou])[bdgmnprt]$/;
const neverDoubled = new Set([
  "wear",
  "feed",
  "look",
  "eat",
  "enter",
  "gather",
  "offer",
  "cover",
  "bathe",
  "visit",
  "load",
  "row",
  "mix",
  "bow",
  "surf",
  "head",
  "lead",
  "lean",
  "load",
  "follow",
  "prepare",
  "feature",
  "perform",
  "browse",
  "soar",
  "roar",
  "peer",
  "pour",
  "fry",
  "glow",
  "wait",
  "float",
  "repair",
  "paint",
  "board",
  "unload",
  "clean",
]);

function presentParticiple(verb: string): string {
  if (verb === "lie") return "lying";
  if (verb === "tie") return "tying";
  if (verb === "ski") return "skiing";
  if (/[^e]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  return doubled.test(verb) && !neverDoubled.has(verb) ? `${verb}${verb.at(-1)}ing` : `${verb}ing`;
}
function thirdPerson(verb: string): string {
  if (/(?:s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

export const verbBases: ReadonlySet<string> = new Set(verbs);
export const verbThirdForms: ReadonlySet<string> = new Set(verbs.map(thirdPerson));
export const participles: ReadonlySet<string> = new Set(verbs.map(presentParticiple));

/** Past participles that follow a noun in captions ("a bus parked on ..."). */
export const pastParticiples =
  set(`parked covered filled surrounded topped dressed seated made taken seen painted decorated loaded
  tied stacked lined placed set cut shown attached mounted wrapped painted standing hung held used left lit packed piled
  served garnished displayed located stuck arranged lying carved draped perched built docked located crowded gathered
  mounted baked cooked sliced posed positioned tucked turned closed opened pulled pushed driven ridden led followed
  sitting laid laying equipped reflected framed flanked adorned plugged engaged equipped wearing viewed photographed`);

/** Any verb form that can follow a noun phrase. */
export function isVerbAfterNoun(word: string, nounIsPlural: boolean): boolean {
  if (participles.has(word) || pastParticiples.has(word) || finiteBe.has(word)) return true;
  return nounIsPlural ? verbBases.has(word) : verbThirdForms.has(word);
}

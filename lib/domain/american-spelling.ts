/** How British endings are written in America; the first that fits is one candidate each. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/our(?=s?$|ed$|ing$|ful$|ite$|less$|able$)/, "or"],
  [/is(?=e[ds]?$|ing$|ation$)/, "iz"],
  [/ys(?=e[ds]?$|ing$)/, "yz"],
  [/re(?=s?$)/, "er"],
  [/ll(?=ed$|ing$|er$|ers$)/, "l"],
  [/ogue(?=s?$)/, "og"],
  [/ence(?=s?$)/, "ense"],
  [/grey/, "gray"],
  [/tyre/, "tire"],
  [/plough/, "plow"],
  [/jewellery/, "jewelry"],
  [/pyjama/, "pajama"],
  [/moustache/, "mustache"],
  [/aero(?=plane)/, "air"],
  [/mould/, "mold"],
  [/sceptic/, "skeptic"],
  [/aluminium/, "aluminum"],
  [/doughnut/, "donut"],
  [/cosy$/, "cozy"],
  [/storey/, "story"],
];

/** What a word, if it is British spelling, may be in American: candidates to look up, usually one or none. */
export function americanSpelling(word: string): string[] {
  return endings
    .filter(([ending]) => ending.test(word))
    .map(([ending, other]) => word.replace(ending, other));
}

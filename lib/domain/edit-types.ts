/**
 * The edit types of the UltraEdit paper (Table 11) plus `remove`, which the paper lacks.
 * The paper types an instruction by its leading keyword (Fig. 3); `classifyInstruction` in
 * instruction-classifier.ts does the same with object and whole-image cues.
 */
export const editTypeIds = [
  "add",
  "remove",
  "replace",
  "change-color",
  "change-local",
  "change-global",
  "transform-local",
  "transform-global",
  "turn",
  "others",
] as const;

export type EditType = (typeof editTypeIds)[number];

export type EditTypeInfo = {
  readonly id: EditType;
  readonly label: string;
  readonly description: string;
  readonly example: string;
  /** Whether such an edit can be confined to a region: false where the whole image is meant to change. */
  readonly regionCapable: boolean;
};

export const editTypes: readonly EditTypeInfo[] = [
  {
    id: "add",
    label: "Add",
    description: "Something that was not there appears; everything else stays.",
    example: "Put a red kite in the sky above the beach.",
    regionCapable: true,
  },
  {
    id: "remove",
    label: "Remove",
    description: "Something disappears and what was behind it is filled in.",
    example: "Take the parked bicycle out of the picture.",
    regionCapable: true,
  },
  {
    id: "replace",
    label: "Replace",
    description: "One thing gives its place to another.",
    example: "Swap the sandwich for a bowl of soup.",
    regionCapable: true,
  },
  {
    id: "change-color",
    label: "Change colour",
    description: "A thing keeps its shape and takes another colour.",
    example: "Paint the front door dark green.",
    regionCapable: true,
  },
  {
    id: "change-local",
    label: "Change local",
    description: "A property of one thing changes: material, pattern, size, age, expression, clothing.",
    example: "Change the man's smile into a frown.",
    regionCapable: true,
  },
  {
    id: "change-global",
    label: "Change global",
    description: "The setting changes: background, season, weather, time of day, light, mood.",
    example: "Change the season to autumn.",
    regionCapable: false,
  },
  {
    id: "transform-local",
    label: "Transform local",
    description: "One thing is transformed into another form or material of itself, or into another thing.",
    example: "Transform the wooden chair into a marble one.",
    regionCapable: true,
  },
  {
    id: "transform-global",
    label: "Transform global",
    description: "The whole image is transformed: rendering style, era, genre.",
    example: "Transform the photo into a charcoal drawing.",
    regionCapable: false,
  },
  {
    id: "turn",
    label: "Turn",
    description: "An instruction that turns a thing, a scene or a time into another one.",
    example: "Turn the calm sea into a stormy one.",
    regionCapable: true,
  },
  {
    id: "others",
    label: "Others",
    description: "Everything else: pose, action, position, count, camera.",
    example: "Let the dog jump over the fence.",
    regionCapable: true,
  },
];

const byId = new Map(editTypes.map((info) => [info.id, info]));

/** The description of an edit type. Every id has one. */
export function editTypeInfo(id: EditType): EditTypeInfo {
  return byId.get(id)!;
}

/** Whether a string is one of the ten ids. */
export function isEditType(value: string): value is EditType {
  return byId.has(value as EditType);
}

/** The type's label, or the text itself where it names no type: files and older rows may hold others. */
export function editTypeLabel(id: string): string {
  return isEditType(id) ? editTypeInfo(id).label : id;
}

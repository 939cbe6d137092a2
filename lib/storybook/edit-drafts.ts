import { nameOf, withArticle } from "./captions";
import type { EditDraft, StorybookEditType } from "./edit-draft";
import { globalDrafts } from "./edit-drafts-global";
import { drawingOf } from "./nouns/catalogue";
import type { RandomSource } from "./random";
import { drawObject, pickNoun } from "./sample-scene";
import type { Scene, SceneObject, Slot } from "./scene";
import { TRAINED, takesPattern } from "./trained-part";

/** All the ways this scene can be edited by one type; random sources only what is drawn anew. */
export function changesOfType(scene: Scene, editType: StorybookEditType, random: RandomSource): EditDraft[] {
  switch (editType) {
    case "add":
      return addDrafts(scene, random);
    case "remove":
      return scene.objects.length < 2 ? [] : scene.objects.map(removeDraft);
    case "replace":
      return perObject(scene, (object, index) => replaceDrafts(scene, object, index, random));
    case "change-color":
      return perObject(scene, recolourDrafts);
    case "change-local":
      return perObject(scene, patternDrafts);
    case "transform-local":
      return perObject(scene, materialDrafts);
    default:
      return globalDrafts(scene, editType);
  }
}

const perObject = (scene: Scene, draft: (object: SceneObject, index: number, scene: Scene) => EditDraft[]) =>
  scene.objects.flatMap((object, index) => draft(object, index, scene));

const plainSurface = (object: SceneObject): SceneObject => ({ ...object, pattern: "plain" });

function addDrafts(scene: Scene, random: RandomSource): EditDraft[] {
  const slots: Slot[] =
    scene.crowd === 1 ? [] : scene.crowd === 2 ? ["left", "right"] : ["left", "centre", "right"];
  const free = slots.filter((slot) => !scene.objects.some((object) => object.slot === slot));
  return free.flatMap((slot) => {
    const noun = pickNoun(random, scene.place, scene.objects, TRAINED.nouns);
    if (noun === null) return [];
    const object = plainSurface(drawObject(random, noun, slot, scene.objects, TRAINED.colours));
    const what = withArticle(nameOf(object));
    const neighbour = scene.objects[0] ? `the ${scene.objects[0].noun}` : "the middle";
    const side = slot === "centre" ? "in the middle" : `on the ${slot}`;
    return [
      {
        change: { kind: "add", object },
        instructions: [
          `add ${what}`,
          `put ${what} ${side}`,
          `add ${what} ${side}`,
          `place ${what} next to ${neighbour}`,
        ],
        editObject: nameOf(object),
      },
    ];
  });
}

function removeDraft(object: SceneObject, index: number): EditDraft {
  const name = nameOf(object);
  return {
    change: { kind: "remove", index },
    instructions: [
      `remove the ${name}`,
      `remove the ${object.noun}`,
      `take away the ${name}`,
      `erase the ${object.noun}`,
    ],
    editObject: name,
  };
}

/** Things are replaced by things of the same zone, so that the newcomer stands where the other stood. */
function replaceDrafts(scene: Scene, object: SceneObject, index: number, random: RandomSource): EditDraft[] {
  const others = scene.objects.filter((_, at) => at !== index);
  const inPlace = TRAINED.nouns.filter(
    (noun) => noun !== object.noun && drawingOf(noun).zone === drawingOf(object.noun).zone,
  );
  const noun = pickNoun(random, scene.place, others, inPlace);
  if (noun === null) return [];
  const fresh = plainSurface(drawObject(random, noun, object.slot, others, TRAINED.colours));
  const { shift, zoom, mirrored } = object;
  const newcomer = { ...fresh, shift, zoom, mirrored };
  const [old, what] = [nameOf(object), withArticle(nameOf(newcomer))];
  return [
    {
      change: { kind: "object", index, object: newcomer },
      instructions: [
        `replace the ${old} with ${what}`,
        `replace the ${object.noun} with ${what}`,
        `swap the ${old} for ${what}`,
      ],
      editObject: old,
    },
  ];
}

function recolourDrafts(object: SceneObject, index: number, scene: Scene): EditDraft[] {
  if (object.colour === null) return [];
  return TRAINED.colours
    .filter((colour) => !scene.objects.some((other) => other.colour === colour))
    .map((colour) => ({
      change: { kind: "object", index, object: { ...object, colour } },
      instructions: [
        `change the color of the ${object.noun} to ${colour}`,
        `make the ${object.noun} ${colour}`,
        `paint the ${object.noun} ${colour}`,
        `change the ${object.colour} ${object.noun} to ${colour}`,
      ],
      editObject: nameOf(object),
    }));
}

function patternDrafts(object: SceneObject, index: number): EditDraft[] {
  if (!takesPattern(object.noun, drawingOf(object.noun).coloured) || object.material !== null) return [];
  return TRAINED.patterns
    .filter((pattern) => pattern !== object.pattern)
    .map((pattern) => ({
      change: { kind: "object", index, object: { ...object, pattern } },
      instructions:
        pattern === "plain"
          ? [`change the ${object.pattern} ${object.noun} to a plain one`, `make the ${object.noun} plain`]
          : [
              `make the ${object.noun} ${pattern}`,
              `give the ${object.noun} white ${pattern === "striped" ? "stripes" : "spots"}`,
              `change the ${object.noun} to a ${pattern} one`,
            ],
      editObject: nameOf(object),
    }));
}

function materialDrafts(object: SceneObject, index: number): EditDraft[] {
  return TRAINED.materials
    .filter((material) => material !== object.material)
    .map((material) => ({
      change: { kind: "object", index, object: { ...object, material, colour: null, pattern: "plain" } },
      instructions: [
        `transform the ${object.noun} into a ${material} ${object.noun}`,
        `transform the ${nameOf(object)} into ${material === "golden" ? "gold" : "stone"}`,
        `turn the ${object.noun} into a ${material} statue`,
      ],
      editObject: nameOf(object),
    }));
}

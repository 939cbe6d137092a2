import type { Scene, SceneObject } from "./scene";

/** What an edit does to the scene program. */
export type SceneChange =
  | { readonly kind: "add"; readonly object: SceneObject }
  | { readonly kind: "remove"; readonly index: number }
  | { readonly kind: "object"; readonly index: number; readonly object: SceneObject }
  | {
      readonly kind: "scene";
      readonly settings: Partial<Pick<Scene, "style" | "season" | "time" | "weather" | "place">>;
    };

/** A new scene; the seed stays, so that everything not named by the change is drawn as before. */
export function applyChange(scene: Scene, change: SceneChange): Scene {
  switch (change.kind) {
    case "add":
      return { ...scene, objects: [...scene.objects, change.object] };
    case "remove":
      return { ...scene, objects: scene.objects.filter((_, index) => index !== change.index) };
    case "object":
      return {
        ...scene,
        objects: scene.objects.map((object, index) => (index === change.index ? change.object : object)),
      };
    case "scene":
      return { ...scene, ...change.settings };
  }
}

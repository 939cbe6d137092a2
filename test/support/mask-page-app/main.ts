import { createMaskEditor } from "@/components/masks/engine/create-mask-editor";
import type { EditorEvents, MaskEditor, MaskEditorOptions } from "@/components/masks/engine/mask-editor";
import { prepareImage } from "@/components/masks/engine/prepare-image";
import type { PreparedImage } from "@/components/masks/engine/prepared-image";
import { createMaskWorker } from "@/components/masks/worker/create-mask-worker";

type Options = Partial<Omit<MaskEditorOptions, "image" | "after" | "mask">>;

/** What the page of the engine's tests and benchmarks offers to them. */
export interface MaskPageTools {
  editor: MaskEditor;
  image: PreparedImage;
  /** Everything the editor has told, in order. */
  told: { event: string; value: unknown }[];
  prepareImage: typeof prepareImage;
  createMaskWorker: typeof createMaskWorker;
  open(address: string, options?: Options, after?: string): Promise<void>;
}

declare global {
  interface Window {
    masks: MaskPageTools;
  }
}

const listened: (keyof EditorEvents)[] = [
  "commit",
  "history",
  "view",
  "tool",
  "brush",
  "pick",
  "proposal",
  "busy",
  "problem",
];

const tools: Pick<MaskPageTools, "told" | "prepareImage" | "createMaskWorker" | "open"> &
  Partial<MaskPageTools> = {
  told: [],
  prepareImage,
  createMaskWorker,
  async open(address, options = {}, after) {
    tools.editor?.destroy();
    tools.told.length = 0;
    const image = await prepareImage(address);
    const container = document.querySelector<HTMLDivElement>("#editor")!;
    const editor = createMaskEditor(container, {
      image,
      after: after ? await prepareImage(after) : null,
      label: "Test image",
      ...options,
    });
    for (const event of listened) editor.on(event, (value) => tools.told.push({ event, value }));
    Object.assign(tools, { image, editor });
  },
};
window.masks = tools as MaskPageTools;

import { expect, it, vi } from "vitest";
import { createOperationPreview, type Operate } from "@/components/masks/desk/operation-preview";
import { createSegmenter, type SegmenterApi } from "@/components/masks/desk/segmenter";
import type { EditorEvents, MaskEditor } from "@/components/masks/engine/mask-editor";
import type { ProposedMask } from "@/lib/api/contract/interactive";
import type { MaskImage } from "@/lib/domain/image";

const size = { width: 4, height: 3 };
const maskOf = (level: number): MaskImage => ({ ...size, data: new Uint8Array(12).fill(level) });

/** What segmenter and previews need of the editor, with what was asked of it. */
function fakeEditor() {
  const listeners = new Map<string, Set<(value: never) => void>>();
  const asked: string[] = [];
  let proposal: MaskImage | null = null;
  let preview: MaskImage | null = null;
  const emit = <K extends keyof EditorEvents>(event: K, value: EditorEvents[K]) => {
    for (const listener of listeners.get(event) ?? []) listener(value as never);
  };
  const editor = {
    size,
    getMask: () => maskOf(7),
    get hasProposal() {
      return proposal !== null;
    },
    propose(mask: MaskImage | null) {
      proposal = mask;
      asked.push(mask ? `propose ${mask.data[0]}` : "propose nothing");
      emit("proposal", { present: mask !== null });
    },
    acceptProposal(mode: string) {
      asked.push(`accept ${mode}`);
      proposal = null;
      emit("proposal", { present: false });
      return true;
    },
    setPick: () => {},
    preview(mask: MaskImage | null) {
      preview = mask;
    },
    commitPreview(label: string) {
      if (!preview) return false;
      preview = null;
      asked.push(`commit ${label}`);
      emit("commit", { revision: 1, dirty: { x: 0, y: 0, ...size }, label, cause: "edit" });
      return true;
    },
    on(event: string, listener: (value: never) => void) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
      return () => listeners.get(event)?.delete(listener);
    },
  };
  return { editor: editor as unknown as MaskEditor, emit, asked, previewed: () => preview };
}

const answer = (level: number): ProposedMask => ({
  crop: [0, 0, level, 1],
  counts: [],
  quality: 0.9,
  previous: `answer ${level}`,
});

/** A segmenter whose answers the test gives one by one. */
function fakeApi() {
  const clicks: { input: Parameters<SegmenterApi["click"]>[0]; answer: (masks: ProposedMask[]) => void }[] =
    [];
  const api: SegmenterApi = {
    encode: async () => {},
    click: (input) => new Promise((resolve) => clicks.push({ input, answer: (masks) => resolve({ masks }) })),
    detect: async () => ({ found: [] }),
    toMask: ({ crop }) => maskOf(crop[2]),
    explain: (error) => (error as Error).message,
    now: () => 0,
  };
  return { api, clicks };
}

const point = (x: number, positive = true) => ({ x, y: 0, positive });
const turn = () => vi.waitFor(() => {});

it("proposes the model's favourite and refines it with the next click", async () => {
  const { editor, emit, asked } = fakeEditor();
  const { api, clicks } = fakeApi();
  const segmenter = createSegmenter(editor, api);
  segmenter.setImage("sha");
  emit("pick", { points: [point(1)], box: null });
  clicks[0]!.answer([answer(10), answer(20)]);
  await vi.waitFor(() => expect(asked).toEqual(["propose 10"]));
  segmenter.choose(1);
  expect(asked.at(-1)).toBe("propose 20");
  emit("pick", { points: [point(1), point(2, false)], box: null });
  expect(clicks[1]!.input.previous).toBe("answer 20");
  clicks[1]!.answer([answer(30)]);
  await vi.waitFor(() => expect(asked.at(-1)).toBe("propose 30"));
  expect(segmenter.accept("subtract")).toBe(true);
  expect(asked).toContain("accept subtract");
  expect(segmenter.state().answers).toEqual([]);
  expect(segmenter.accept("union")).toBe(false);
});

it("asks one question at a time, and only the newest of those that came meanwhile", async () => {
  const { editor, emit, asked } = fakeEditor();
  const { api, clicks } = fakeApi();
  createSegmenter(editor, api).setImage("sha");
  for (const x of [1, 2, 3]) emit("pick", { points: [point(x)], box: null });
  expect(clicks).toHaveLength(1);
  clicks[0]!.answer([answer(10)]);
  await vi.waitFor(() => expect(clicks).toHaveLength(2));
  expect(clicks[1]!.input.points[0]!.x).toBe(3);
  clicks[1]!.answer([answer(30)]);
  await vi.waitFor(() => expect(asked.at(-1)).toBe("propose 30"));
});

it("shows no answer for an image that is not on screen any more", async () => {
  const { editor, emit, asked } = fakeEditor();
  const { api, clicks } = fakeApi();
  const segmenter = createSegmenter(editor, api);
  segmenter.setImage("one");
  emit("pick", { points: [point(1)], box: null });
  segmenter.setImage("two");
  clicks[0]!.answer([answer(10)]);
  await turn();
  await new Promise((done) => setTimeout(done));
  expect(asked).toEqual([]);
  expect(segmenter.state()).toMatchObject({ answers: [], asking: false });
});

it("says why there is no answer, and when nothing was found", async () => {
  const { editor, emit } = fakeEditor();
  const { api } = fakeApi();
  const segmenter = createSegmenter(editor, {
    ...api,
    click: async () => {
      throw new Error("No worker is running.");
    },
  });
  emit("pick", { points: [point(1)], box: null });
  await vi.waitFor(() => expect(segmenter.state().problem).toBe("No worker is running."));
  segmenter.find("a kite");
  await vi.waitFor(() => expect(segmenter.state().problem).toBe("No “a kite” was found in this image."));
});

it("applies an operation once it is computed, and forgets one that was dropped or replaced", async () => {
  const { editor, asked, previewed } = fakeEditor();
  const done: ((mask: MaskImage) => void)[] = [];
  const operate: Operate = () => new Promise((resolve) => done.push(resolve));
  const preview = createOperationPreview(editor, operate, () => "It failed.");
  preview.show("Grow", { kind: "grow", radius: 3 });
  preview.show("Grow", { kind: "grow", radius: 4 });
  done[0]!(maskOf(1));
  await new Promise((resolve) => setTimeout(resolve));
  expect(previewed()).toBeNull();
  preview.apply();
  expect(asked).toEqual([]);
  done[1]!(maskOf(2));
  await vi.waitFor(() => expect(asked).toEqual(["commit Grow"]));
  expect(preview.state()).toMatchObject({ operation: null, working: false });

  preview.show("Feather", { kind: "feather", sigma: 2 });
  preview.drop();
  done[2]!(maskOf(3));
  await new Promise((resolve) => setTimeout(resolve));
  expect(previewed()).toBeNull();
  expect(asked).toEqual(["commit Grow"]);
});

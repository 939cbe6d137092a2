import type { FoundObject, ProposedMask } from "@/lib/api/contract/interactive";
import type { MaskImage, PixelBox } from "@/lib/domain/image";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import type { MaskEditor, Pick } from "../engine/mask-editor";

export interface SegmenterState {
  /** The image has been prepared for clicks, or is being. */
  prepared: "no" | "preparing" | "yes";
  asking: boolean;
  /** Answers to the last clicks, the model's favourite first. */
  answers: readonly ProposedMask[];
  chosen: number;
  /** What a text found, and which of it is proposed. */
  found: readonly FoundObject[];
  taken: ReadonlySet<number>;
  /** From the click to the proposal on screen, ms. */
  latencyMs: number | null;
  problem: string | null;
}

export interface SegmenterApi {
  encode(imageSha: string): Promise<unknown>;
  click(input: {
    imageSha: string;
    points: { x: number; y: number; positive: boolean }[];
    box?: PixelBox;
    previous?: string;
  }): Promise<{ masks: ProposedMask[] }>;
  detect(input: { imageSha: string; text: string }): Promise<{ found: FoundObject[] }>;
  /** The pixels of an answer at the image's size. */
  toMask(answer: ProposedMask, width: number, height: number): MaskImage;
  /** Sentence of an error. */
  explain(error: unknown): string;
  now(): number;
}

export interface Segmenter {
  state(): SegmenterState;
  subscribe(listener: () => void): () => void;
  /** Another image is on screen. */
  setImage(imageSha: string): void;
  /** Has the image prepared; a click would do it too, and take longer. */
  prepare(): void;
  find(text: string): void;
  choose(index: number): void;
  toggleFound(index: number): void;
  /** Joins the proposal with the mask. False if there is none. */
  accept(mode: CombineMode): boolean;
  clear(): void;
  close(): void;
}

const idle: Omit<SegmenterState, "prepared"> = {
  asking: false,
  answers: [],
  chosen: 0,
  found: [],
  taken: new Set(),
  latencyMs: null,
  problem: null,
};

/** Turns the editor's clicks and a text into proposals by the pack's models. The newest question wins. */
export function createSegmenter(editor: MaskEditor, api: SegmenterApi): Segmenter {
  let imageSha = "";
  let state: SegmenterState = { ...idle, prepared: "no" };
  const listeners = new Set<() => void>();
  /** Counts questions: an answer to an older one is not shown. */
  let question = 0;
  let lastPick: Pick = { points: [], box: null };
  let waiting: { pick: Pick; since: number } | null = null;
  let inFlight = false;

  function set(change: Partial<SegmenterState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  async function onPick(pick: Pick): Promise<void> {
    if (pick.points.length === 0 && !pick.box) return clear();
    waiting = { pick, since: api.now() };
    if (inFlight) return;
    inFlight = true;
    while (waiting) {
      const { pick: next, since }: { pick: Pick; since: number } = waiting;
      waiting = null;
      await ask(next, since);
    }
    inFlight = false;
  }

  async function ask(pick: Pick, since: number): Promise<void> {
    const id = ++question;
    set({ asking: true, problem: null, found: [], taken: new Set() });
    // One more click refines the last answer; a new box or fewer clicks ask afresh.
    const grown = pick.points.length > lastPick.points.length && pick.box === lastPick.box;
    const previous = grown ? state.answers[state.chosen]?.previous : undefined;
    try {
      const { masks } = await api.click({
        imageSha,
        points: pick.points.map(({ x, y, positive }) => ({ x, y, positive })),
        ...(pick.box && { box: pick.box }),
        ...(previous && { previous }),
      });
      if (id !== question) return;
      lastPick = pick;
      propose(masks, 0);
      set({ asking: false, prepared: "yes", answers: masks, chosen: 0, latencyMs: api.now() - since });
      if (masks.length === 0) set({ problem: "Nothing was found there." });
    } catch (error) {
      if (id === question) set({ asking: false, problem: api.explain(error) });
    }
  }

  function propose(answers: readonly ProposedMask[], index: number): void {
    const answer = answers[index];
    if (!answer) {
      editor.propose(null);
      return;
    }
    const { width, height } = editor.size;
    const [x, y, cropWidth, cropHeight] = answer.crop;
    editor.propose(api.toMask(answer, width, height), { x, y, width: cropWidth, height: cropHeight });
  }

  function proposeFound(found: readonly FoundObject[], taken: ReadonlySet<number>): void {
    const { width, height } = editor.size;
    const data = new Uint8Array(width * height);
    for (const index of taken) {
      const object = found[index]!;
      const mask = object.mask && api.toMask(object.mask, width, height);
      if (mask) for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i]!, mask.data[i]!);
      else fillBox(data, width, height, object.box);
    }
    editor.propose(taken.size > 0 ? { width, height, data } : null);
  }

  function clear(): void {
    question++;
    waiting = null;
    lastPick = { points: [], box: null };
    if (editor.hasProposal) editor.propose(null);
    set({ ...idle, latencyMs: state.latencyMs });
  }

  const stops = [
    editor.on("pick", (pick) => void onPick(pick)),
    editor.on("proposal", ({ present }) => {
      // Dropped by Escape in the editor.
      if (!present && !state.asking && (state.answers.length > 0 || state.found.length > 0)) {
        editor.setPick({ points: [], box: null });
        clear();
      }
    }),
  ];

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setImage(sha) {
      imageSha = sha;
      question++;
      waiting = null;
      lastPick = { points: [], box: null };
      set({ ...idle, prepared: "no" });
    },
    prepare() {
      if (state.prepared !== "no") return;
      const sha = imageSha;
      set({ prepared: "preparing" });
      api.encode(sha).then(
        () => sha === imageSha && set({ prepared: "yes" }),
        // A click makes it too, and says what is wrong.
        () => sha === imageSha && set({ prepared: "no" }),
      );
    },
    async find(text) {
      const id = ++question;
      const since = api.now();
      editor.setPick({ points: [], box: null });
      set({ ...idle, asking: true });
      try {
        const { found } = await api.detect({ imageSha, text });
        if (id !== question) return;
        const taken = new Set(found.length > 0 ? [0] : []);
        proposeFound(found, taken);
        set({ asking: false, prepared: "yes", found, taken, latencyMs: api.now() - since });
        if (found.length === 0) set({ problem: `No “${text}” was found in this image.` });
      } catch (error) {
        if (id === question) set({ asking: false, problem: api.explain(error) });
      }
    },
    choose(index) {
      if (!state.answers[index]) return;
      propose(state.answers, index);
      set({ chosen: index });
    },
    toggleFound(index) {
      const taken = new Set(state.taken);
      if (!taken.delete(index)) taken.add(index);
      set({ taken });
      proposeFound(state.found, taken);
    },
    accept(mode) {
      if (!editor.hasProposal) return false;
      const label = state.found.length > 0 ? "Found by text" : "Segment";
      const done = editor.acceptProposal(mode, label);
      editor.setPick({ points: [], box: null });
      clear();
      return done;
    },
    clear() {
      editor.setPick({ points: [], box: null });
      clear();
    },
    close() {
      question++;
      for (const stop of stops) stop();
    },
  };
}

function fillBox(data: Uint8Array, width: number, height: number, box: PixelBox): void {
  const [left, right] = [Math.max(0, Math.floor(box.x)), Math.min(width, Math.ceil(box.x + box.width))];
  const [top, bottom] = [Math.max(0, Math.floor(box.y)), Math.min(height, Math.ceil(box.y + box.height))];
  for (let y = top; y < bottom; y++) if (right > left) data.fill(255, y * width + left, y * width + right);
}

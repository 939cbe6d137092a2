/** Samples as points of a plane. */
export interface MapPoints {
  readonly ids: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index into the colours for each point. */
  readonly groups: Uint8Array;
}

export interface MapEvents {
  /** The point under the pointer, or null. */
  hover(index: number | null): void;
  /** A lasso was closed around these points. */
  lasso(indices: number[]): void;
}

export interface MapCanvas {
  setPoints(points: MapPoints, colours: readonly string[], chosen: ReadonlySet<number>): void;
  destroy(): void;
}

const margin = 24;

/** Draws points on a canvas, outside of React's render, and lets the pointer name one or draw a lasso around many. */
export function createMapCanvas(canvas: HTMLCanvasElement, events: MapEvents): MapCanvas {
  const context = canvas.getContext("2d")!;
  let points: MapPoints = { ids: [], x: new Float32Array(), y: new Float32Array(), groups: new Uint8Array() };
  let colours: readonly string[] = [];
  let chosen: ReadonlySet<number> = new Set();
  let screen = new Float32Array();
  let lasso: [number, number][] | null = null;
  let hovered: number | null = null;

  const place = () => {
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const [left, right] = extent(points.x);
    const [low, high] = extent(points.y);
    const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (high - low));
    screen = new Float32Array(points.ids.length * 2);
    for (let i = 0; i < points.ids.length; i++) {
      screen[i * 2] = width / 2 + (points.x[i]! - (left + right) / 2) * scale;
      screen[i * 2 + 1] = height / 2 - (points.y[i]! - (low + high) / 2) * scale;
    }
    draw();
  };
  const draw = () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    const size = points.ids.length > 20_000 ? 2 : points.ids.length > 2000 ? 4 : 7;
    // In the order of the samples and not of the colours: no group covers the others.
    let last = -1;
    for (let i = 0; i < points.ids.length; i++) {
      const group = points.groups[i]!;
      if (chosen.has(i)) continue;
      if (group !== last) context.fillStyle = colours[group] ?? colours[0]!;
      last = group;
      context.fillRect(screen[i * 2]! - size / 2, screen[i * 2 + 1]! - size / 2, size, size);
    }
    const style = getComputedStyle(canvas);
    context.strokeStyle = context.fillStyle = style.getPropertyValue("--color-accent");
    for (const i of chosen)
      context.fillRect(screen[i * 2]! - size / 2 - 1, screen[i * 2 + 1]! - size / 2 - 1, size + 2, size + 2);
    context.lineWidth = 2;
    if (hovered !== null) context.strokeRect(screen[hovered * 2]! - 7, screen[hovered * 2 + 1]! - 7, 14, 14);
    if (lasso) {
      context.beginPath();
      for (const [x, y] of lasso) context.lineTo(x, y);
      context.stroke();
    }
  };
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const nearest = ([x, y]: [number, number]) => {
    let [best, distance] = [null as number | null, 12 ** 2];
    for (let i = 0; i < points.ids.length; i++) {
      const d = (screen[i * 2]! - x) ** 2 + (screen[i * 2 + 1]! - y) ** 2;
      if (d < distance) [best, distance] = [i, d];
    }
    return best;
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    lasso = [at(event)];
  };
  const move = (event: PointerEvent) => {
    if (lasso) {
      lasso.push(at(event));
      draw();
      return;
    }
    const under = nearest(at(event));
    if (under === hovered) return;
    hovered = under;
    events.hover(under);
    draw();
  };
  const up = (event: PointerEvent) => {
    const line = lasso;
    lasso = null;
    if (!line) return;
    const travelled = line.reduce((sum, [x, y], i) => {
      const [px, py] = line[Math.max(0, i - 1)]!;
      return sum + Math.hypot(x - px, y - py);
    }, 0);
    // A click without a way chooses the one point under it.
    if (travelled < 6) {
      const one = nearest(at(event));
      events.lasso(one === null ? [] : [one]);
    } else {
      const inside: number[] = [];
      for (let i = 0; i < points.ids.length; i++)
        if (isInside(line, screen[i * 2]!, screen[i * 2 + 1]!)) inside.push(i);
      events.lasso(inside);
    }
    draw();
  };
  const leave = () => {
    if (hovered === null || lasso) return;
    hovered = null;
    events.hover(null);
    draw();
  };
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", leave);
  const resized = new ResizeObserver(place);
  resized.observe(canvas);
  // A change of theme changes the colours.
  const themed = new MutationObserver(draw);
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });

  return {
    setPoints(nextPoints, nextColours, nextChosen) {
      const moved = nextPoints !== points;
      [points, colours, chosen] = [nextPoints, nextColours, nextChosen];
      if (moved) place();
      else draw();
    },
    destroy() {
      resized.disconnect();
      themed.disconnect();
      canvas.removeEventListener("pointerdown", down);
      canvas.removeEventListener("pointermove", move);
      canvas.removeEventListener("pointerup", up);
      canvas.removeEventListener("pointercancel", up);
      canvas.removeEventListener("pointerleave", leave);
    },
  };
}

/** Whether a point lies in a closed line, by counting crossings. */
export function isInside(line: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const [xi, yi] = line[i]!;
    const [xj, yj] = line[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Smallest and largest value, apart enough to divide by. */
function extent(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? [low, high] : [(values[0] ?? 0) - 0.5, (values[0] ?? 0) + 0.5];
}

/** Two brush strokes, the earlier one showing through. */
export function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 shrink-0">
      <path d="M4 17C7 7 13 5 20 4c-2 6-6 12-16 13z" className="fill-accent opacity-35" />
      <path d="M5 20c1-8 5-12 13-13-1 7-5 12-13 13z" className="fill-accent" />
    </svg>
  );
}

/** An icon of the frame: SVG path data on a 20×20 grid, drawn as a 1.5 px line. */
export function LineIcon({ path }: { path: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className="size-5 shrink-0 fill-none stroke-current"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={path} />
    </svg>
  );
}

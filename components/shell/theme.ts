export type Theme = "light" | "dark" | "system";
export const themeKey = "pentimento-theme";

/** Runs before the first paint, so that a dark page never flashes light. */
export const themeScript = `(()=>{const t=localStorage.getItem("${themeKey}")||"system";const d=t==="dark"||(t==="system"&&matchMedia("(prefers-color-scheme: dark)").matches);document.documentElement.dataset.theme=d?"dark":"light"})()`;

export function applyTheme(theme: Theme): void {
  localStorage.setItem(themeKey, theme);
  const dark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

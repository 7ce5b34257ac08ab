import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

/** What a built page may load: only what comes from the server itself. */
const POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The development server puts scripts into the page that the policy would refuse, so it holds for builds alone. */
function policy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", injectTo: "head-prepend", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY } },
    ],
  };
}

export default defineConfig({
  base: "/",
  plugins: [react(), policy()],
  build: {
    target: "es2022",
    rolldownOptions: { input: { interviewer: "interviewer/index.html", applicant: "applicant/index.html" } },
  },
  server: { proxy: { "/api": { target: SERVER, ws: true } } },
  test: { include: ["core/**/*.test.ts"] },
});

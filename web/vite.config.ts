import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [react()],
  build: {
    target: "es2022",
    rolldownOptions: { input: { interviewer: "interviewer/index.html", applicant: "applicant/index.html" } },
  },
  server: { proxy: { "/api": { target: SERVER, ws: true } } },
  test: { include: ["core/**/*.test.ts"] },
});

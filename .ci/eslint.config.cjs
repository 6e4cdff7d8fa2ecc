"use strict";
const js = require("@eslint/js");
const globals = require("globals");

const timers = ["setTimeout", "setInterval", "requestAnimationFrame"];

module.exports = [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...globals.browser, VideoFrame: "readonly" } },
    rules: {
      eqeqeq: ["error", "always"],
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "max-lines-per-function": ["warn", { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    // Listeners, timers and frames are taken through scope.js, their one owner, which frees them.
    files: ["coder_app/web/workbench/frontend/**/*.js"],
    ignores: ["**/scope.js"],
    rules: {
      "no-restricted-globals": ["error", ...timers],
      "no-restricted-properties": ["error", ...timers.map((property) => ({ object: "window", property }))],
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.property.name='addEventListener']", message: "Listen through scope.js." },
      ],
    },
  },
  { files: ["tests/**/*.js", "tests/**/*.mjs"], languageOptions: { globals: globals.node } },
];

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/.*/", "**/node_modules/"] },
  js.configs.recommended,
  {
    files: ["wtnet/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      "no-restricted-properties": [
        "error",
        {
          property: "innerHTML",
          message: "Words from the data are set as text; markup is ours, or escaped in Python.",
        },
      ],
      eqeqeq: "error",
      "max-len": ["error", { code: 120 }],
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];

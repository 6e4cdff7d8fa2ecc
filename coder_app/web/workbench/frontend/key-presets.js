// Ways to lay out the keys. A preset names the commands whose keys differ from those of the laptop (`commands.js`); a key it
// gives to one command leaves any other. `Num...` are the keys of the number pad.
// @ts-check

/** @typedef {{id: string, name: string, about: string, keys: Readonly<Record<string, readonly string[]>>}} Preset */

/** @type {readonly Preset[]} */
export const PRESETS = Object.freeze(/** @type {Preset[]} */ ([
  { id: "laptop", name: "Laptop", about: "For keyboards without a number pad.", keys: {} },
  {
    id: "numpad",
    name: "Number pad",
    about: "Transport on the number pad, in the manner of Datavyu; ratings are typed with the upper digits.",
    keys: {
      toggle: ["Num8", "Num5", "Num2", "Space"],
      frameBack: ["Num1", "ArrowLeft"],
      frameForward: ["Num3", "ArrowRight"],
      shuttleBack: ["Num4", "Ctrl+Alt+ArrowLeft"],
      shuttleForward: ["Num6", "Ctrl+Alt+ArrowRight"],
      onsetHere: ["Num7", "F6"],
      offsetHere: ["Num9", "F7"],
      fiveSecondsBack: ["NumSubtract", "Ctrl+,"],
      secondBack: ["Num0", "Shift+ArrowLeft", ","],
      secondForward: ["NumDecimal", "Shift+ArrowRight", "."],
      selectHere: ["NumEnter", "Enter"],
      nextEvent: ["NumAdd", "]", "ArrowDown"],
      previousEvent: ["NumMultiply", "[", "ArrowUp"],
      zoomAll: ["NumDivide", "F10"],
    },
  },
  {
    id: "boris",
    name: "BORIS-like",
    about: "Frames on / and *, jumps on the arrows up and down, speed on Home and End.",
    keys: {
      link: ["Ctrl+/"],
      frameBack: ["/", "NumDivide", "ArrowLeft"],
      frameForward: ["*", "NumMultiply", "ArrowRight"],
      fiveSecondsForward: ["ArrowUp", "Ctrl+."],
      fiveSecondsBack: ["ArrowDown", "Ctrl+,"],
      faster: ["Home", "NumAdd", "="],
      slower: ["End", "NumSubtract", "-"],
      start: ["Ctrl+Home"],
      end: ["Ctrl+End"],
      nextEvent: ["]"],
      previousEvent: ["["],
    },
  },
  {
    id: "pedal",
    name: "Foot pedal",
    about: "Pedals that send F13 to F24 or the Page keys: left goes back, the middle plays, right goes on.",
    keys: {
      secondBack: ["F13", "PageUp", "Shift+ArrowLeft", ","],
      toggle: ["F14", "PageDown", "Space"],
      secondForward: ["F15", "Shift+ArrowRight", "."],
      frameBack: ["F16", "ArrowLeft"],
      frameForward: ["F17", "ArrowRight"],
      undo: ["F18", "Ctrl+z"],
      slower: ["F19", "-"],
      faster: ["F20", "="],
      previousEvent: ["F21", "[", "ArrowUp"],
      nextEvent: ["F22", "]", "ArrowDown"],
      onsetHere: ["F23", "F6"],
      offsetHere: ["F24", "F7"],
      pageBack: ["Ctrl+Home"],
      pageForward: ["Ctrl+End"],
    },
  },
]));

/** @param {string} id @returns {Preset} the laptop's for one that does not exist */
export function presetOf(id) {
  return PRESETS.find((preset) => preset.id === id) ?? PRESETS[0];
}

// What the coder can ask for, with the keys that ask for it unless the coder chose others. Transport and editing keys are
// punctuation, arrows and function keys; letters and digits are the codes'. What each does stands in `actions/`.
// @ts-check

/** @typedef {{id: string, keys: readonly string[], name: string, group: string, held?: boolean}} Command */

/** @param {string} group @param {[string, string[], string, boolean?][]} rows @returns {Command[]} */
function table(group, rows) {
  return rows.map(([id, keys, name, held = false]) => Object.freeze({ id, keys: Object.freeze(keys), name, group, held }));
}

/** Every command with its keys, in the order of the key help. `held`: goes on while the key is held. */
export const COMMANDS = Object.freeze([
  ...table("Play", [
    ["toggle", ["Space"], "Play or pause"],
    ["frameForward", ["ArrowRight"], "One frame forward", true],
    ["frameBack", ["ArrowLeft"], "One frame back", true],
    ["secondForward", ["Shift+ArrowRight", "."], "One second forward", true],
    ["secondBack", ["Shift+ArrowLeft", ","], "One second back", true],
    ["slower", ["-"], "Slower"],
    ["faster", ["="], "Faster"],
    ["start", ["Home"], "To the start"],
    ["end", ["End"], "To the end"],
    ["pageForward", ["PageDown"], "One window of the timeline forward", true],
    ["pageBack", ["PageUp"], "One window of the timeline back", true],
  ]),
  ...table("Timeline", [
    ["zoomIn", ["Shift+ArrowUp"], "Show less time", true],
    ["zoomOut", ["Shift+ArrowDown"], "Show more time", true],
    ["zoomAll", ["F10"], "Show the whole recording, or a window again"],
    ["zoomSelection", ["Ctrl+F10"], "Show the selection"],
    ["nextPass", ["Shift+PageDown"], "Next pass"],
    ["previousPass", ["Shift+PageUp"], "Previous pass"],
  ]),
  ...table("Events", [
    ["nextEvent", ["]", "ArrowDown"], "Select the next event and go to it", true],
    ["previousEvent", ["[", "ArrowUp"], "Select the event before and go to it", true],
    ["selectHere", ["Enter"], "Select the event at the playhead"],
    ["onsetBack", ["Ctrl+ArrowLeft"], "Onset one frame earlier", true],
    ["onsetForward", ["Ctrl+ArrowRight"], "Onset one frame later", true],
    ["offsetBack", ["Ctrl+Shift+ArrowLeft"], "Offset one frame earlier", true],
    ["offsetForward", ["Ctrl+Shift+ArrowRight"], "Offset one frame later", true],
    ["onsetHere", ["F6"], "Onset to the frame on screen"],
    ["offsetHere", ["F7"], "Offset to the frame on screen"],
    ["recode", ["F4"], "Recode: then press the key of the other code"],
    ["modifiers", ["F9"], "Ask for the modifiers again"],
    ["link", ["/"], "What it answers: the nearest, again the next; then Enter"],
    ["unprompted", ['"'], "It answers nothing: unprompted"],
    ["unlink", ["Ctrl+Backspace"], "Not said what it answers"],
    ["holdMode", ["Shift+F4"], "Press and hold for this code, or press and press again"],
    ["uncodable", ["Shift+F8"], "Cannot be coded: the selected stretch, or from here on"],
    ["nextFinding", ["F3"], "To the next thing to check"],
    ["previousFinding", ["Shift+F3"], "To the thing to check before"],
    ["comment", ["F2"], "Write a comment"],
    ["unsure", ["F8"], "Mark as unsure, or sure again"],
    ["remove", ["Delete", "Backspace"], "Remove the event"],
    ["table", ["Ctrl+e"], "To the event table: arrows, Enter edits, Esc back"],
    ["filterTable", ["Ctrl+f"], "Filter the event table"],
    ["selectAll", ["Ctrl+a"], "Select all of this code; again: of its stream, of the pass"],
    ["extendForward", ["Ctrl+]"], "Add the next event to the selection", true],
    ["extendBack", ["Ctrl+["], "Add the event before to the selection", true],
    ["copy", ["Ctrl+c"], "Copy"],
    ["cut", ["Ctrl+x"], "Cut"],
    ["paste", ["Ctrl+v"], "Paste at the playhead"],
    ["shift", ["Ctrl+m"], "Shift by frames or seconds"],
    ["merge", ["Ctrl+j"], "Merge with the next bout of this code, or the selected ones"],
    ["split", ["Ctrl+k"], "Split the bout at the playhead"],
    ["undo", ["Ctrl+z"], "Undo", true],
    ["redo", ["Ctrl+Shift+z", "Ctrl+y"], "Redo", true],
  ]),
  ...table("Page", [
    ["help", ["?", "F1"], "Show or hide these keys"],
    ["find", ["Ctrl+p"], "Find a command, code or pass by its name"],
    ["leave", ["Escape"], "Close what is asked, or clear the selection"],
  ]),
]);

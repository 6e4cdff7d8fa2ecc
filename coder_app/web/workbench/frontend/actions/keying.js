// The keys themselves: the overlay that shows and changes them, the command palette, and the card to print.
// @ts-check

import { file } from "../api.js";
import { COMMANDS } from "../commands.js";
import { PREFERENCE, keymap } from "../keymap.js";
import { hints, keyName, relabel } from "../keys.js";
import { preferences } from "../preferences.js";
import { address } from "../protocol.js";

/** @typedef {import("../controls.js").Controls} Controls */
/** @typedef {import("../workbench.js").Workbench} Workbench */
/** @typedef {import("../protocol.js").Stream} Stream */
/** @typedef {import("../protocol.js").Code} Code */
/** @typedef {{keys: string[], name: string}} CardRow */

/** @param {Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function keying(controls) {
  const { bench } = controls;
  return { help: () => help(bench), find: () => find(bench) };
}

/** @param {Workbench} bench */
function help({ frame, streams }) {
  if (frame.help.open) return frame.help.close();
  frame.help.fill(withKeys(streams));
  frame.help.show();
}

/** @param {Stream[]} streams */
function withKeys(streams) {
  return streams.flatMap((stream) => stream.codes.filter((code) => code.hotkey).map((code) => ({ stream, code })));
}

/** @param {Workbench} bench @returns {{pass: import("../protocol.js").Pass, stream: Stream, code: Code}[]} codes with keys of every pass */
function everyCode({ session }) {
  const scheme = session.payload?.scheme;
  if (!scheme) return [];
  return scheme.passes.flatMap((pass) => withKeys(scheme.streams.filter((s) => pass.streams.includes(s.id))).map((one) => ({ pass, ...one })));
}

/** Keys that are a code's in any pass. @param {Workbench} bench @returns {import("../keymap.js").CodeKey[]} */
export function codeKeys(bench) {
  return everyCode(bench).map(({ pass, stream, code }) => ({
    key: String(code.hotkey).toLowerCase(), name: code.name, where: `${stream.name}, pass ${pass.name}`,
  }));
}

/** @param {Workbench} bench */
function find(bench) {
  if (bench.frame.finder.open) return bench.frame.finder.close();
  bench.frame.help.close();
  bench.frame.finder.show([...codeItems(bench), ...commandItems(bench), ...passItems(bench)]);
}

/** A code of this pass is coded at the frame on the screen; one of another pass is shown there. @param {Workbench} bench @returns {import("../panels/finder.js").Item[]} */
function codeItems(bench) {
  return everyCode(bench).filter(({ pass, code }, n, all) => pass.id === bench.pass.id || all.findIndex((one) => one.code === code) === n)
    .filter(({ pass, code }) => pass.id === bench.pass.id || !bench.streams.some((s) => s.codes.includes(code)))
    .map(({ pass, stream, code }) => {
      const here = pass.id === bench.pass.id;
      return {
        name: code.name, kind: here ? stream.name : `${stream.name}, in pass ${pass.name}`, keys: here ? [keyName(String(code.hotkey))] : [],
        run: () => {
          if (here && bench.player) return bench.controls.code({ stream, code }, bench.player.read(), 0);
          bench.setPass(pass.id);
          bench.frame.codes.define(code);
          bench.say(`Pass ${pass.name}`);
        },
      };
    });
}

/** @param {Workbench} bench @returns {import("../panels/finder.js").Item[]} */
function commandItems(bench) {
  return COMMANDS.filter(({ id }) => id !== "find" && id !== "leave").map(({ id, name, group }) => ({
    name, kind: group, keys: keymap.map.keysOf(id).map(keyName), run: () => bench.controls.run(id),
  }));
}

/** @param {Workbench} bench @returns {import("../panels/finder.js").Item[]} */
function passItems(bench) {
  const passes = bench.session.payload?.scheme.passes ?? [];
  return passes.filter(({ id }) => id !== bench.pass.id).map(({ id, name }) => ({
    name: `Pass ${name}`, kind: "Go to this pass", keys: [],
    run: () => {
      bench.setPass(id);
      bench.say(`Pass ${name}`);
    },
  }));
}

/** The map of this coder holds from now on, on the page too; it also follows when another tab changes it. @param {Workbench} bench */
export function followKeys(bench) {
  keymap.use(preferences.get(PREFERENCE, null));
  bench.scope.own(preferences.on((name) => {
    if (name !== PREFERENCE) return;
    const before = hints();
    keymap.use(preferences.get(PREFERENCE, null));
    relabel(bench.root, before);
    if (bench.frame.help.open) bench.frame.help.redraw();
  }));
}

/** @param {import("../keymap.js").Kept} kept */
export function keepKeys(kept) {
  preferences.set(PREFERENCE, kept);
}

/** The keys as they are now on one page, to keep or print. @param {Workbench} bench */
export async function takeCard(bench) {
  const { payload } = bench.session;
  const title = payload ? `${payload.scheme.name} ${payload.scheme.version}` : "";
  const groups = [...new Set(COMMANDS.map((c) => c.group))].map((name) => ({
    name, rows: COMMANDS.filter((c) => c.group === name).map((c) => ({ keys: keymap.map.keysOf(c.id).map(keyName), name: c.name })),
  }));
  const codes = bench.streams.map((stream) => ({
    name: stream.name, rows: withKeys([stream]).map(({ code }) => ({ keys: [keyName(String(code.hotkey))], name: code.name })),
  }));
  const body = { title, pass: bench.pass.name, groups: [...codes, ...groups].filter(({ rows }) => rows.length > 0) };
  const card = await file(`${address("keyCard")}?${new URLSearchParams({ coding: bench.id })}`, body);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(card);
  link.download = "key-card.pdf";
  link.click();
  bench.scope.after(10_000, () => URL.revokeObjectURL(link.href));
}

// The frame on the screen as a picture file: as recorded, at its full size, with the hidden half left black.
// @ts-check

import { timecode } from "./time-label.js";

/** @param {string} observation @param {number} frame @param {number} t_us @returns {string} */
export function fileName(observation, frame, t_us) {
  const name = observation.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") || "observation";
  return `${name}_f${frame}_${timecode(t_us).replaceAll(":", "-")}.png`;
}

/**
 * Takes the picture at once and gives the file as soon as it is made. @param {import("./video.js").Player} player
 * @param {string} hide "left", "right" or "none" @returns {{frame: number, file: Promise<Blob | null>}}
 */
export function snapshot(player, hide) {
  const { video, table } = player;
  const picture = typeof VideoFrame === "undefined" ? null : new VideoFrame(video);
  const frame = picture === null ? player.read() : table.ofContainer(picture.timestamp);
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(picture ?? video, 0, 0, canvas.width, canvas.height);
  picture?.close();
  const half = canvas.width / 2;
  context.fillStyle = "#000000";
  if (hide === "left" || hide === "right") context.fillRect(hide === "left" ? 0 : half, 0, half, canvas.height);
  return { frame, file: new Promise((resolve) => canvas.toBlob(resolve, "image/png")) };
}

/** Hands a file to the browser to keep. @param {import("./scope.js").Scope} scope @param {Blob} file @param {string} name */
export function keep(scope, file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  scope.after(10_000, () => URL.revokeObjectURL(link.href));
}

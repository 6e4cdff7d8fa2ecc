// The picture: one video, with the half that a pass hides covered.
// @ts-check

import { h } from "../dom.js";

export class Stage {
  /** @param {import("../scope.js").Scope} scope @param {{onClick: () => void, onReady: (ready: boolean) => void}} hear */
  constructor(scope, hear) {
    this.hear = hear;
    this.video = /** @type {HTMLVideoElement} */ (h("video", { preload: "auto", playsinline: true, tabindex: -1, disablepictureinpicture: true }));
    this.cover = h("div.wb-cover", { hidden: true });
    this.picture = h("div.wb-picture", {}, this.video, this.cover);
    this.element = h("div.wb-stage", {}, this.picture);
    scope.on(this.picture, "click", hear.onClick);
    scope.own(() => {
      this.video.pause();
      this.video.removeAttribute("src");
      this.video.load();
    });
  }

  /** @param {import("../protocol.js").Media} media @param {string} address @returns {HTMLVideoElement} */
  load(media, address) {
    this.video.dataset.media = media.id;
    this.video.setAttribute("aria-label", media.name);
    const whole = /** @type {HTMLElement} */ (this.element.closest(".wb") ?? this.element);
    whole.style.setProperty("--ratio", String(media.width / media.height || 16 / 9));
    this.video.src = address;
    return this.video;
  }

  /** @param {import("../protocol.js").Pass} pass */
  setPass({ hide, mute }) {
    this.cover.hidden = hide === "none";
    this.cover.dataset.half = hide;
    this.video.muted = mute;
  }

  mute() {
    this.video.muted = !this.video.muted;
    this.video.dispatchEvent(new Event("ratechange"));
  }

  /** @param {boolean} ready */
  ready(ready) {
    this.hear.onReady(ready);
  }
}

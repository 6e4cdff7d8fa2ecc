// The picture: one video, with the half that a pass hides covered. The wheel makes it larger, dragging moves it, a click plays.
// @ts-check

import { h, mark, show } from "../dom.js";
import { AS_RECORDED, pannedLook, styleOf, zoomedLook } from "../picture.js";

const DRAG_PX = 4;

export class Stage {
  /** @type {import("../picture.js").Look} */
  look = AS_RECORDED;
  /** Where the pointer was when the picture last moved with it, and whether it has moved. @type {{x: number, y: number, moved: boolean} | null} */
  #drag = null;

  /** @param {import("../scope.js").Scope} scope @param {{onClick: () => void, onReady: (ready: boolean) => void, onLook: () => void}} hear */
  constructor(scope, hear) {
    this.hear = hear;
    this.video = /** @type {HTMLVideoElement} */ (h("video", { preload: "auto", playsinline: true, tabindex: -1, disablepictureinpicture: true }));
    this.cover = h("div.wb-cover", { hidden: true });
    this.picture = h("div.wb-picture", {}, this.video, this.cover);
    this.element = h("div.wb-stage", {}, this.picture);
    scope.on(this.element, "wheel", (event) => this.#wheel(event), { passive: false });
    scope.on(this.picture, "pointerdown", (event) => this.#down(event));
    scope.on(this.picture, "pointermove", (event) => this.#move(event));
    for (const type of ["pointerup", "pointercancel"]) scope.on(this.picture, type, (event) => this.#up(event.type === "pointerup"));
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
  setPass({ hide }) {
    show(this.cover, hide !== "none");
    mark(this.picture, "data-half", hide === "none" ? null : hide);
  }

  /** @param {import("../picture.js").Look} look */
  lookAt(look) {
    this.look = look;
    const { transform, filter } = styleOf(look);
    this.picture.style.transform = transform;
    this.video.style.filter = filter;
    this.element.dataset.zoomed = String(look.zoom > 1);
    this.hear.onLook();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const box = this.picture.getBoundingClientRect();
    const at = /** @type {[number, number]} */ ([(event.clientX - box.left) / box.width - 0.5, (event.clientY - box.top) / box.height - 0.5]);
    this.lookAt(zoomedLook(this.look, Math.exp(-event.deltaY * 0.0016), at));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.picture.setPointerCapture(event.pointerId);
    this.#drag = { x: event.clientX, y: event.clientY, moved: false };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const drag = this.#drag;
    if (drag === null) return;
    const [by_x, by_y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(by_x, by_y) < DRAG_PX) return;
    this.#drag = { x: event.clientX, y: event.clientY, moved: true };
    this.lookAt(pannedLook(this.look, by_x / this.picture.offsetWidth, by_y / this.picture.offsetHeight));
  }

  /** @param {boolean} let_go */
  #up(let_go) {
    const clicked = let_go && this.#drag !== null && !this.#drag.moved;
    this.#drag = null;
    if (clicked) this.hear.onClick();
  }

  /** @param {boolean} ready */
  ready(ready) {
    this.hear.onReady(ready);
  }
}

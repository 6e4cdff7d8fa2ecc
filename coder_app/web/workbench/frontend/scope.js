// The one owner of listeners, timers, frames and observers: what is taken here is given back by `end`.
// @ts-check

export class Scope {
  /** @type {Set<() => void>} */
  #undo = new Set();
  #ended = false;

  get ended() {
    return this.#ended;
  }

  /** @param {() => void} undo called once at the end, or earlier by the function that is returned. @returns {() => void} */
  own(undo) {
    if (this.#ended) {
      undo();
      return () => {};
    }
    this.#undo.add(undo);
    return () => {
      if (this.#undo.delete(undo)) undo();
    };
  }

  /** A scope that ends with this one, or before. @returns {Scope} */
  child() {
    const child = new Scope();
    const forget = this.own(() => child.end());
    child.own(forget);
    return child;
  }

  /**
   * @param {EventTarget} target @param {string} type @param {(event: any) => void} hear
   * @param {AddEventListenerOptions} [options] @returns {() => void}
   */
  on(target, type, hear, options) {
    target.addEventListener(type, hear, options);
    return this.own(() => target.removeEventListener(type, hear, options));
  }

  /** The next event of that type, or null after `timeout_ms`. @param {EventTarget} target @param {string} type @param {number} timeout_ms */
  once(target, type, timeout_ms) {
    return new Promise((resolve) => {
      /** @type {(() => void)[]} */
      const stop = [];
      const finish = (/** @type {Event | null} */ event) => {
        for (const undo of stop) undo();
        resolve(event);
      };
      stop.push(this.on(target, type, finish), this.after(timeout_ms, () => finish(null)));
    });
  }

  /** @param {number} ms @param {() => void} run @returns {() => void} */
  after(ms, run) {
    const timer = setTimeout(() => {
      this.#undo.delete(undo);
      run();
    }, ms);
    const undo = () => clearTimeout(timer);
    return this.own(undo);
  }

  /** @param {number} ms @returns {Promise<void>} */
  wait(ms) {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** @param {number} ms @param {() => void} run @returns {() => void} */
  every(ms, run) {
    const timer = setInterval(run, ms);
    return this.own(() => clearInterval(timer));
  }

  /** @param {(now: number) => void} run @returns {() => void} */
  frame(run) {
    const handle = requestAnimationFrame((now) => {
      this.#undo.delete(undo);
      run(now);
    });
    const undo = () => cancelAnimationFrame(handle);
    return this.own(undo);
  }

  /** @returns {Promise<void>} */
  nextFrame() {
    return new Promise((resolve) => {
      this.frame(() => resolve());
    });
  }

  /** Runs at most once per painted frame, however often it is asked for, and in the next one. @param {() => void} run @returns {() => void} asks for it */
  painter(run) {
    let asked = false;
    return () => {
      if (asked || this.#ended) return;
      asked = true;
      this.frame(() => {
        asked = false;
        run();
      });
    };
  }

  /** Every frame of a video that is put on the screen. @param {HTMLVideoElement} video @param {(mediaTime_s: number) => void} run */
  videoFrames(video, run) {
    if (!("requestVideoFrameCallback" in video)) return () => {};
    let handle = 0;
    const next = () => {
      handle = video.requestVideoFrameCallback((_now, metadata) => {
        next();
        run(metadata.mediaTime);
      });
    };
    next();
    return this.own(() => video.cancelVideoFrameCallback(handle));
  }

  /** @param {Element} element @param {() => void} run */
  resized(element, run) {
    const observer = new ResizeObserver(run);
    observer.observe(element);
    return this.own(() => observer.disconnect());
  }

  /** @param {Node} node @param {MutationObserverInit} options @param {() => void} run */
  mutated(node, options, run) {
    const observer = new MutationObserver(run);
    observer.observe(node, options);
    return this.own(() => observer.disconnect());
  }

  end() {
    this.#ended = true;
    const all = [...this.#undo];
    this.#undo.clear();
    for (const undo of all.reverse()) undo();
  }
}

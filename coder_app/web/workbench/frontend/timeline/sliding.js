// Moves or stretches an element by the time of an animation that stands still: of that the browser knows beforehand where it may come
// to, and only moves it. For an element that a style moves, it sorts the layers of the whole page anew each time.
// @ts-check

const FAR_PX = 100_000;

/**
 * @param {HTMLElement} element @param {"translate" | "scale"} way along the time axis; a stretched element is a pixel wide
 * @returns {(px: number) => void} how far, or how wide: from 0 to FAR_PX
 */
export function sliding(element, way) {
  const ends = way === "translate" ? ["0px", `${FAR_PX}px`] : ["0 1", `${FAR_PX} 1`];
  const animation = element.animate({ [way]: ends }, { duration: FAR_PX, fill: "both" });
  animation.pause();
  return (px) => {
    if (animation.currentTime !== px) animation.currentTime = px;
  };
}

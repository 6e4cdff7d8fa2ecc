// What is measured of the sound and the picture: rows shown and hidden, regions of the picture.
// @ts-check

/** @param {import("../controls.js").Controls} controls @returns {Record<string, import("../controls.js").Act>} */
export function measuring({ bench }) {
  return {
    spectrogram: () => bench.tracks.toggle("spectrogram"),
    motion: () => bench.tracks.toggle("motion"),
    stopMeasuring: () => void bench.tracks.stop(),
    region: () => bench.frame.regions.draw(),
    regions: () => bench.frame.regions.toggle(),
  };
}

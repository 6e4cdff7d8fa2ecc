// The frames of one video on the observation clock. A frame number is an index into the table, never time x fps.
// @ts-check

export class FrameTable {
  /**
   * @param {ArrayLike<number>} container_us presentation time of each frame, ascending @param {number} offset_us added to them
   * gives the observation clock @param {number} end_us end of the last frame on the observation clock
   */
  constructor(container_us, offset_us, end_us) {
    this.times_us = Float64Array.from(container_us, (t) => t + offset_us);
    this.offset_us = offset_us;
    this.end_us = end_us;
  }

  /** @param {ArrayBuffer} buffer little-endian int64 @param {number} offset_us @param {number} end_us */
  static fromBuffer(buffer, offset_us, end_us) {
    const view = new DataView(buffer);
    const times = new Float64Array(buffer.byteLength / 8);
    for (let i = 0; i < times.length; i++) times[i] = Number(view.getBigInt64(i * 8, true));
    return new FrameTable(times, offset_us, end_us);
  }

  get length() {
    return this.times_us.length;
  }

  /** The frame an instant belongs to: the last one not after it. @param {number} t_us @returns {number} */
  frameAt(t_us) {
    let low = 0;
    let high = this.times_us.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times_us[middle] <= t_us) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** The frame whose time is nearest. @param {number} t_us @returns {number} */
  nearest(t_us) {
    const earlier = this.frameAt(t_us);
    const later = Math.min(earlier + 1, this.length - 1);
    return this.times_us[later] - t_us < t_us - this.times_us[earlier] ? later : earlier;
  }

  /** The frame of a time stamp given by the player. @param {number} container_us @returns {number} */
  ofContainer(container_us) {
    return this.nearest(container_us + this.offset_us);
  }

  /** @param {number} frame @returns {number} */
  clamp(frame) {
    return Math.min(Math.max(frame, 0), this.length - 1);
  }

  /** @param {number} frame @returns {number} */
  timeOf(frame) {
    return this.times_us[this.clamp(frame)];
  }

  /** Where a frame's interval ends: the next frame, or the end. @param {number} frame @returns {number} */
  endOf(frame) {
    return frame + 1 < this.length ? this.times_us[frame + 1] : this.end_us;
  }

  /** The middle of a frame's interval in container time, where a seek surely finds it. @param {number} frame @returns {number} */
  containerMiddle(frame) {
    return (this.timeOf(frame) + this.endOf(frame)) / 2 - this.offset_us;
  }
}

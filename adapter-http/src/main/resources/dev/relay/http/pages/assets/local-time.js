/**
 * Points in time as the browser's field of a local date and time shows them, in the reader's own time zone.
 * @module local-time
 */

/**
 * Returns a point in time as such a field shows it.
 *
 * @param {string|null} instant such as 2026-11-30T10:00:00Z
 * @returns {string} such as 2026-11-30T11:00, or an empty text
 */
export function localTime(instant) {
  if (!instant) {
    return "";
  }
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * Returns the time after a while from now as such a field shows it.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function localTimeIn(milliseconds) {
  return localTime(new Date(Date.now() + milliseconds).toISOString());
}

/**
 * Returns the point in time that such a field shows.
 *
 * @param {string} local
 * @returns {string|null} null for an empty or unfinished one
 */
export function instantOf(local) {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

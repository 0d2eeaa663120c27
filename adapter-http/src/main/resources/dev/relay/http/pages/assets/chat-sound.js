/**
 * A short sound for an answer that the customer does not see arrive.
 * @module chat-sound
 */

import { byId } from "./dom.js";
import { forget, keep, kept } from "./keep.js";

const OFF = "relay.chat.silent";
const FREQUENCY = 660;
const SECONDS = 0.12;
const VOLUME = 0.08;

/** @type {AudioContext|null} */
let audio = null;

/** Prepares the switch in the menu, which is on until the customer switches it off. */
export function prepareSound() {
  const control = byId("sound");
  const draw = () => control.setAttribute("aria-pressed", String(kept(OFF) === null));
  control.addEventListener("click", () => {
    if (kept(OFF) === null) {
      keep(OFF, "yes");
    } else {
      forget(OFF);
    }
    draw();
  });
  draw();
}

/** Plays the sound, unless the customer has switched it off or has done nothing on the page yet: browsers forbid it then. */
export function playSound() {
  if (kept(OFF) !== null || !navigator.userActivation?.hasBeenActive) {
    return;
  }
  audio ??= new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: FREQUENCY });
  tone.connect(new GainNode(audio, { gain: VOLUME })).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + SECONDS);
}

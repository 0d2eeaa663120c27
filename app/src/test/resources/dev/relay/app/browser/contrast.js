// Answers every visible text whose contrast is below WCAG 2.2's level AA: 4.5, or 3 where it is large.
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([red, green, blue]) =>
  0.2126 * channel(red / 255) + 0.7152 * channel(green / 255) + 0.0722 * channel(blue / 255);
const parse = (color) => {
  const numbers = color.match(/[\d.]+/g).map(Number);
  return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
};
const over = (above, below) => [0, 1, 2].map((i) => above[i] * above[3] + below[i] * (1 - above[3]));

function backgroundOf(node) {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const color = parse(getComputedStyle(at).backgroundColor);
    if (color[3] > 0) {
      layers.push(color);
    }
    if (color[3] === 1) {
      break;
    }
  }
  return layers.reverse().reduce((below, above) => over(above, below), [255, 255, 255]);
}

// Here, because a change of colour can also begin between the script that waits for the theme and this one.
document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity).forEach((one) => one.finish());

const failures = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim();
  const node = walker.currentNode.parentElement;
  if (!text || node.closest(":disabled, .visually-hidden, .skip-link, option, script, noscript") ||
      !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
    continue;
  }
  const style = getComputedStyle(node);
  const background = backgroundOf(node);
  const [light, dark] = [luminance(over(parse(style.color), background)), luminance(background)].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  const size = Number.parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) {
    failures.push(`${ratio.toFixed(2)} "${text.slice(0, 40)}" in ${node.className || node.tagName}`);
  }
}
return failures.join("\n");

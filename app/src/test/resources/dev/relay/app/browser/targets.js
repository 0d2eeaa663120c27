// Returns what fingers cannot hit or browsers of phones enlarge: visible controls below 44 pixels in a direction, fields with letters below 16.
// Links within a text are exempt, as in WCAG 2.2, 2.5.5; of a box to tick the label counts.
const SMALLEST = 44;
const SMALLEST_LETTERS = 16;
const name = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ""}.${node.className} "${node.innerText?.slice(0, 30) ?? ""}"`;
const failures = [];
for (const node of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=option]")) {
  if (node.closest(".visually-hidden, .skip-link, .message-text, .prose, :disabled, [aria-hidden=true]") || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
    continue;
  }
  if (node.matches("a") && node.parentElement.textContent.trim() !== node.textContent.trim() && getComputedStyle(node).display === "inline") {
    continue;
  }
  const isTicked = node.matches("[type=checkbox], [type=radio]");
  const { width, height } = (isTicked ? (node.closest("label") ?? node) : node).getBoundingClientRect();
  // Half a pixel may be lost in rounding.
  if (width > 0 && (width < SMALLEST - 0.5 || height < SMALLEST - 0.5)) {
    failures.push(`${Math.round(width)} × ${Math.round(height)}: ${name(node)}`);
  }
  if (!isTicked && node.matches("input, select, textarea") && parseFloat(getComputedStyle(node).fontSize) < SMALLEST_LETTERS) {
    failures.push(`letters of ${getComputedStyle(node).fontSize}: ${name(node)}`);
  }
}
return failures.join("\n");

/** The part of Preact that the pages use. */
export interface VNode {
  type: unknown;
}
export type Content = VNode | VNode[] | string | number | boolean | null | undefined | Content[];
export function h(type: unknown, properties: object | null, ...children: unknown[]): VNode;
export function render(content: unknown, parent: Element): void;

/** htm: templates in place of JSX. */
declare const htm: {
  bind<T>(h: (type: unknown, properties: object | null, ...children: unknown[]) => T): (strings: TemplateStringsArray, ...values: unknown[]) => T;
};
export default htm;

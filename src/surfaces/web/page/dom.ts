/** Builds elements. Text only ever becomes a text node, so nothing that a customer wrote can become markup. */
type Child = Node | string | null | undefined | false;
type Properties = {
  class?: string;
  id?: string;
  hidden?: boolean;
  title?: string;
  onclick?: (event: MouseEvent) => void;
  /** Any other attribute, such as role or aria-label. */
  attributes?: Readonly<Record<string, string>>;
};

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (properties.class) element.className = properties.class;
  if (properties.id) element.id = properties.id;
  if (properties.hidden) element.hidden = true;
  if (properties.title) element.title = properties.title;
  if (properties.onclick) element.addEventListener('click', properties.onclick as (event: Event) => void);
  for (const [key, value] of Object.entries(properties.attributes ?? {})) element.setAttribute(key, value);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** A button that never submits a form. */
export const button = (text: string, className: string, onclick: () => void): HTMLButtonElement =>
  el('button', { class: className, onclick, attributes: { type: 'button' } }, text);

/** Grey lines in the shape of what is being loaded. */
export const skeleton = (lines: number): HTMLElement =>
  el(
    'div',
    { class: 'skeleton', attributes: { role: 'status', 'aria-label': 'Loading' } },
    ...Array.from({ length: lines }, () => el('span')),
  );

/** What went wrong, and the way to try again. */
export const failure = (message: string, retry?: () => void): HTMLElement =>
  el(
    'div',
    { class: 'failure', attributes: { role: 'alert' } },
    el('p', {}, message),
    retry && button('Try again', 'quiet', retry),
  );

/** Builds elements without ever parsing markup: text stays text. */

export type Child = Node | string | undefined;

type Attributes = Readonly<Record<string, string | undefined>>;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; an attribute of `undefined` is left out. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function svgElement(
  tag: string,
  attributes: Attributes,
  ...children: readonly Node[]
): SVGElement {
  const made = document.createElementNS(svgNamespace, tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** Sets what is given and removes what is `undefined`. */
export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) {
      target.removeAttribute(name);
    } else if (target.getAttribute(name) !== value) {
      target.setAttribute(name, value);
    }
  }
}

/** Changes the text only when it differs, so that live regions do not speak twice. */
export function setText(target: Node, text: string): void {
  const { firstChild } = target;
  if (firstChild instanceof Text && firstChild === target.lastChild) {
    if (firstChild.data !== text) {
      firstChild.data = text;
    }
  } else if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function replaceChildren(target: Element, ...children: readonly Child[]): void {
  target.replaceChildren(...children.filter((child) => child !== undefined));
}

export function show(target: HTMLElement, isShown: boolean): void {
  target.hidden = !isShown;
}

/** A button of the VS Code toolkit; `icon` buttons carry their label for screen readers only. */
export function button(
  label: string,
  onClick: () => void,
  appearance: 'primary' | 'secondary' = 'secondary',
): HTMLElement {
  const made = element('vscode-button', { appearance }, label);
  made.addEventListener('click', onClick);
  return made;
}

export interface Choosable {
  readonly element: HTMLElement;
  set(value: string, options: readonly (readonly [value: string, label: string])[]): void;
}

/** A labelled dropdown of the VS Code toolkit. */
export function dropdown(label: string, onChange: (value: string) => void): Choosable {
  // The toolkit's dropdown is an element whose `value` mirrors the selected option.
  const select = element('vscode-dropdown', { 'aria-label': label }) as HTMLElement & {
    value: string;
  };
  let shown = '';
  let current = '';
  select.addEventListener('change', () => {
    if (select.value !== current) {
      current = select.value;
      onChange(select.value);
    }
  });
  return {
    element: element('label', { class: 'field' }, element('span', {}, label), select),
    set(value, options) {
      const key = JSON.stringify(options);
      if (key !== shown) {
        shown = key;
        replaceChildren(
          select,
          ...options.map(([optionValue, text]) =>
            element('vscode-option', { value: optionValue }, text),
          ),
        );
      }
      current = value;
      if (select.value !== value) {
        select.value = value;
      }
    },
  };
}

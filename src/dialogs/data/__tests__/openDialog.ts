/** An open dialog as a test meets it: what is written, what can be pressed. */
export class OpenDialog {
  constructor(readonly selector: string) {}

  get root(): HTMLElement {
    const node = document.querySelector<HTMLElement>(this.selector);
    if (!node) {
      throw new Error(`There is no ${this.selector}`);
    }
    return node;
  }

  get isOpen(): boolean {
    return document.querySelector(this.selector) !== null;
  }

  get text(): string {
    return this.isOpen ? (this.root.textContent ?? '') : '';
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.root.querySelectorAll('button')].find(
      node => (node.getAttribute('aria-label') ?? node.textContent) === name
    );
    if (!found) {
      throw new Error(`There is no button "${name}" in: ${this.text}`);
    }
    return found;
  }

  isDisabled(name: string): boolean {
    return this.button(name).getAttribute('aria-disabled') === 'true';
  }

  press(name: string): void {
    this.button(name).click();
  }

  field(label: string): HTMLInputElement {
    const byLabel = [...this.root.querySelectorAll('label')].find(node =>
      (node.textContent ?? '').includes(label)
    );
    const found =
      this.root.querySelector<HTMLInputElement>(`[aria-label="${label}"]`) ??
      (byLabel?.htmlFor ? document.getElementById(byLabel.htmlFor) : byLabel?.querySelector('input, select'));
    if (!found) {
      throw new Error(`There is no field "${label}" in: ${this.text}`);
    }
    return found as HTMLInputElement;
  }

  /** Type or choose as a person does, so that React notices. */
  fill(label: string, value: string): void {
    const field = this.field(label);
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set;
    setter?.call(field, value);
    field.dispatchEvent(
      new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true })
    );
  }

  key(key: string, options: KeyboardEventInit = {}, target: HTMLElement = this.root): void {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
  }
}

/** Leave what a test has left open, as a person would. */
export async function leaveAll(): Promise<void> {
  for (let turn = 0; turn < 20 && document.querySelector('.jp-Dialog'); turn++) {
    const escape = { key: 'Escape', bubbles: true, cancelable: true };
    document.querySelector('.jp-Dialog')?.dispatchEvent(new KeyboardEvent('keydown', escape));
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

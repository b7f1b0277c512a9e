// Files that were chosen and not yet sent, as chips under the field.

import { inWords } from "../messages/files.js";
import { h, icon, iconButton, refill } from "../base/ui.js";

/** A row of chosen files; `changed` is called when one comes or goes. */
export class Staged {
  constructor(changed) {
    Object.assign(this, { changed, files: [] });
    this.element = h("ul", { class: "staged", "aria-label": "Files to send", hidden: true });
  }

  /** Whether nothing is chosen. */
  isEmpty() {
    return this.files.length === 0;
  }

  /** Choose files, beside those there are. */
  add(files) {
    this.files.push(...files);
    this.draw();
  }

  /** Hand the files over; none are left. */
  take() {
    const taken = this.files;
    this.files = [];
    this.draw();
    return taken;
  }

  draw() {
    this.element.hidden = this.isEmpty();
    refill(
      this.element,
      this.files.map((file) =>
        h(
          "li",
          { class: "staged-file" },
          icon("file"),
          h("span", {}, h("b", {}, file.name), h("small", {}, inWords(file.size))),
          iconButton("close", `Don't send ${file.name}`, () => this.drop(file)),
        ),
      ),
    );
    this.changed();
  }

  drop(file) {
    this.files = this.files.filter((one) => one !== file);
    this.draw();
  }
}

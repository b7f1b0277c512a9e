// The door: choose who to be. The list comes with the page; this finds somebody in a long one.

/** Make the door's list searchable. */
export function mountDoor(root) {
  const search = root.querySelector(".door-search");
  const people = [...root.querySelectorAll(".door-list > li")];
  search.hidden = people.length < 8;
  search.addEventListener("input", () => narrow(root, people, search.value.trim().toLocaleLowerCase()));
}

function narrow(root, people, wanted) {
  for (const one of people) one.hidden = !one.textContent.toLocaleLowerCase().includes(wanted);
  root.querySelector(".door-none").hidden = people.some((one) => !one.hidden);
}

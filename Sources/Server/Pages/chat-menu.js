// The small menu in the header and the question before a conversation is left for good.

const find = (id) => document.getElementById(id);

function showMenu(isOpen) {
  find("menu-items").hidden = !isOpen;
  find("menu-button").setAttribute("aria-expanded", String(isOpen));
}

/** Closes the menu if it is open; returns whether there was anything to close. */
export function closeMenu() {
  if (find("menu-items").hidden) return false;
  showMenu(false);
  find("menu-button").focus();
  return true;
}

/** `command(text)` sends a command; `startFresh()` leaves this conversation. */
export function setUpMenu({ command, startFresh }) {
  const menu = find("menu");
  find("menu-button").addEventListener("click", () => showMenu(find("menu-items").hidden));
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) showMenu(false);
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) showMenu(false);
  });
  for (const [id, text] of [["menu-main", "/menu"], ["menu-help", "/help"]]) {
    find(id).addEventListener("click", () => {
      closeMenu();
      command(text);
    });
  }
  find("menu-fresh").addEventListener("click", () => {
    closeMenu();
    find("fresh").returnValue = "";
    find("fresh").showModal();
  });
  find("fresh").addEventListener("close", () => {
    find("menu-button").focus();
    if (find("fresh").returnValue === "start") startFresh();
  });
}

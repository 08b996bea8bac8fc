/* What the admin's pages do by themselves; without it everything still works, only less kindly. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  showTheCurrentPage();
  foldFiltersOnPhones();
  for (const form of document.querySelectorAll("form.ft-comment-form")) {
    warnBeforeEditsAreLost(form);
    offerReplies(form);
  }
});

function showTheCurrentPage() {
  const sidebar = document.getElementById("nav-sidebar");
  const place = sidebar?.querySelector(".current-model")?.getBoundingClientRect();
  if (place && place.bottom > innerHeight) sidebar.scrollTop += place.top - innerHeight / 2;
}

function foldFiltersOnPhones() {
  if (!matchMedia("(max-width: 767px)").matches) return;
  for (const filter of document.querySelectorAll("#changelist-filter details")) filter.open = false;
}

/* Another form on the page holds edits: sending this one would throw them away. */
function warnBeforeEditsAreLost(form) {
  const edited = document.querySelector("#content-main form");
  if (!edited || edited === form) return;
  const written = () => new URLSearchParams(new FormData(edited)).toString();
  const saved = written();
  form.addEventListener("submit", (event) => {
    const question = "What you changed above is not saved and will be lost. Comment all the same?";
    if (written() !== saved && !window.confirm(question)) event.preventDefault();
  });
}

function offerReplies(form) {
  const choice = form.querySelector("select.ft-replies");
  const body = form.querySelector("textarea");
  if (!choice || !body) return;
  choice.closest(".form-row").hidden = false;
  choice.addEventListener("change", () => {
    if (!choice.value) return;
    body.setRangeText(choice.value, body.selectionStart, body.selectionEnd, "end");
    choice.value = "";
    body.focus();
  });
}

// A moment is typed in the reader's own zone; the hidden field that data-instant names has the instant that the portal
// knows.
(function () {
  "use strict";

  function toInstant(field) {
    var date = new Date(field.value);
    document.getElementById(field.getAttribute("data-instant")).value = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  }

  document.addEventListener("input", function (event) {
    if (event.target instanceof Element && event.target.matches("input[data-instant]")) {
      toInstant(event.target);
    }
  });

  // What stands, and what was chosen when the portal could not take it.
  function restore() {
    document.querySelectorAll("input[data-instant]:not([data-local])").forEach(function (field) {
      var date = new Date(document.getElementById(field.getAttribute("data-instant")).value);
      field.setAttribute("data-local", "");
      if (!Number.isNaN(date.getTime())) {
        field.value = new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
        // As if the server had put it there: what is typed over it is told from it (typed.js).
        field.defaultValue = field.value;
      }
    });
  }

  restore();
  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
})();

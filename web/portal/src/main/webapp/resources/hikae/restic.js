// Turns a moment in the reader's own zone into one that the portal knows, and leads the keyboard to what has just been
// opened.
(function () {
  "use strict";

  window.hkFocus = function (id) {
    var element = document.getElementById(id);
    if (element) {
      element.focus();
    }
  };

  function toInstant(field) {
    var date = new Date(field.value);
    document.getElementById(field.getAttribute("data-instant")).value = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  }

  document.addEventListener("input", function (event) {
    if (event.target instanceof Element && event.target.matches("input[data-instant]")) {
      toInstant(event.target);
    }
  });

  // What was chosen stays when the portal could not take it.
  function restore() {
    document.querySelectorAll("input[data-instant]:not([data-local])").forEach(function (field) {
      var date = new Date(document.getElementById(field.getAttribute("data-instant")).value);
      field.setAttribute("data-local", "");
      if (!Number.isNaN(date.getTime())) {
        field.value = new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
      }
    });
  }

  new MutationObserver(restore).observe(document.body, { childList: true, subtree: true });
})();

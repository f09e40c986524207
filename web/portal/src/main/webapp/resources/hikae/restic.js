// Copies what the pages show once, turns a moment in the reader's own zone into one that the portal knows, and leads the
// keyboard to what has just been opened.
(function () {
  "use strict";

  window.hkFocus = function (id) {
    var element = document.getElementById(id);
    if (element) {
      element.focus();
    }
  };

  function said(key) {
    var status = document.getElementById("copied");
    status.textContent = status.getAttribute("data-" + key);
  }

  // Where the browser gives no clipboard, the text is selected, so that two keys copy it.
  function select(element) {
    window.getSelection().selectAllChildren(element);
    said("failed");
  }

  document.addEventListener("click", function (event) {
    var button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
    if (button) {
      var source = document.getElementById(button.getAttribute("data-copy"));
      if (navigator.clipboard) {
        navigator.clipboard.writeText(source.textContent).then(function () { said("done"); }, function () { select(source); });
      } else {
        select(source);
      }
    }
  });

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

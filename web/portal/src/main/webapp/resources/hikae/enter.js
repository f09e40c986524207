// Enter in a field does what the emphasised button nearest to it does. A browser would press the first button of the
// form, which may clear the filters, fill in a template or export a file.
(function () {
  "use strict";

  var BESIDE = ["checkbox", "radio", "file", "submit", "button", "reset", "image"];
  var ANY = "[type=submit]:not(.hk-danger)";

  // The button that belongs to the field: the emphasised one, or the only one beside it; null when none does.
  function belonging(field) {
    for (var part = field.parentElement; part && field.form.contains(part); part = part.parentElement) {
      var emphasised = part.querySelector(ANY + ":not(.hk-quiet)");
      var all = part.querySelectorAll(ANY);
      if (emphasised || all.length === 1) {
        return emphasised || all[0];
      }
    }
    return null;
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target;
    // While somebody composes Japanese, Enter ends that only.
    if (event.key !== "Enter" || event.isComposing || !(field instanceof HTMLInputElement)
        || BESIDE.includes(field.type) || !field.form || !field.form.querySelector("[type=submit]")) {
      return;
    }
    event.preventDefault();
    var button = belonging(field);
    if (button) {
      button.click();
    } else {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();

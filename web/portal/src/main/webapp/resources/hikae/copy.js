// Copies what a button names, such as a command or what the pages show once.
(function () {
  "use strict";

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
})();

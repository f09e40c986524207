// Boxes of a list say by identifier what is selected; the server keeps it, over all pages of the list.
(function () {
  "use strict";

  function boxes() {
    return Array.from(document.querySelectorAll("input[data-mark]"));
  }

  // One box stands for the whole page of the list.
  function sync() {
    var page = document.querySelector("input[data-mark-page]");
    if (page) {
      var all = boxes();
      var on = all.filter(function (box) { return box.checked; }).length;
      page.checked = all.length > 0 && on === all.length;
      page.indeterminate = on > 0 && on < all.length;
      page.disabled = all.length === 0;
    }
  }

  document.addEventListener("change", function (event) {
    var box = event.target;
    var changed = [];
    if (!(box instanceof Element)) {
      return;
    }
    if (box.matches("input[data-mark-page]")) {
      changed = boxes().filter(function (other) { return other.checked !== box.checked; });
    } else if (box.matches("input[data-mark]")) {
      changed = [box];
    }
    if (changed.length > 0) {
      changed.forEach(function (other) { other.checked = box.checked; });
      sync();
      var ids = changed.map(function (other) { return other.getAttribute("data-mark"); });
      window.hkMark([{ name: "marked", value: ids.join(" ") }, { name: "on", value: String(box.checked) }]);
    }
  });

  new MutationObserver(sync).observe(document.body, { childList: true, subtree: true });
  sync();

  // Goes on until all is done or somebody stopped it; then the list shows how things are now.
  window.hkGoOn = function (answer) {
    if (answer && answer.more) {
      window.hkStep();
    } else {
      window.hkShow();
    }
  };

  // What is asked is where the keyboard is next.
  window.hkAsked = function () {
    var title = document.getElementById("bulkTitle");
    if (title) {
      title.focus();
    }
  };
})();

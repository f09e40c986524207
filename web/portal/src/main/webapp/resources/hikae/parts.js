// A page of many parts begins with links to them.
(function () {
  "use strict";

  var FEWEST = 5;
  var main = document.getElementById("main");
  var nav = document.getElementById("parts");
  var shown = "";
  var given = 0;

  // What asks or warns is at the top by itself, and what is selected at the bottom.
  function headings() {
    return Array.from(main.querySelectorAll("h2")).filter(function (heading) {
      return heading.checkVisibility() && !heading.closest("[role=alert], .hk-verdict, .hk-bulk, details, dialog");
    });
  }

  function link(heading) {
    var item = document.createElement("li");
    var anchor = document.createElement("a");
    anchor.href = "#" + heading.id;
    anchor.textContent = heading.textContent.trim().replace(/\s+/g, " ");
    item.appendChild(anchor);
    return item;
  }

  // Parts come later and go again.
  function show() {
    var found = headings();
    found.forEach(function (heading) {
      heading.id = heading.id || "part-" + (given += 1);
    });
    var now = found.map(function (heading) { return heading.id + " " + heading.textContent; }).join("\n");
    if (now !== shown) {
      shown = now;
      var list = document.createElement("ul");
      found.forEach(function (heading) { list.appendChild(link(heading)); });
      nav.replaceChildren(list);
      nav.hidden = found.length < FEWEST;
    }
  }

  if (main && nav && main.querySelectorAll("nav").length === 1) {
    show();
    new MutationObserver(show).observe(main, { childList: true, subtree: true });
  }
})();

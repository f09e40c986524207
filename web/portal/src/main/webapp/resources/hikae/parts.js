// A page of many parts begins with links to them.
(function () {
  "use strict";

  var FEWEST = 5;
  var main = document.getElementById("main");
  var nav = document.getElementById("parts");
  var shown = "";
  var given = 0;
  var ids = new Map();

  // What asks or warns is at the top by itself, and what is selected at the bottom.
  function headings() {
    return Array.from(main.querySelectorAll("h2")).filter(function (heading) {
      return heading.checkVisibility() && !heading.closest("[role=alert], .hk-verdict, .hk-bulk, details, dialog");
    });
  }

  function words(heading) {
    return heading.textContent.trim().replace(/\s+/g, " ");
  }

  // A heading that an answer renders anew has the same id again.
  function name(heading) {
    if (!heading.id) {
      var id = ids.get(words(heading));
      if (!id || document.getElementById(id)) {
        id = "part-" + (given += 1);
        ids.set(words(heading), id);
      }
      heading.id = id;
    }
  }

  function link(heading) {
    var item = document.createElement("li");
    var anchor = document.createElement("a");
    anchor.href = "#" + heading.id;
    anchor.textContent = words(heading);
    item.appendChild(anchor);
    return item;
  }

  // Who was at a link stays there (WCAG 2.4.3); where it has gone the page's main part comes next.
  function refocus(href) {
    var again = Array.from(nav.querySelectorAll("a")).find(function (one) { return one.getAttribute("href") === href; });
    (again && !nav.hidden ? again : main).focus({ preventScroll: true });
  }

  // Parts come later and go again.
  function show() {
    var found = headings();
    found.forEach(name);
    var now = found.map(function (heading) { return heading.id + " " + words(heading); }).join("\n");
    if (now !== shown) {
      shown = now;
      var list = document.createElement("ul");
      found.forEach(function (heading) { list.appendChild(link(heading)); });
      var focused = nav.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      nav.replaceChildren(list);
      nav.hidden = found.length < FEWEST;
      if (focused) {
        refocus(focused);
      }
    }
  }

  if (main && nav && main.querySelectorAll("nav").length === 1) {
    show();
    new MutationObserver(show).observe(main, { childList: true, subtree: true });
  }
})();

// Times are sent in UTC and shown in the reader's own zone, near ones also as how long ago; without this script the UTC
// text stays.
(function () {
  "use strict";

  var NEAR_SECONDS = 30 * 86400;
  var RENEW_MILLIS = 60000;
  var UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

  var language = document.documentElement.lang || "en";

  // Such as "3 hours ago" or "in 2 days"; empty for what is far away. Whole units only: nothing sounds older than it is.
  function ago(date) {
    var seconds = (date.getTime() - Date.now()) / 1000;
    if (Math.abs(seconds) > NEAR_SECONDS) {
      return "";
    }
    var unit = UNITS.find(function (one) { return Math.abs(seconds) >= one[1]; }) || UNITS[2];
    var count = Math.trunc(seconds / unit[1]);
    return new Intl.RelativeTimeFormat(language, { numeric: count ? "always" : "auto" }).format(count, unit[0]);
  }

  function zone(root) {
    var format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    root.querySelectorAll("time.hk-time:not([data-local])").forEach(function (element) {
      var date = new Date(element.getAttribute("datetime"));
      if (!Number.isNaN(date.getTime())) {
        element.title = element.textContent;
        element.textContent = format.format(date);
        var relative = ago(date);
        if (relative) {
          var small = document.createElement("small");
          small.className = "hk-ago";
          small.textContent = relative;
          element.append(" ", small);
        }
        element.setAttribute("data-local", "");
      }
    });
  }

  // A page that stays open says how long ago it is now, while somebody may look at it.
  function renew() {
    if (!document.hidden) {
      document.querySelectorAll("time.hk-time[data-local] .hk-ago").forEach(function (small) {
        var relative = ago(new Date(small.parentElement.getAttribute("datetime")));
        if (!relative) {
          small.remove();
        } else if (small.textContent !== relative) {
          // The text only: what watches the page for new elements has nothing to do.
          small.firstChild.data = relative;
        }
      });
    }
  }

  zone(document);
  new MutationObserver(function () { zone(document); }).observe(document.body, { childList: true, subtree: true });
  window.setInterval(renew, RENEW_MILLIS);
  document.addEventListener("visibilitychange", renew);

  // What a list is filtered by stands in the address, so that the list can be kept and sent as a link.
  function address() {
    var fields = document.querySelectorAll("[data-query]");
    if (fields.length > 0) {
      var query = new URLSearchParams();
      fields.forEach(function (field) {
        if (field.value) {
          query.set(field.getAttribute("data-query"), field.value);
        }
      });
      var text = query.toString();
      window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : ""));
    }
  }

  address();
  ["input", "change"].forEach(function (event) { document.addEventListener(event, address); });

  // In a narrow window the navigation is one row that scrolls in itself: it begins at the page that is shown.
  var here = document.querySelector(".hk-nav a[aria-current='page']");
  if (here) {
    var row = here.closest(".hk-nav");
    var place = here.getBoundingClientRect();
    row.scrollLeft += place.left + place.width / 2 - (row.getBoundingClientRect().left + row.clientWidth / 2);
  }

  // Ctrl+K leads to the search, but not while somebody is asked something. No single letter does: who speaks to the
  // computer would press it by accident (WCAG 2.1.4).
  document.addEventListener("keydown", function (event) {
    var find = document.getElementById("find");
    // What the browser fills in by itself has no key.
    var letter = event.key && event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (find && letter && !document.querySelector(".ui-dialog[aria-hidden='false']")) {
      event.preventDefault();
      find.focus();
      find.select();
    }
  });

  // A message at the top of the page is closed by its own button, which takes the focus with it.
  document.addEventListener("click", function (event) {
    var close = event.target.closest(".hk-banner-close");
    if (close) {
      close.closest(".hk-banner").remove();
      (document.querySelector(".hk-banner-close") || document.getElementById("main")).focus({ preventScroll: true });
    }
  });

  // A request that the sign-on has cut off (session over) is answered from another site, which the browser refuses to
  // the script. Loading the page anew lets the person sign in again. While the portal cannot serve, or the network is
  // gone, the page stays as it is, with all that was typed, and says so.
  if (window.jQuery) {
    var away = document.getElementById("away");

    function again() {
      window.hkKeepTyped();
      window.location.reload();
    }

    function stay() {
      if (away) {
        away.hidden = false;
        // After a failure PrimeFaces leaves the button that was pressed disabled.
        document.querySelectorAll(".ui-state-loading").forEach(function (pressed) {
          var widget = window.PrimeFaces.getWidgetById(pressed.id);
          if (widget) {
            window.PrimeFaces.buttonEndAjaxDisabled(widget, widget.jq);
          }
        });
      }
    }

    // Both the sign-on and a network that is gone leave no status; asking for the page itself tells which it is.
    function tell() {
      window.fetch(window.location.href, { redirect: "manual", cache: "no-store" }).then(function (answer) {
        if (answer.type === "opaqueredirect") {
          again();
        } else {
          stay();
        }
      }, stay);
    }

    // PrimeFaces disables a button until the answer is there, and the browser takes the focus from what is disabled. Who
    // pressed it by a key stays at it (WCAG 2.4.3), unless the answer leads elsewhere.
    var pressed = null;
    document.addEventListener("click", function (event) {
      var button = event.target.closest("button[id]");
      pressed = button && button.id;
    }, true);
    window.jQuery(document).on("pfAjaxComplete", function () {
      window.requestAnimationFrame(function () {
        var button = pressed && document.getElementById(pressed);
        if (button && document.activeElement === document.body) {
          button.focus({ preventScroll: true });
        }
      });
    });

    window.jQuery(document).on("pfAjaxError", function (event, xhr) {
      if (xhr.status === 401) {
        again();
      } else if (xhr.status === 0) {
        tell();
      } else if (xhr.status === 503) {
        stay();
      }
    });
    window.jQuery(document).on("pfAjaxSuccess", function (event, xhr) {
      if (away) {
        away.hidden = true;
      }
      // The view is over; PrimeFaces goes to the page that says so.
      if (xhr.responseText.includes("/error/expired.xhtml")) {
        window.hkKeepTyped();
      }
    });
  }
})();

// What a person has typed outlives their session: it is kept in this tab for the same person and page, and put back once.
(function () {
  "use strict";

  var NAME = "hikae.typed";
  var MOST_CHARS = 200000;
  var MOST_MILLIS = 3600000;
  var KINDS = /^(text|number|email|url|search|tel|date|time|datetime-local|textarea|select-one|select-multiple|checkbox)$/;
  var main = document.getElementById("main");
  var user = main ? main.getAttribute("data-user") : null;
  var form = "";
  var touched = new Set();
  var leaving = false;

  function page() {
    return window.location.pathname + window.location.search;
  }

  // Secrets and files are never kept, nor what the page itself wants nobody to remember.
  function mayBeKept(field) {
    return field.id && KINDS.test(field.type) && field.getAttribute("autocomplete") !== "off";
  }

  function touch(event) {
    var field = event.target;
    if (field.form && mayBeKept(field)) {
      if (field.form.id !== form) {
        form = field.form.id;
        touched.clear();
      }
      touched.add(field.id);
    }
  }

  function valueOf(field) {
    if (field.type === "checkbox") {
      return field.checked;
    }
    return field.type === "select-multiple"
      ? Array.from(field.selectedOptions, function (option) { return option.value; })
      : field.value;
  }

  // A field of a row has another label when its number means another row.
  function labelOf(field) {
    return field.labels && field.labels.length > 0 ? field.labels[0].textContent.trim() : field.getAttribute("aria-label");
  }

  // What the server had put there.
  function baseOf(field) {
    if (field.type === "checkbox") {
      return field.defaultChecked;
    }
    return field.options
      ? Array.from(field.options).filter(function (option) { return option.defaultSelected; })
        .map(function (option) { return option.value; })
      : field.defaultValue;
  }

  function isSame(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  function fill(field, value) {
    if (field.type === "checkbox") {
      field.checked = value;
    } else if (field.type === "select-multiple") {
      Array.from(field.options).forEach(function (option) { option.selected = value.includes(option.value); });
    } else {
      field.value = value;
    }
    // What is made of it follows, such as the instant of a time.
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function forget() {
    window.sessionStorage.removeItem(NAME);
  }

  function kept() {
    try {
      return JSON.parse(window.sessionStorage.getItem(NAME));
    } catch (broken) {
      forget();
      return null;
    }
  }

  // Called before the page goes because its session or view is over.
  function keep() {
    var fields = [];
    touched.forEach(function (id) {
      var field = document.getElementById(id);
      if (field && mayBeKept(field) && !isSame(valueOf(field), baseOf(field))) {
        fields.push({ id: id, value: valueOf(field), base: baseOf(field), label: labelOf(field) });
      }
    });
    var text = JSON.stringify({ user: user, page: page(), at: Date.now(), fields: fields });
    if (!leaving && user && fields.length > 0 && text.length <= MOST_CHARS) {
      window.sessionStorage.setItem(NAME, text);
    }
  }

  // Not over what somebody else has saved meanwhile.
  function putBack(fields) {
    fields.forEach(function (one) {
      var field = document.getElementById(one.id);
      if (field && mayBeKept(field) && isSame(baseOf(field), one.base) && labelOf(field) === one.label) {
        fill(field, one.value);
        touch({ target: field });
        // What came back is seen, also where it was folded away.
        for (var folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) {
          folded.open = true;
        }
        document.getElementById("typed-again").hidden = false;
      } else {
        document.getElementById("typed-partly").hidden = false;
      }
    });
  }

  var known = kept();
  var back = document.getElementById("typed-back");
  if (known && Date.now() - known.at > MOST_MILLIS) {
    forget();
  } else if (known && back) {
    back.querySelector("a").href = known.page;
    back.hidden = false;
  } else if (known && user && known.user !== user) {
    forget();
  } else if (known && user && known.page === page()) {
    forget();
    putBack(known.fields);
  }

  document.addEventListener("input", touch);
  document.addEventListener("change", touch);
  document.addEventListener("click", function (event) {
    if (event.target.closest("#session")) {
      leaving = true;
      forget();
    }
  });

  window.hkKeepTyped = keep;
})();

// Leads the keyboard to what has just been opened.
(function () {
  "use strict";

  window.hkFocus = function (id) {
    var element = document.getElementById(id);
    if (element) {
      element.focus();
    }
  };
})();

// Runs are added up by hours of a day at the portal, which learns by a cookie whose hours are meant. What was drawn for
// another zone is asked for once more.
(function () {
  "use strict";

  var ONE_YEAR_SECONDS = 365 * 24 * 3600;

  var drawn = document.querySelector("[data-zone]");
  var zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (drawn && zone && drawn.getAttribute("data-zone") !== zone) {
    document.cookie = "hikae-zone=" + encodeURIComponent(zone) + "; Path=/; Max-Age=" + ONE_YEAR_SECONDS
      + "; Secure; SameSite=Lax";
    window.addEventListener("load", function () {
      if (window.hkHours) {
        window.hkHours();
      }
    });
  }
})();

// The agent leads to the page that asks for the code of a device, and has the code behind "#": it is put into the field,
// so that the person sees it and compares it with the one on their device. Nothing is sent before they go on.
// The page that asks for consent comes after the sign-in. There the code is shown once more: Keycloak does not tell that
// page, so this tab remembers what was sent, for the sign-in that this began and no other ("tab_id" in addresses of forms).
// Otherwise somebody's link could ask for consent to another device below a code that was left from before.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  var REMEMBERED = "hikae-device-code";
  var field = document.getElementById("device_user_code");
  if (field) {
    sessionStorage.removeItem(REMEMBERED);
    var code = /^#user_code=([A-Za-z0-9-]{1,32})$/.exec(window.location.hash);
    if (code && field.value === "") {
      field.value = code[1];
    }
    field.form.addEventListener("submit", function () {
      sessionStorage.setItem(REMEMBERED, JSON.stringify({ code: field.value.trim().toUpperCase() }));
    });
    return;
  }

  var sent = JSON.parse(sessionStorage.getItem(REMEMBERED));
  var form = document.querySelector("form[action*='tab_id=']");
  if (!sent || !form) {
    return;
  }
  var signIn = new URL(form.action).searchParams.get("tab_id");
  if (!sent.signIn) {
    sent.signIn = signIn;
    sessionStorage.setItem(REMEMBERED, JSON.stringify(sent));
  }
  var question = document.querySelector("#kc-oauth form");
  if (question && sent.signIn === signIn) {
    var shown = document.getElementById("hk-device-code");
    shown.querySelector("strong").textContent = sent.code;
    question.before(shown);
    shown.hidden = false;
    question.addEventListener("submit", function () {
      sessionStorage.removeItem(REMEMBERED);
    });
  }
});

// The agent leads to the page that asks for the code of a device, and has the code behind "#": it is put into the field,
// so that the person sees it and compares it with the one on their device. Nothing is sent before they go on.
// The page that asks for consent comes after the sign-in. There the code is shown once more: Keycloak does not tell that
// page, so this tab remembers what was sent, until the question is answered.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  var REMEMBERED = "hikae-device-code";
  var field = document.getElementById("device_user_code");
  if (field) {
    var code = /^#user_code=([A-Za-z0-9-]{1,32})$/.exec(window.location.hash);
    if (code && field.value === "") {
      field.value = code[1];
    }
    field.form.addEventListener("submit", function () {
      sessionStorage.setItem(REMEMBERED, field.value.trim().toUpperCase());
    });
  }

  var question = document.querySelector("#kc-oauth form");
  var sent = sessionStorage.getItem(REMEMBERED);
  if (question && sent) {
    var shown = document.getElementById("hk-device-code");
    shown.querySelector("strong").textContent = sent;
    question.before(shown);
    shown.hidden = false;
    question.addEventListener("submit", function () {
      sessionStorage.removeItem(REMEMBERED);
    });
  }
});

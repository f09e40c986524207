// The agent leads to the page that asks for the code of a device, and has the code behind "#": it is put into the field,
// so that the person sees it and compares it with the one on their device. Nothing is sent before they go on.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  var field = document.getElementById("device_user_code");
  var code = /^#user_code=([A-Za-z0-9-]{1,32})$/.exec(window.location.hash);
  if (field && code && field.value === "") {
    field.value = code[1];
  }
});

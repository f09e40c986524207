<#macro content>
<p class="hk-note">${msg("hikaeNotTheBackupPassword")}</p>
<p id="hk-device-code" hidden>${msg("hikaeDeviceCode")} <strong></strong></p>
</#macro>

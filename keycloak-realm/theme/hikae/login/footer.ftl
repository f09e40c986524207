<#macro content>
<p class="hk-note">${msg("hikaeNotTheBackupPassword")}</p>
</#macro>

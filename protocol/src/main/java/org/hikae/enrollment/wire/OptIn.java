package org.hikae.enrollment.wire;

/**
 * Consent and a new PENDING set ({@code POST /api/v1/device/opt-in}). Repeating it with the same
 * setId is success; another setId replaces a set that is still PENDING.
 *
 * @param setId 16 random bytes, hexadecimal
 * @param consentVersion version of the text that was shown
 * @param consentLanguage language of the text that was shown
 */
public record OptIn(String setId, int consentVersion, String consentLanguage) {}

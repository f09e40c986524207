package org.hikae.enrollment.wire;

/**
 * Agreement to a later version of the consent text ({@code POST /api/v1/device/consent}). Saying it
 * again is success.
 *
 * @param consentVersion version of the text that was shown
 * @param consentLanguage language of the text that was shown
 */
public record AgreeConsent(int consentVersion, String consentLanguage) {}

package org.hikae.enrollment.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the caller.
 *
 * @param action as in {@link ConsentLedger.Entry}
 * @param at when
 * @param textVersion version of the text
 * @param textLanguage language of the text
 * @param deviceId the device; absent for the pages
 */
public record OwnConsentDecision(
    String action, Instant at, int textVersion, String textLanguage, @Nullable String deviceId) {}

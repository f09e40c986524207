package org.hikae.enrollment.view;

import org.hikae.enrollment.wire.ConsentText;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.Reconsent;
import org.jspecify.annotations.Nullable;

/**
 * Where the caller stands, and the text that counts now.
 *
 * @param state as in {@link OwnConsentStatus Status}
 * @param consentText the current text
 * @param reconsent as in {@link OwnConsentStatus Status}
 */
public record OwnConsentAsked(
    OptInState state, ConsentText consentText, @Nullable Reconsent reconsent) {}

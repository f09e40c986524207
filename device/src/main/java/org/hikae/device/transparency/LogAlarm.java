package org.hikae.device.transparency;

import java.time.Instant;

/**
 * What was wrong with a log when it was first seen.
 *
 * @param code as {@link PortalLogResult#code()}
 * @param since when, by this device's clock
 */
public record LogAlarm(String code, Instant since) {}

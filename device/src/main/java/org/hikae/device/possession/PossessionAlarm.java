package org.hikae.device.possession;

import java.time.Instant;

/**
 * Wrong answers that nobody has explained yet.
 *
 * @param since when the first came
 * @param failures how many are kept
 */
public record PossessionAlarm(Instant since, int failures) {}

package org.hikae.backup.wire;

import java.util.List;

/**
 * Answer to {@link MissingQuery}.
 *
 * @param missing the names that are not stored, in the order asked
 */
public record MissingAnswer(List<String> missing) {}

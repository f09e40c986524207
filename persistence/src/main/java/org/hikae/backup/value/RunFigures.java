package org.hikae.backup.value;

/**
 * What a run did, none of it negative.
 *
 * @param filesDone files handled
 * @param filesFailed files that could not be
 * @param bytesRead plain bytes
 * @param bytesSent bytes to the portal
 * @param bytesReceived bytes from the portal
 * @param durationMillis time used
 */
public record RunFigures(
    long filesDone,
    long filesFailed,
    long bytesRead,
    long bytesSent,
    long bytesReceived,
    long durationMillis) {}

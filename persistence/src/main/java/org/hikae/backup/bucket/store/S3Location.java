package org.hikae.backup.bucket.store;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket, and how it is reached.
 *
 * @param endpoint the server, without a path
 * @param region what requests are signed for
 * @param bucket its name; the portal does not make it
 * @param prefix what all keys begin with; empty, or with a slash at its end
 * @param pathStyle whether the bucket stands in the path; else in the name of the host
 * @param credentials by what the portal is known there
 * @param authorities PEM file of those whose certificates the server may have; null for Java's own
 * @param limits how long it is waited for
 */
public record S3Location(
    URI endpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    S3Credentials credentials,
    @Nullable Path authorities,
    S3Limits limits) {}

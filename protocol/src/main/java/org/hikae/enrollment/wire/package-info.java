/**
 * JSON records of opting in and of a device's identity, and the states in them. Identifiers and
 * hashes are lowercase hexadecimal, keys, signatures and blobs are base64url without padding.
 */
@NullMarked
package org.hikae.enrollment.wire;

import org.jspecify.annotations.NullMarked;

/**
 * The bytes and records that cross a trust boundary, in one place so that server, vault, device and
 * browser cannot disagree. Holds no secret and no policy.
 */
@NullMarked
package org.hikae.protocol;

import org.jspecify.annotations.NullMarked;
